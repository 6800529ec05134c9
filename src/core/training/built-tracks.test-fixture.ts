import type { Column, ColumnGroup } from '../features/column.ts'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { createRandom, type Random } from '../support/random.ts'
import type { TrainingTrack } from './label-rows.ts'

/** Which of the levels below the columns of a group follow; the others follow that of the tone colour. */
const LEVELS: Readonly<Partial<Record<ColumnGroup, number>>> = {
  'how full it sounds': 0,
  'the bass': 1,
  'the drums': 2,
  'the voice': 4,
}
const HATS = 3
const TONE_COLOUR = 5

const levelOf = ({ name, group }: Column): number => (name.endsWith(' hat') ? HATS : (LEVELS[group] ?? TONE_COLOUR))

/** Levels in each kind, of the full sound: loudness, bass, drums, hats, voice, tone colour. */
const SOUNDS: Readonly<Record<SectionKind, readonly number[]>> = {
  intro: [0.5, 0.1, 0.6, 0.3, 0, 0.4],
  build: [0.6, 0.1, 0.3, 0.6, 0, 0.6],
  drop: [1, 1, 1, 1, 0, 0.7],
  break: [0.4, 0.2, 0.1, 0.2, 0.3, 0.5],
  outro: [0.5, 0.1, 0.6, 0.3, 0, 0.4],
  verse: [0.8, 0.7, 0.7, 0.6, 1, 0.5],
  chorus: [1, 0.9, 0.9, 0.9, 1, 0.7],
}

const FORM: readonly SectionKind[] = ['intro', 'drop', 'break', 'build', 'drop', 'outro']

/** A track of 6 sections whose intro and outro sound alike: only what lies around them tells them apart. */
const buildTrack = (name: string, artist: string | null, random: Random): TrainingTrack => {
  const lengths = FORM.map((kind) => (kind === 'build' ? 16 : 32 + 16 * Math.floor(random() * 3)))
  const beats = lengths.reduce((sum, length) => sum + length, 0)
  const loudness = 0.5 + random()
  let startBeat = 0
  const labels = FORM.map((kind, index) => {
    const endBeat = startBeat + lengths[index]!
    const label = { id: `${name} ${index}`, kind, source: 'user' as const, startBeat, endBeat }
    startBeat = endBeat
    return label
  })
  const matrix = wholeMatrix(beats, (beat, column) => {
    const { kind, startBeat, endBeat } = labels.find((label) => beat < label.endBeat)!
    const rise = kind === 'build' ? (beat - startBeat) / (endBeat - startBeat) / 3 : 0
    return loudness * (SOUNDS[kind][levelOf(column)]! + rise + (random() - 0.5) * 0.8)
  })
  return {
    audioDigest: name,
    artist,
    matrix,
    grid: { beatsPerBar: 4, firstDownbeat: 0, firstPhrase: 0 },
    labels,
  }
}

/** Generated matrices with known sections, seeded. */
export const buildTracks = (count: number, seed = 1): TrainingTrack[] => {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, index) =>
    buildTrack(`track ${seed}-${index}`, index % 5 === 0 ? `artist ${index % 2}` : null, random),
  )
}
