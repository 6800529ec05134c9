/** Tracks whose features follow from their sections, so that the truth of a decode is known. */
import type { ColumnGroup } from '../features/column.ts'
import { wholeMatrix } from '../features/whole-matrix.fixture.ts'
import type { Label } from '../labels/label.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { createRandom } from '../support/random.ts'
import type { TrainingTrack } from '../training/label-rows.ts'

export type PaintedSection = readonly [kind: SectionKind, beats: number]

type Levels = { readonly drums: number; readonly bass: number; readonly rise: number }

const levels = (kind: SectionKind, progress: number): Levels => {
  if (kind === 'drop') return { drums: 1, bass: 1, rise: 0 }
  if (kind === 'build') return { drums: 0.4, bass: 0, rise: progress }
  if (kind === 'break') return { drums: 0, bass: 0, rise: 0 }
  return { drums: 0.5, bass: 0.2, rise: 0 }
}

const levelOf = ({ drums, bass, rise }: Levels, group: ColumnGroup): number => {
  if (group === 'rising or falling noise') return rise
  return group === 'the bass' ? bass : drums
}

/** What is heard of it in dance music. */
const NO_ROCK = -7

/** @param noise half-width of the uniform noise on every value; levels are 0 to 1 */
export const paintTrack = (
  audioDigest: string,
  sections: readonly PaintedSection[],
  { seed, noise = 0.1 }: { readonly seed: number; readonly noise?: number },
): TrainingTrack => {
  const random = createRandom(seed)
  const painted: Levels[] = []
  const labels: (Label & { id: string })[] = []
  let startBeat = 0
  for (const [kind, beats] of sections) {
    for (let beat = 0; beat < beats; beat++) painted.push(levels(kind, beat / beats))
    labels.push({ startBeat, endBeat: startBeat + beats, kind, source: 'user', id: `${audioDigest} ${startBeat}` })
    startBeat += beats
  }
  const matrix = wholeMatrix(
    startBeat,
    (beat, { name, group }) =>
      (name === 'heard rock' ? NO_ROCK : 0) + levelOf(painted[beat]!, group) + noise * (2 * random() - 1),
  )
  return { audioDigest, artist: null, matrix, grid: { beatsPerBar: 4, firstDownbeat: 0, firstPhrase: 0 }, labels }
}

/** Club tracks of varied lengths: intro, then build–drop–break rounds, then outro. */
export const paintLibrary = (count: number, seed: number): TrainingTrack[] => {
  const random = createRandom(seed)
  const pick = (choices: readonly number[]): number => choices[Math.floor(random() * choices.length)]!
  return Array.from({ length: count }, (_, track) => {
    const rounds = Array.from({ length: 2 }, (): PaintedSection[] => [
      ['build', pick([16, 32])],
      ['drop', pick([32, 64, 96])],
      ['break', pick([16, 32, 48])],
    ]).flat()
    const sections: PaintedSection[] = [['intro', pick([32, 64])], ...rounds.slice(0, -1), ['outro', pick([32, 48])]]
    return paintTrack(`track ${track}`, sections, { seed: seed + track })
  })
}

/** Tracks of two kinds in turn, either first, of any length in bars. */
export const paintTwoKinds = (count: number, seed: number): TrainingTrack[] => {
  const random = createRandom(seed)
  return Array.from({ length: count }, (_, track) => {
    const sections = Array.from(
      { length: 4 + Math.floor(random() * 3) },
      (_section, n): PaintedSection => [(n + track) % 2 === 0 ? 'drop' : 'break', 16 + 4 * Math.floor(random() * 13)],
    )
    return paintTrack(`two ${track}`, sections, { seed: seed + track })
  })
}
