/**
 * @file Evidence for each rotation of a cycle (which of 2 half-beats is the beat, which of 4 beats the downbeat, which of 4 bars the
 * phrase start): signals folded over the cycle. Accents and levels show the pattern inside the cycle; novelty (how much the sound
 * differs before and after, at several lengths) peaks where sections change, and sections change where cycles start.
 * Conventions: features of rotation k describe the hypothesis "slots k, k + period, … start the cycle"; shape (period, features).
 */
import { CHROMA_BINS, LEVEL_BANDS } from './beat-raster.ts'
import type { Slots } from './slots.ts'
import { column, standardise } from './table-columns.ts'

const NOVELTY_LENGTHS = [1, 2, 4, 8, 16, 32] as const
/** The largest changes get one vote for every 16 slots. */
const SLOTS_PER_VOTE = 16
const LOW_LEVEL_BANDS = 2

type Signal = { readonly values: Float64Array; readonly wholePattern: boolean }

/** @returns one vector per rotation, all of one length, independent of the track's length and level. */
export const rotationFeatures = (slots: Slots, period: number): Float64Array[] => {
  const features: number[][] = Array.from({ length: period }, () => [])
  for (const signal of cycleSignals(slots)) {
    const folded = fold(standardise(signal.values), period)
    for (let rotation = 0; rotation < period; rotation++)
      for (let offset = 0; offset < (signal.wholePattern ? period : 1); offset++)
        features[rotation]!.push(folded[(rotation + offset) % period]!)
  }
  for (const novelty of noveltySignals(slots)) {
    const standardised = standardise(novelty)
    const sums = fold(standardised, period)
    const squares = fold(
      standardised.map((value) => (value > 0 ? value * value : 0)),
      period,
    )
    const votes = voteLargest(novelty, period)
    for (let rotation = 0; rotation < period; rotation++)
      features[rotation]!.push(sums[rotation]!, Math.sqrt(squares[rotation]!), votes[rotation]!)
  }
  const start = startEvidence(slots, period)
  for (let rotation = 0; rotation < period; rotation++) features[rotation]!.push(start[rotation]!)
  return features.map((row) => Float64Array.from(row))
}

const bandMean = (slots: Slots, first: number, end: number): Float64Array =>
  Float64Array.from({ length: slots.count }, (_, slot) => {
    let sum = 0
    for (let band = first; band < end; band++) sum += slots.levels[slot * LEVEL_BANDS + band]!
    return sum / (end - first)
  })

const cycleSignals = (slots: Slots): Signal[] => {
  const signals: Signal[] = []
  const add = (values: Float64Array): void => void signals.push({ values, wholePattern: true })
  for (const table of [slots.onsets, slots.middleOnsets, slots.otherOnsets])
    for (let group = 0; group < 3; group++) add(column(table, 3, group).map(Math.sqrt))
  // All three groups at once mean a kick or snare rather than an off-beat bass or hat.
  add(
    Float64Array.from({ length: slots.count }, (_, slot) =>
      Math.cbrt(slots.onsets[slot * 3]! * slots.onsets[slot * 3 + 1]! * slots.onsets[slot * 3 + 2]!),
    ),
  )
  // A snare rises in the middle and high group but not in the low one.
  add(
    Float64Array.from({ length: slots.count }, (_, slot) => {
      const [low, middle, high] = [0, 1, 2].map((group) => Math.sqrt(slots.onsets[slot * 3 + group]!))
      return middle! + high! - 2 * low!
    }),
  )
  add(bandMean(slots, 0, LOW_LEVEL_BANDS))
  add(bandMean(slots, LOW_LEVEL_BANDS, 7))
  add(bandMean(slots, 7, LEVEL_BANDS))
  return signals
}

/** Sums of each column up to each slot, shape (width, count + 1). */
const runningSums = (table: Float32Array, width: number): Float64Array[] =>
  Array.from({ length: width }, (_, band) => {
    const count = table.length / width
    const total = new Float64Array(count + 1)
    for (let slot = 0; slot < count; slot++) total[slot + 1] = total[slot]! + table[slot * width + band]!
    return total
  })

/** Distance of the mean of `length` slots before and after each slot start, for some columns of one table; shape (count). */
const novelty = (totals: readonly Float64Array[], length: number): Float64Array => {
  const count = totals[0]!.length - 1
  const result = new Float64Array(count)
  if (count < 2 * length) return result
  for (const total of totals)
    for (let slot = 1; slot < count; slot++) {
      const reach = Math.min(length, slot, count - slot)
      // A shorter comparison near the ends would be noisier, so it counts less.
      if (reach * 2 < length) continue
      const after = total[slot + reach]! - total[slot]!
      const before = total[slot]! - total[slot - reach]!
      result[slot]! += ((after - before) / reach) ** 2
    }
  for (let slot = 0; slot < count; slot++) result[slot] = Math.sqrt(result[slot]!)
  return result
}

const noveltySignals = (slots: Slots): Float64Array[] => {
  const levels = runningSums(slots.levels, LEVEL_BANDS)
  const tables = [
    levels,
    levels.slice(0, LOW_LEVEL_BANDS),
    runningSums(slots.onsets, 3),
    runningSums(slots.chroma, CHROMA_BINS),
  ]
  return NOVELTY_LENGTHS.flatMap((length) => tables.map((totals) => novelty(totals, length)))
}

/** Mean per place in the cycle, shape (period). */
const fold = (values: Float64Array, period: number): Float64Array => {
  const sums = new Float64Array(period)
  const counts = new Float64Array(period)
  for (let slot = 0; slot < values.length; slot++) {
    sums[slot % period]! += values[slot]!
    counts[slot % period]!++
  }
  return sums.map((sum, place) => (counts[place]! > 0 ? sum / counts[place]! : 0))
}

/** Share of the largest local maxima per place in the cycle, shape (period). */
const voteLargest = (values: Float64Array, period: number): Float64Array => {
  const peaks: number[] = []
  for (let slot = 1; slot < values.length - 1; slot++)
    if (values[slot]! > values[slot - 1]! && values[slot]! >= values[slot + 1]!) peaks.push(slot)
  peaks.sort((a, b) => values[b]! - values[a]!)
  const voters = peaks.slice(0, Math.max(1, Math.round(values.length / SLOTS_PER_VOTE)))
  const votes = new Float64Array(period)
  for (const slot of voters) votes[slot % period]! += 1 / voters.length
  return votes
}

/** 1 for the slot where the first sound starts, because most recordings start at the start of a cycle; shape (period). */
const startEvidence = (slots: Slots, period: number): Float64Array => {
  const evidence = new Float64Array(period)
  if (slots.soundStart !== null) evidence[slots.soundStart % period] = 1
  return evidence
}
