/**
 * @file How long bars and phrases are in fast beats: a slow song and half-time drums at twice its tempo strike alike, but the song's chords change
 * half as often for a beat, and its patterns come again after twice as many.
 * Method: how much more a cycle of 4, 8 or 16 beats, or of 6 or 12, explains than half of it, and how much better sounds repeat after it, of onsets, levels and
 * harmony; and the first of where harmony changes (how far the chroma of two beats lies from that of the two before).
 */
import { CHROMA_BINS } from './beat-raster.ts'
import { type BeatTable, explainedByCycle, repetitionAfter } from './beat-tables.ts'
import type { Slots } from './slots.ts'
import { standardise } from './table-columns.ts'

/** Of bars in 4 and in 3, each twice as long as the one before. */
const CYCLES: readonly (readonly number[])[] = [
  [2, 4, 8, 16],
  [3, 6, 12],
]
const LAGS: readonly (readonly number[])[] = [
  [2, 4, 8, 16, 32],
  [3, 6, 12, 24],
]
const REACH_BEATS = 2
const LEAST_POWER = 1e-9

/** Cosine distance between both sides of each beat; 0 at the ends. */
const harmonyChanges = ({ count, chroma }: Slots): BeatTable => {
  const changes = new Float64Array(count)
  for (let beat = REACH_BEATS; beat + REACH_BEATS <= count; beat++) {
    let [product, before, after] = [0, LEAST_POWER, LEAST_POWER]
    for (let bin = 0; bin < CHROMA_BINS; bin++) {
      let [ahead, behind] = [0, 0]
      for (let step = 0; step < REACH_BEATS; step++) {
        ahead += chroma[(beat + step) * CHROMA_BINS + bin]!
        behind += chroma[(beat - 1 - step) * CHROMA_BINS + bin]!
      }
      product += ahead * behind
      before += behind * behind
      after += ahead * ahead
    }
    changes[beat] = 1 - product / Math.sqrt(before * after)
  }
  return { values: standardise(changes), count, width: 1 }
}

const steps = (values: readonly number[]): number[] => values.slice(1).map((value, at) => value - values[at]!)

const cyclesOf = (table: BeatTable): number[] =>
  CYCLES.flatMap((cycles) => steps(cycles.map((cycle) => explainedByCycle(table, cycle))))

const repeatsOf = (table: BeatTable): number[] =>
  LAGS.flatMap((lags) => steps(lags.map((lag) => repetitionAfter(table, lag))))

/** @param beats of the faster octave @param tables of the same beats */
export const barCycles = (beats: Slots, tables: readonly BeatTable[]): readonly number[] => [
  ...tables.flatMap((table) => [...cyclesOf(table), ...repeatsOf(table)]),
  ...cyclesOf(harmonyChanges(beats)),
]
