import type { ColumnGroup } from '../features/column.ts'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { createRandom, type Random } from '../support/random.ts'
import type { TrainingTrack } from './label-rows.ts'

type Sound = {
  readonly loudness: number
  readonly bass: number
  readonly drums: number
  readonly voice: number
  readonly tone: number
}

/** Levels of each kind, as shares of the full sound. */
const SOUNDS: Readonly<Record<SectionKind, Sound>> = {
  intro: { loudness: 0.5, bass: 0.1, drums: 0.6, voice: 0, tone: 0.4 },
  build: { loudness: 0.6, bass: 0.1, drums: 0.3, voice: 0, tone: 0.6 },
  drop: { loudness: 1, bass: 1, drums: 1, voice: 0, tone: 0.7 },
  break: { loudness: 0.4, bass: 0.2, drums: 0.1, voice: 0.3, tone: 0.5 },
  outro: { loudness: 0.5, bass: 0.1, drums: 0.6, voice: 0, tone: 0.4 },
  verse: { loudness: 0.8, bass: 0.7, drums: 0.7, voice: 1, tone: 0.5 },
  chorus: { loudness: 1, bass: 0.9, drums: 0.9, voice: 1, tone: 0.7 },
}

/** What is heard of it in dance music. */
const NO_ROCK = -7

/** Groups that are not named here go with the tone. */
const LEVELS: Readonly<Partial<Record<ColumnGroup, keyof Sound>>> = {
  'how full it sounds': 'loudness',
  'the bass': 'bass',
  'the drums': 'drums',
  'the voice': 'voice',
}

const FORM: readonly SectionKind[] = ['intro', 'drop', 'break', 'build', 'drop', 'outro']

/** A track of 6 sections whose intro and outro sound alike: only their surroundings tell them apart. */
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
  const matrix = wholeMatrix(beats, (beat, { name: column, group }) => {
    if (column === 'heard rock') return NO_ROCK + random() * 0.1
    const { kind, startBeat, endBeat } = labels.find((label) => beat < label.endBeat)!
    const rise = kind === 'build' ? (beat - startBeat) / (endBeat - startBeat) / 3 : 0
    return loudness * (SOUNDS[kind][LEVELS[group] ?? 'tone'] + rise + (random() - 0.5) * 0.8)
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
