/** @file How far two readings of a track agree, by time. */
import type { Seconds } from '../units/units.ts'

export type TimedKind = { readonly start: Seconds; readonly end: Seconds; readonly kind: string }

/** Share of the time covered by both truth and sections in which they agree. */
export const agreement = (truth: readonly TimedKind[], sections: readonly TimedKind[]): number => {
  let common = 0
  let equal = 0
  for (const one of truth)
    for (const other of sections) {
      const seconds = Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start))
      common += seconds
      if (one.kind === other.kind) equal += seconds
    }
  return common === 0 ? 0 : equal / common
}
