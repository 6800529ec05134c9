/**
 * @file How many section boundaries were found, and how many of those claimed are real.
 * Method: boundary hit rate (Turnbull et al., ISMIR 2007) as in mir_eval.segment.detection with trim=True: a maximum one-to-one
 * matching of boundaries no further apart than the tolerance (inclusive), then precision, recall and F of the matches.
 * Conventions: times in seconds, rising; only inner boundaries, so neither the track's start nor its end (that is the trimming).
 * Added here: `ignored` boundaries are neither hit nor miss (the sound may change there without a section edge).
 */
import type { Seconds } from '../units/units.ts'

export type HitRate = { readonly precision: number; readonly recall: number; readonly f: number }

export type HitRateOptions = {
  readonly toleranceSeconds: Seconds
  /** An estimate that matches no reference but lies within the tolerance of one of these is left out of the precision. */
  readonly ignored?: readonly Seconds[]
}

const validateRising = (name: string, times: readonly Seconds[]): void => {
  for (let n = 0; n < times.length; n++) {
    if (!Number.isFinite(times[n]!)) throw new Error(`${name} boundary ${n} is ${times[n]}, not a time in seconds`)
    if (n > 0 && times[n]! < times[n - 1]!) throw new Error(`${name} boundary ${n} is earlier than the one before it`)
  }
}

/** @returns indices of the estimates that hit; on a line, matching the earliest first gives a maximum matching. */
const matchEarliestFirst = (
  reference: readonly Seconds[],
  estimated: readonly Seconds[],
  tolerance: Seconds,
): Set<number> => {
  const hits = new Set<number>()
  let next = 0
  for (const time of reference) {
    while (next < estimated.length && estimated[next]! < time - tolerance) next++
    if (next < estimated.length && estimated[next]! <= time + tolerance) hits.add(next++)
  }
  return hits
}

/** @returns null when there is no reference boundary to find: such a track is not scored. */
export const boundaryHitRate = (
  reference: readonly Seconds[],
  estimated: readonly Seconds[],
  { toleranceSeconds, ignored = [] }: HitRateOptions,
): HitRate | null => {
  validateRising('Reference', reference)
  validateRising('Estimated', estimated)
  if (reference.length === 0) return null
  // A nanosecond of slack, so that 10.5 − 10.0 counts as 0.5 in binary floating point too.
  const tolerance = toleranceSeconds + 1e-9
  const hits = matchEarliestFirst(reference, estimated, tolerance)
  const isIgnored = (time: Seconds): boolean => ignored.some((other) => Math.abs(other - time) <= tolerance)
  const counted = estimated.filter((time, n) => hits.has(n) || !isIgnored(time)).length
  const precision = counted === 0 ? 0 : hits.size / counted
  const recall = hits.size / reference.length
  return { precision, recall, f: hits.size === 0 ? 0 : (2 * precision * recall) / (precision + recall) }
}
