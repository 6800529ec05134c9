import { expect, test } from 'vitest'
import { buildTracks } from './built-tracks.test-fixture.ts'
import { doctorList } from './doctor-list.ts'
import type { TrainingTrack } from './label-rows.ts'
import { createNearestLabels } from './nearest-labels.ts'
import { findSuspects } from './suspect-labels.ts'

/** Calls the break of one track a drop, and begins the build of another two bars late. */
const spoil = (tracks: readonly TrainingTrack[]): readonly TrainingTrack[] =>
  tracks.map((track, at) => ({
    ...track,
    labels: track.labels.map((label, n) => {
      if (at === 2 && n === 2) return { ...label, kind: 'drop' as const }
      if (at === 6 && n === 1) return { ...label, endBeat: label.endBeat + 8 }
      if (at === 6 && n === 2) return { ...label, startBeat: label.startBeat + 8 }
      return label
    }),
  }))

test('a wrong kind and a moved edge come first, and the right ones are proposed', async () => {
  const right = buildTracks(14)
  const tracks = spoil(right)
  const suspects = (await findSuspects({ tracks, seed: 1 }))!
  expect(suspects.kinds).toHaveLength(14 * 6)
  expect(suspects.kinds[0]).toMatchObject({ labelId: right[2]!.labels[2]!.id, likely: 'break' })
  expect(suspects.kinds[0]!.score).toBeGreaterThan(0)
  const edge = right[6]!.labels[2]!.startBeat
  expect(suspects.edges[0]).toMatchObject({ audioDigest: right[6]!.audioDigest, beat: edge + 8, likelyBeat: edge })
  expect(
    doctorList(suspects)
      .slice(0, 2)
      .map(({ what }) => what)
      .toSorted(),
  ).toEqual(['edge', 'kind'])
})

test('with too few tracks, or one kind, nothing is suspected', async () => {
  expect(await findSuspects({ tracks: buildTracks(2), seed: 1 })).toBeNull()
  const drops = buildTracks(8).map((track) => ({
    ...track,
    labels: track.labels.map((label) => ({ ...label, kind: 'drop' as const })),
  }))
  expect(await findSuspects({ tracks: drops, seed: 1 })).toBeNull()
})

test('what is heard beside a label is of the kind that is asked for, of other tracks, the nearest first', () => {
  const tracks = buildTracks(6)
  const nearest = createNearestLabels(tracks)
  const [, drop] = tracks[0]!.labels
  const found = nearest(drop!.id, 'break', 2)
  expect(found).toHaveLength(2)
  const kinds = new Map(tracks.flatMap(({ labels }) => labels.map(({ id, kind }) => [id, kind])))
  expect(found.map((id) => kinds.get(id))).toEqual(['break', 'break'])
  expect(found.every((id) => !id.startsWith(`${tracks[0]!.audioDigest} `))).toBe(true)
})
