/**
 * @file What a model expects of a track before it looks at its sections: of dance music and of songs apart, blended by how much the track sounds like a song.
 * Conventions: tables hold the rows of dance music first, then as many of songs.
 */
import type { DurationPrior, OrderPrior, SectionModel } from './section-model.ts'

export const STYLES = ['dance', 'song'] as const
export type Style = (typeof STYLES)[number]

export type StylePrior = {
  readonly durations: DurationPrior
  readonly order: OrderPrior
  /** For each kind at most 1: less where the style hardly ever has it. */
  readonly kindShares: readonly number[]
}

const blend = (table: readonly (readonly number[])[], songShare: number): number[][] => {
  const rows = table.length / STYLES.length
  return table
    .slice(0, rows)
    .map((row, at) => row.map((value, column) => (1 - songShare) * value + songShare * table[rows + at]![column]!))
}

/** @param songShare how much the track sounds like a song, 0 to 1 */
export const stylePrior = (
  { durations, order, kindShares }: Pick<SectionModel, 'durations' | 'order' | 'kindShares'>,
  songShare: number,
): StylePrior => ({
  durations: blend(durations, songShare),
  order: blend(order, songShare),
  kindShares: blend(kindShares, songShare)[0]!,
})
