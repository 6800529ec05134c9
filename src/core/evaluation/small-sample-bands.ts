/**
 * @file Bands that hold for a handful of tracks, where the bootstrap alone says 100–100 %.
 * Method: a proportion gets Wilson's interval, a difference of two matched proportions that of Agresti & Min (Statistics in Medicine 24,
 * 2005, §4: half a count in each cell). Labels of one track are alike, so both are computed for the effective number of labels: their number
 * over the design effect 1 + (m − 1)ρ, reduced for few tracks as in Korn & Graubard (Survey Methodology 24(2), 1998, §2). The
 * correlation ρ within tracks is the one-way ANOVA estimate, pulled towards a prior, because a few tracks hardly tell it.
 * Conventions: bands hold 90 %; groups are tracks. `small-sample-bands.test.ts` shows the coverage by simulation.
 */
import type { Band } from './bootstrap-band.ts'

/** Right answers in one track. */
export type Tally = { readonly samples: number; readonly right: number }
/** What only the first, and only the second, of two contenders got right in one track. */
export type PairedTally = { readonly samples: number; readonly onlyFirst: number; readonly onlySecond: number }

/** Two-sided 90 %. */
const Z = 1.6449
/** The correlation of labels of a track before it is looked at: whether two contenders differ on them correlates less. */
const PRIOR_CORRELATION = { right: 0.4, difference: 0.2 } as const
/** How many tracks that belief is worth. */
const PRIOR_TRACKS = 10

/** Student's quantile for `Z`, by the expansion of Cornish and Fisher. */
const studentQuantile = (freedom: number): number => {
  const [z3, z5, z7] = [Z ** 3, Z ** 5, Z ** 7]
  return (
    Z +
    (z3 + Z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * Z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * Z) / (384 * freedom ** 3)
  )
}

type Outcomes = { readonly samples: number; readonly sum: number; readonly sumOfSquares: number }

/** @returns null where nothing varies, so that nothing can be said */
const correlationWithin = (groups: readonly Outcomes[]): number | null => {
  const all = groups.reduce((sum, { samples }) => sum + samples, 0)
  const mean = groups.reduce((sum, group) => sum + group.sum, 0) / all
  const [between, within] = groups.reduce(
    ([outer, inner], { samples, sum, sumOfSquares }) => [
      outer + samples * (sum / samples - mean) ** 2,
      inner + sumOfSquares - sum ** 2 / samples,
    ],
    [0, 0],
  )
  const count = groups.length
  if (count < 2 || all === count) return null
  const size = (all - groups.reduce((sum, { samples }) => sum + samples ** 2, 0) / all) / (count - 1)
  const [meanBetween, meanWithin] = [between / (count - 1), within / (all - count)]
  const total = meanBetween + (size - 1) * meanWithin
  return total <= 0 ? null : Math.min(1, Math.max(0, (meanBetween - meanWithin) / total))
}

/** How many independent labels these are worth. */
const effectiveSamples = (groups: readonly Outcomes[], prior: number): number => {
  const all = groups.reduce((sum, { samples }) => sum + samples, 0)
  const found = correlationWithin(groups) ?? prior
  const correlation = (found * groups.length + prior * PRIOR_TRACKS) / (groups.length + PRIOR_TRACKS)
  const size = groups.reduce((sum, { samples }) => sum + samples ** 2, 0) / all
  const fewTracks = groups.length < 2 ? Z / studentQuantile(1) : Z / studentQuantile(groups.length - 1)
  return (all / (1 + (size - 1) * correlation)) * fewTracks ** 2
}

/** Wilson's interval. */
const wilson = (share: number, samples: number): Band => {
  const weight = Z ** 2 / samples
  const centre = (share + weight / 2) / (1 + weight)
  const half = Math.sqrt(weight * share * (1 - share) + weight ** 2 / 4) / (1 + weight)
  return { low: Math.max(0, Math.min(share, centre - half)), high: Math.min(1, Math.max(share, centre + half)) }
}

const effectiveRight = (tallies: readonly Tally[]): number =>
  effectiveSamples(
    tallies.map(({ samples, right }) => ({ samples, sum: right, sumOfSquares: right })),
    PRIOR_CORRELATION.right,
  )

const shareOf = (tallies: readonly Tally[]): number =>
  tallies.reduce((sum, { right }) => sum + right, 0) / tallies.reduce((sum, { samples }) => sum + samples, 0)

/** The band of the share of right answers. */
export const accuracyBand = (tallies: readonly Tally[]): Band =>
  tallies.length === 0 ? { low: 0, high: 1 } : wilson(shareOf(tallies), effectiveRight(tallies))

/**
 * The band of a mean over kinds, such as macro-F1: a mean over kinds with few labels each is as uncertain as fewer labels in all.
 * @param supports labels of each kind
 */
export const meanOverKindsBand = (mean: number, tallies: readonly Tally[], supports: readonly number[]): Band => {
  const present = supports.filter((support) => support > 0)
  if (present.length === 0) return { low: 0, high: 1 }
  const all = present.reduce((sum, support) => sum + support, 0)
  const balanced = present.length ** 2 / present.reduce((sum, support) => sum + 1 / support, 0)
  return wilson(mean, (effectiveRight(tallies) * balanced) / all)
}

/** The band of the first contender's share minus the second's, on the same labels. */
export const differenceBand = (tallies: readonly PairedTally[]): Band => {
  if (tallies.length === 0) return { low: -1, high: 1 }
  const effective = effectiveSamples(
    tallies.map(({ samples, onlyFirst, onlySecond }) => ({
      samples,
      sum: onlyFirst - onlySecond,
      sumOfSquares: onlyFirst + onlySecond,
    })),
    PRIOR_CORRELATION.difference,
  )
  const sum = (count: (tally: PairedTally) => number): number => tallies.reduce((all, one) => all + count(one), 0)
  const all = sum(({ samples }) => samples)
  const cells = effective + 2
  const [first, second] = [sum((one) => one.onlyFirst), sum((one) => one.onlySecond)].map(
    (count) => (count * effective) / all + 0.5,
  ) as [number, number]
  const centre = (first - second) / cells
  const half = Z * Math.sqrt((first + second - (first - second) ** 2 / cells) / cells ** 2)
  const whole = (sum((one) => one.onlyFirst) - sum((one) => one.onlySecond)) / all
  return { low: Math.max(-1, Math.min(whole, centre - half)), high: Math.min(1, Math.max(whole, centre + half)) }
}
