import { beforeAll, expect, test } from 'vitest'
import { prepareTrack } from '../features/track-context.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { SectionModel } from '../models/section-model.ts'
import type { TrainingTrack } from '../training/label-rows.ts'
import { trainSections } from '../training/train-sections.ts'
import { decodeSections } from './decode-sections.ts'
import { paintTwoKinds } from './painted-track.fixture.ts'

/** More than in dance music, which is painted at −7. */
const ROCK_OF_SONGS = 4

/** The same sound as a song of a band: what is a drop there is a chorus here. */
const asSong = (track: TrainingTrack): TrainingTrack => {
  const { columns, values } = track.matrix
  const rock = columns.indexOf('heard rock')
  return {
    ...track,
    audioDigest: `song ${track.audioDigest}`,
    matrix: {
      ...track.matrix,
      values: values.map((value, at) => (at % columns.length === rock ? value + ROCK_OF_SONGS : value)),
    },
    labels: track.labels.map((label) => ({
      ...label,
      id: `song ${label.id}`,
      kind: label.kind === 'drop' ? 'chorus' : label.kind,
    })),
  }
}

let model: SectionModel

beforeAll(async () => {
  const tracks = [...paintTwoKinds(12, 500), ...paintTwoKinds(5, 700).map(asSong)]
  model = (await trainSections({ tracks, options: { featureSpec: 'painted', seed: 1, scoreboard: false } })).model
})

const kindsOf = ({ matrix, grid }: TrainingTrack): Set<SectionKind> =>
  new Set(decodeSections(model, prepareTrack(matrix, grid), { beatCount: matrix.beats }).map(({ kind }) => kind))

test('the same sound has drops in dance music and choruses in songs, few as their labels are', () => {
  for (const track of paintTwoKinds(4, 900)) {
    expect(kindsOf(track)).toEqual(new Set(['drop', 'break']))
    const inSong = kindsOf(asSong(track))
    expect(inSong).toContain('chorus')
    expect(inSong).not.toContain('drop')
  }
})
