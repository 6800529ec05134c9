/**
 * @file How sure a section's kind is, so that what is said comes true as often as it says.
 * Method: Platt's curve (1999) over the log-odds of the share of all ways that agree on the kind, of dance music and of songs apart; in dance music
 * over its length too, since short sections are right less often than the ways through the lattice say. Songs have one number, a temperature (Guo et
 * al., ICML 2017): more were worse on songs that they were not fitted to. The numbers are printed by `npm run evaluate -- DIR DIR --confidence`,
 * which says what curves are worth on tracks that they were not fitted to (decisions 0066 and 0069).
 */
import type { Style } from '../models/style-priors.ts'

type ConfidenceCurve = {
  readonly bias: number
  /** Of the log-odds. */
  readonly odds: number
  /** For each doubling of the length in bars. */
  readonly length: number
}
export type ConfidenceCurves = Readonly<Record<Style, ConfidenceCurve>>

/** What the ways say, as it is. */
export const PLAIN_CURVES: ConfidenceCurves = {
  dance: { bias: 0, odds: 1, length: 0 },
  song: { bias: 0, odds: 1, length: 0 },
}

/** Fitted to what was found on grouped folds of both public corpora, as the temperatures of the decode were chosen. */
const CURVES: ConfidenceCurves = {
  dance: { bias: -2.02, odds: 0.64, length: 0.79 },
  song: { bias: 0, odds: 0.54, length: 0 },
}

/** Keeps log-odds finite. */
const SUREST = 1e-3

export type SaidSection = {
  /** Share of the ways that agree on the kind. */
  readonly share: number
  readonly bars: number
  readonly songShare: number
}

export const shareOdds = (share: number): number => {
  const clipped = Math.min(1 - SUREST, Math.max(SUREST, share))
  return Math.log(clipped / (1 - clipped))
}

export const sectionConfidence = (
  { share, bars, songShare }: SaidSection,
  { dance, song }: ConfidenceCurves = CURVES,
): number => {
  const along = ({ bias, odds, length }: ConfidenceCurve): number =>
    bias + odds * shareOdds(share) + length * Math.log2(bars)
  return 1 / (1 + Math.exp(-(1 - songShare) * along(dance) - songShare * along(song)))
}

/**
 * Shares of all kinds where one of them gets another: the rest keep their proportions, but none is said with more than the kind itself, for it is the
 * section that is doubted, and that speaks for no other kind.
 * @returns sum at most 1
 */
export const withConfidence = (shares: readonly number[], kind: number, confidence: number): readonly number[] => {
  const rest = shares.reduce((sum, share, at) => (at === kind ? sum : sum + share), 0)
  const others = (share: number): number => (rest === 0 ? 0 : (share / rest) * (1 - confidence))
  return shares.map((share, at) => (at === kind ? confidence : Math.min(confidence, others(share))))
}
