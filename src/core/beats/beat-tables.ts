/**
 * @file What sounds on each beat, as standardised tables, and how regular it is: how well it repeats some beats later, and how much of
 * it a cycle explains.
 */
import { CHROMA_BINS, LEVEL_BANDS } from './beat-raster.ts'
import type { Slots } from './slots.ts'
import { column, standardise } from './table-columns.ts'

/** Tables of (beats × width), standardised per column. */
export type BeatTable = { readonly values: Float64Array; readonly count: number; readonly width: number }

const LEAST_POWER = 1e-9

/** @returns low onsets, other onsets, what strikes between the beats, levels and harmony */
export const beatTables = (slots: Slots): BeatTable[] => {
  const roots = (table: Float32Array, group: number): Float64Array => column(table, 3, group).map(Math.sqrt)
  const columns = (groups: readonly Float64Array[]): BeatTable => {
    const width = groups.length
    const values = new Float64Array(slots.count * width)
    groups.forEach((group, at) => {
      const standardised = standardise(group, LEAST_POWER)
      for (let beat = 0; beat < slots.count; beat++) values[beat * width + at] = standardised[beat]!
    })
    return { values, count: slots.count, width }
  }
  const slices = (table: Float32Array, width: number): Float64Array[] =>
    Array.from({ length: width }, (_, at) => column(table, width, at))
  return [
    columns([roots(slots.onsets, 0)]),
    columns([roots(slots.onsets, 1), roots(slots.onsets, 2)]),
    columns([0, 1, 2].flatMap((group) => [roots(slots.middleOnsets, group), roots(slots.otherOnsets, group)])),
    columns(slices(slots.levels, LEVEL_BANDS)),
    columns(slices(slots.chroma, CHROMA_BINS)),
  ]
}

/** Correlation with itself some beats later. */
export const repetitionAfter = ({ values, count, width }: BeatTable, lag: number): number => {
  let [product, power] = [0, 1e-9]
  for (let n = 0; n + lag * width < count * width; n++) {
    product += values[n]! * values[n + lag * width]!
    power += values[n]! ** 2
  }
  return product / power
}

/** Share of the variance between places in the cycle, less what chance would give. */
export const explainedByCycle = ({ values, count, width }: BeatTable, period: number): number => {
  if (count < 4 * period) return 0
  const sums = new Float64Array(period * width)
  for (let beat = 0; beat < count; beat++)
    for (let column = 0; column < width; column++)
      sums[(beat % period) * width + column]! += values[beat * width + column]!
  const between = sums.reduce((sum, value) => sum + value * value, 0) / (count / period)
  const total = count * width
  const share = between / total
  return (share - (period - 1) / count) / (1 - (period - 1) / count)
}
