/** Tracks whose features follow from their sections, so that the truth of a decode is known. */
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import type { Label } from '../labels/label.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { createRandom } from '../support/random.ts'
import type { TrainingTrack } from '../training/label-rows.ts'

export type PaintedSection = readonly [kind: SectionKind, beats: number]

const COLUMNS = ['drums', 'bass', 'rise'] as const

const levels = (kind: SectionKind, progress: number): readonly [number, number, number] => {
  if (kind === 'drop') return [1, 1, 0]
  if (kind === 'build') return [0.4, 0, progress]
  if (kind === 'break') return [0, 0, 0]
  return [0.5, 0.2, 0]
}

/** @param noise half-width of the uniform noise on every value, levels being 0 to 1 */
export const paintTrack = (
  audioDigest: string,
  sections: readonly PaintedSection[],
  { seed, noise = 0.1 }: { readonly seed: number; readonly noise?: number },
): TrainingTrack => {
  const random = createRandom(seed)
  const values: number[] = []
  const labels: (Label & { id: string })[] = []
  let startBeat = 0
  for (const [kind, beats] of sections) {
    for (let beat = 0; beat < beats; beat++)
      values.push(...levels(kind, beat / beats).map((level) => level + noise * (2 * random() - 1)))
    labels.push({ startBeat, endBeat: startBeat + beats, kind, source: 'user', id: `${audioDigest} ${startBeat}` })
    startBeat += beats
  }
  const matrix: FeatureMatrix = { columns: COLUMNS, beats: startBeat, values: Float32Array.from(values) }
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
