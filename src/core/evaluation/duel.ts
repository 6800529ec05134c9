/**
 * @file Two models on the same labels: which one is right more often, and whether that is more than chance.
 * Method: both are asked only about labels of kinds that both know, and may answer only with those, since a kind that a model never heard of
 * is no mistake of it; then the band of the matched difference (`small-sample-bands.ts`).
 * Conventions: a contender says nothing (null) about a label where its answer would not be a fair test, which then counts for neither.
 */
import type { SectionKind } from '../labels/section-kind.ts'
import type { Band } from './bootstrap-band.ts'
import { expectedCalibrationError } from './calibration.ts'
import { scoreClassification } from './classification-scores.ts'
import { differenceBand, type PairedTally } from './small-sample-bands.ts'

export type JudgedLabel = {
  /** Digest of its track's audio. */
  readonly track: string
  readonly kind: SectionKind
}

export type Contender = {
  readonly kinds: readonly SectionKind[]
  /** For each label a probability of each of its kinds, or null. */
  readonly answers: readonly (ArrayLike<number> | null)[]
}

/** A pair of figures is the first contender's and the second's. */
type Pair = readonly [number, number]

export type Duel = {
  /** Those that both know. */
  readonly kinds: readonly SectionKind[]
  readonly labels: number
  readonly tracks: number
  readonly accuracy: Pair
  readonly macroF1: Pair
  readonly calibrationError: Pair
  /** The first's accuracy minus the second's. */
  readonly difference: number
  readonly band: Band
  /** Of the first; `open` where chance explains the difference. */
  readonly verdict: 'better' | 'worse' | 'open'
}

/** Fewest labels for which a comparison is worth a line. */
export const FEWEST_JUDGED = 10

type Answer = { readonly choice: number; readonly confidence: number }

/** The likeliest of the wanted kinds. @returns null where the answer leaves nothing to them */
const answerAmong = (
  probabilities: ArrayLike<number>,
  kinds: readonly SectionKind[],
  wanted: readonly SectionKind[],
): Answer | null => {
  const shares = wanted.map((kind) => probabilities[kinds.indexOf(kind)]!)
  const whole = shares.reduce((sum, share) => sum + share, 0)
  const best = Math.max(...shares)
  return whole <= 0 ? null : { choice: shares.indexOf(best), confidence: best / whole }
}

type Judged = { readonly track: string; readonly truth: number; readonly answers: readonly [Answer, Answer] }

const judge = (
  labels: readonly JudgedLabel[],
  contenders: readonly [Contender, Contender],
  kinds: readonly SectionKind[],
): readonly Judged[] =>
  labels.flatMap(({ track, kind }, index) => {
    const truth = kinds.indexOf(kind)
    const [first, second] = contenders.map(({ kinds: own, answers }) => {
      const said = answers[index] ?? null
      return said && answerAmong(said, own, kinds)
    })
    return truth < 0 || !first || !second ? [] : [{ track, truth, answers: [first, second] }]
  })

const tallyPairs = (judged: readonly Judged[]): readonly PairedTally[] => {
  const byTrack = new Map<string, { samples: number; onlyFirst: number; onlySecond: number }>()
  for (const { track, truth, answers } of judged) {
    const tally = byTrack.get(track) ?? { samples: 0, onlyFirst: 0, onlySecond: 0 }
    const [first, second] = answers.map(({ choice }) => choice === truth) as [boolean, boolean]
    tally.samples++
    if (first && !second) tally.onlyFirst++
    if (second && !first) tally.onlySecond++
    byTrack.set(track, tally)
  }
  return [...byTrack.values()]
}

/** @returns null where there are too few labels that both may be asked about */
export const duel = (labels: readonly JudgedLabel[], first: Contender, second: Contender): Duel | null => {
  const kinds = first.kinds.filter((kind) => second.kinds.includes(kind))
  const judged = judge(labels, [first, second], kinds)
  if (kinds.length < 2 || judged.length < FEWEST_JUDGED) return null
  const truth = judged.map((one) => one.truth)
  const scoresOf = (side: 0 | 1): { readonly accuracy: number; readonly macroF1: number; readonly error: number } => {
    const answers = judged.map((one) => one.answers[side])
    const { accuracy, macroF1 } = scoreClassification(
      truth,
      answers.map(({ choice }) => choice),
      kinds.length,
    )
    const error = expectedCalibrationError(
      answers.map(({ confidence }) => confidence),
      answers.map(({ choice }, index) => choice === truth[index]),
    )
    return { accuracy, macroF1, error }
  }
  const [one, other] = [scoresOf(0), scoresOf(1)]
  const tallies = tallyPairs(judged)
  const band = differenceBand(tallies)
  const isTold = tallies.length > 1
  return {
    kinds,
    labels: judged.length,
    tracks: tallies.length,
    accuracy: [one.accuracy, other.accuracy],
    macroF1: [one.macroF1, other.macroF1],
    calibrationError: [one.error, other.error],
    difference: one.accuracy - other.accuracy,
    band,
    verdict: isTold && band.high < 0 ? 'worse' : isTold && band.low > 0 ? 'better' : 'open',
  }
}
