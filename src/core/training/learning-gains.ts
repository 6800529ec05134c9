/**
 * @file What more labels are worth, as far as the learning curve shows.
 * Method: F1 of a kind = a + b · log2(its labels), fitted by least squares to the points from a half of the tracks up (a quarter would make
 * curves look steeper than they end); m more labels on n are worth b · log2((n + m) / n). The same for accuracy over tracks. Band: 1,000 times
 * tracks are drawn with repeats (paired: the same for all points) and in each fold one of the draws of the curve (at least the variance
 * of their mean); the ends are set so that all figures lie in their bands together with 90 % (Bonferroni; Dunn, JASA 56(293), 1961).
 * Conventions: gains are shares (0.03: 3 points); they reach no further than twice the labels; only gains whose band lies above half a
 * point are reported. More labels means labels of further tracks, other kinds included, as was measured; the gain is a mean over such
 * tracks, some of which bring more and some less. `npm run evaluate -- DIR --advice` measures whether it holds (docs/figures.md).
 */
import { type Band, bootstrapBand } from '../evaluation/bootstrap-band.ts'
import { scoreConfusion } from '../evaluation/classification-scores.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { createRandom } from '../support/random.ts'

/** One size of the training set: its models' predictions for every label, and how much they were trained on. */
export type CurveSize = {
  readonly share: number
  readonly tracks: number
  /** By kind, on average over folds and draws. */
  readonly labels: readonly number[]
  /** For each draw the class of each sample. */
  readonly predicted: readonly Uint8Array[]
}

export type LearningGain = {
  /** Null for tracks of all kinds, which are worth accuracy; otherwise labels of the kind are worth its F1. */
  readonly kind: SectionKind | null
  readonly more: number
  readonly gain: number
  readonly band: Band
}

export type CurveGains = {
  /** For all tracks, then for each kind; none where the model knows nothing yet. */
  readonly gains: readonly LearningGain[]
  /** The certain gains, in sentences; says so where none is certain. */
  readonly words: readonly string[]
}

export type GainInput = {
  readonly sizes: readonly CurveSize[]
  readonly targets: readonly number[]
  readonly kinds: readonly SectionKind[]
  readonly trackOf: readonly string[]
  readonly folds: ArrayLike<number>
  readonly seed: number
}

const LEAST_SHARE = 0.5
const RESAMPLES = 1000
const LEVEL = 0.9
const MORE_LABELS = 20
const MORE_TRACKS = 10
/** A gain below a point is not worth a sentence, and a band that reaches below half a point may mean nothing. */
const WORTH_SAYING = 0.01
const LEAST_CERTAIN = 0.005

/** Slope of the least-squares line. */
const slopeOf = (xs: readonly number[], ys: readonly number[]): number => {
  const [meanX, meanY] = [xs, ys].map((values) => values.reduce((sum, value) => sum + value, 0) / values.length)
  let [products, squares] = [0, 0]
  xs.forEach((x, at) => {
    products += (x - meanX!) * (ys[at]! - meanY!)
    squares += (x - meanX!) ** 2
  })
  return squares === 0 ? 0 : products / squares
}

type Line = {
  readonly kind: SectionKind | null
  readonly more: number
  /** log2 of labels or tracks at each size. */
  readonly xs: readonly number[]
  /** Doublings in question. */
  readonly doublings: number
}

/** Half as many where that would more than double what there is. */
const stepOf = (most: number, present: number): number => (present >= most ? most : Math.floor(most / 2))

const linesOf = ({ targets, kinds, trackOf }: GainInput, sizes: readonly CurveSize[]): readonly Line[] => {
  const tracks = new Set(trackOf).size
  const lineOf = (kind: SectionKind | null, most: number, present: number, amounts: readonly number[]): Line => {
    const more = stepOf(most, present)
    return {
      kind,
      more,
      xs: amounts.map((amount) => Math.log2(amount)),
      doublings: Math.log2((present + more) / present),
    }
  }
  return [
    lineOf(
      null,
      MORE_TRACKS,
      tracks,
      sizes.map((size) => size.tracks),
    ),
    ...kinds.flatMap((kind, at) => {
      const amounts = sizes.map(({ labels }) => labels[at]!)
      // A kind that some models never saw has no curve.
      return amounts.some((amount) => amount < 1)
        ? []
        : [lineOf(kind, MORE_LABELS, targets.filter((target) => target === at).length, amounts)]
    }),
  ]
}

type Confusion = readonly (readonly number[])[]

/** Counts the predictions for the samples of some tracks, with one draw for each fold. */
const confusionOf = (
  { targets, kinds, folds }: GainInput,
  predicted: readonly Uint8Array[],
  { samples, drawOf }: { readonly samples: readonly number[]; readonly drawOf: readonly number[] },
): Confusion => {
  const counts = kinds.map(() => kinds.map(() => 0))
  for (const sample of samples) {
    const said = predicted[drawOf[folds[sample]!]! % predicted.length]![sample]!
    counts[targets[sample]!]![said]!++
  }
  return counts
}

