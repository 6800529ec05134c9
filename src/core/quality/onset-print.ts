/**
 * @file When something is struck in a recording, in half a second out of every five: two takes of one arrangement are as long, as fast
 * and as loud as each other bar by bar, but nobody strikes twice at the same moments.
 * Method: a stroke is where the power of the first difference of the samples, which weighs all octaves of music about alike, rises most.
 * Conventions: steps of `STEP_SAMPLES` at the analysis rate (2.9 ms); a stretch begins every five seconds from the first sample on.
 */
import { ANALYSIS_SAMPLE_RATE_HZ } from '../audio/audio.ts'

/** Steps after the beginning of its stretch at which something is struck, by stretch; each below 256. */
export type OnsetPrint = readonly (readonly number[])[]

const STEP_SAMPLES = 64
const STRETCH_STEPS = 256
const SPACING_SAMPLES = 5 * ANALYSIS_SAMPLE_RATE_HZ
/** Five minutes. */
const MOST_STRETCHES = 60
const MOST_ONSETS = 8
/** Steps whose power is compared on either side of a moment: 12 ms. */
const SPAN_STEPS = 4
const LEAST_RISE_DB = 6
const LEAST_GAP_STEPS = 12
/** Power of a step that is silent, −90 dB a sample. */
const SILENT_POWER = 1e-9 * STEP_SAMPLES

const stepPowers = (samples: Float32Array, start: number): Float64Array =>
  Float64Array.from({ length: STRETCH_STEPS + 2 * SPAN_STEPS }, (_, step) => {
    let sum = 0
    const first = start + (step - SPAN_STEPS) * STEP_SAMPLES
    for (let at = Math.max(1, first); at < Math.min(samples.length, first + STEP_SAMPLES); at++)
      sum += (samples[at]! - samples[at - 1]!) ** 2
    return sum
  })

const onsetsOf = (powers: Float64Array): readonly number[] => {
  const rises = Float64Array.from({ length: STRETCH_STEPS }, (_, step) => {
    let [before, after] = [SILENT_POWER, SILENT_POWER]
    for (let n = 0; n < SPAN_STEPS; n++) {
      before += powers[step + n]!
      after += powers[step + SPAN_STEPS + n]!
    }
    return 10 * Math.log10(after / before)
  })
  const isPeak = (step: number): boolean => {
    for (
      let other = Math.max(0, step - LEAST_GAP_STEPS);
      other <= Math.min(STRETCH_STEPS - 1, step + LEAST_GAP_STEPS);
      other++
    )
      if (rises[other]! > rises[step]! || (rises[other] === rises[step] && other < step)) return false
    return true
  }
  return Array.from(rises.keys())
    .filter((step) => rises[step]! >= LEAST_RISE_DB && isPeak(step))
    .sort((one, other) => rises[other]! - rises[one]!)
    .slice(0, MOST_ONSETS)
    .sort((one, other) => one - other)
}

export const printOnsets = (samples: Float32Array): OnsetPrint => {
  const count = Math.min(MOST_STRETCHES, Math.floor(samples.length / SPACING_SAMPLES))
  return Array.from({ length: count }, (_, index) => onsetsOf(stepPowers(samples, index * SPACING_SAMPLES)))
}

/** Encoders move the sound by a tenth of a second at most. */
const MOST_SHIFT_STEPS = 36
/** An encoder at a low bit rate moves a stroke by so much. */
const SAME_STEPS = 1
/** Fewer onsets tell nothing. */
const LEAST_ONSETS = 24

/** Onsets that both have, at one shift, and how many of each could have been met. */
const matchAt = (one: OnsetPrint, other: OnsetPrint, shift: number): readonly [met: number, expected: number] => {
  let [met, expected] = [0, 0]
  for (let index = 0; index < Math.min(one.length, other.length); index++) {
    const moved = other[index]!.map((step) => step + shift)
    const isWithin = (step: number): boolean => step >= MOST_SHIFT_STEPS && step < STRETCH_STEPS - MOST_SHIFT_STEPS
    const near = (steps: readonly number[], step: number): boolean =>
      steps.some((each) => Math.abs(each - step) <= SAME_STEPS)
    for (const [from, to] of [
      [one[index]!, moved],
      [moved, one[index]!],
    ] as const)
      for (const step of from)
        if (isWithin(step)) {
          expected++
          if (near(to, step)) met++
        }
  }
  return [met, expected]
}

/** @returns the share of strokes that fall together, at the shift that fits best; null where there are too few to tell */
export const onsetLikeness = (one: OnsetPrint, other: OnsetPrint): number | null => {
  let best = 0
  let most = 0
  for (let shift = -MOST_SHIFT_STEPS; shift <= MOST_SHIFT_STEPS; shift++) {
    const [met, expected] = matchAt(one, other, shift)
    most = Math.max(most, expected)
    if (expected >= LEAST_ONSETS) best = Math.max(best, met / expected)
  }
  return most < LEAST_ONSETS ? null : best
}