/** No figure rises above 1. */
const gainsFrom = (
  lines: readonly Line[],
  kinds: readonly SectionKind[],
  confusions: readonly Confusion[],
): readonly number[] => {
  const scores = confusions.map(scoreConfusion)
  return lines.map(({ kind, xs, doublings }) => {
    const ys = scores.map(({ accuracy, classes }) => (kind === null ? accuracy : classes[kinds.indexOf(kind)]!.f1))
    return Math.min(slopeOf(xs, ys) * doublings, 1 - ys.at(-1)!)
  })
}

const NOT_BETTER =
  'It is too early to say what more labels would bring: the model is not clearly better than always guessing the commonest kind.'

/** The F1 of a kind also rises when a model that knows nothing predicts it more often; such a curve means nothing. */
const beatsMajority = (
  { targets, kinds, seed }: GainInput,
  { predicted }: CurveSize,
  samplesOf: readonly (readonly number[])[],
): boolean => {
  const margin = (tracks: readonly number[]): number => {
    const counts = kinds.map(() => 0)
    let [right, all] = [0, 0]
    for (const track of tracks)
      for (const sample of samplesOf[track]!) {
        counts[targets[sample]!]!++
        if (predicted[0]![sample] === targets[sample]) right++
        all++
      }
    return (right - Math.max(...counts)) / all
  }
  return bootstrapBand(samplesOf.length, margin, { seed }).low > 0
}

export const estimateGains = (input: GainInput): CurveGains => {
  const { kinds, trackOf, folds, seed } = input
  const sizes = input.sizes.filter(({ share }) => share >= LEAST_SHARE)
  const lines = linesOf(input, sizes)
  const samplesOf = [...Map.groupBy(trackOf.keys(), (sample) => trackOf[sample]!).values()]
  if (!beatsMajority(input, sizes.at(-1)!, samplesOf)) return { gains: [], words: [NOT_BETTER] }
  const foldCount = Math.max(...Array.from(folds)) + 1
  const draws = Math.max(...sizes.map(({ predicted }) => predicted.length))
  const gainsOf = (samples: readonly number[], drawOf: readonly number[]): readonly number[] =>
    gainsFrom(
      lines,
      kinds,
      sizes.map(({ predicted }) => confusionOf(input, predicted, { samples, drawOf })),
    )
  // The mean over draws takes each draw in turn.
  const whole = Array.from({ length: draws }, (_, draw) =>
    gainsOf([...trackOf.keys()], new Array(foldCount).fill(draw)),
  )
  const random = createRandom(seed)
  const pick = (below: number): number => Math.floor(random() * below)
  const resampled = Array.from({ length: RESAMPLES }, () =>
    gainsOf(
      samplesOf.flatMap(() => samplesOf[pick(samplesOf.length)]!),
      Array.from({ length: foldCount }, () => pick(draws)),
    ),
  )
  const outside = (1 - LEVEL) / lines.length
  const gains = lines.map(({ kind, more }, line): LearningGain => {
    const gain = whole.reduce((sum, gainsOfDraw) => sum + gainsOfDraw[line]!, 0) / draws
    const sorted = Float64Array.from(resampled, (one) => one[line]!).sort()
    const at = (share: number): number => sorted[Math.round(share * (RESAMPLES - 1))]!
    return {
      kind,
      more,
      gain,
      band: { low: Math.min(gain, at(outside / 2)), high: Math.max(gain, at(1 - outside / 2)) },
    }
  })
  return { gains, words: gainWords(gains) }
}

const points = (share: number): string => {
  const rounded = Math.round(share * 100)
  return `${rounded < 0 ? '−' : '+'}${Math.abs(rounded)}`
}

const sentenceOf = ({ kind, more, gain, band }: LearningGain): string => {
  const what = kind === null ? `${more} more labelled tracks` : `${more} more ${kind} labels`
  const measure = kind === null ? 'accuracy' : `the F1 of ${kind}`
  const worth = `about ${points(gain)} ${Math.round(gain * 100) === 1 ? 'point' : 'points'}`
  return `${what} are worth ${worth} of ${measure} (between ${points(band.low)} and ${points(band.high)}).`
}

/** Best first. */
export const gainWords = (gains: readonly LearningGain[]): readonly string[] => {
  const certain = gains.filter(({ gain, band }) => band.low >= LEAST_CERTAIN && gain >= WORTH_SAYING)
  if (certain.length > 0) return certain.toSorted((a, b) => b.gain - a.gain).map(sentenceOf)
  const overall = gains.find(({ kind }) => kind === null)
  if (overall && overall.band.high < WORTH_SAYING)
    return [`The curve is flat: ${overall.more} more labelled tracks would bring less than a point of accuracy.`]
  return ['It is too early to say what more labels would bring: the differences along the curve are within chance.']
}
