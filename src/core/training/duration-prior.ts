/**
 * @file How long sections of each kind last, learnt from labels.
 * Method: histogram of log2 length in half octaves, smoothed by a binomial kernel and shrunk in two steps (Dirichlet): each kind towards all
 * kinds together, all kinds towards the published geometry of dance music (1,487 sections of Harmonix: median 32 beats, 5–95 % = 16–80),
 * so that a handful of labels only bends it. The decoder knows that lengths favour multiples of 8, 16 and 32 beats.
 * Conventions: as `DurationPrior`: bin n holds lengths of about 2^(n ÷ 2) beats; rows sum to 1.
 */
import type { SectionKind } from '../labels/section-kind.ts'
import { type Span, spanLength } from '../labels/span.ts'
import type { DurationPrior } from '../models/section-model.ts'
import type { LabelledTrack } from './order-prior.ts'

const BIN_COUNT = 21
/** Weights of the published geometry and of all kinds together, as numbers of sections. */
const PRIOR_SECTIONS = 10
/** In bins: log2 32 beats, and a spread that also leaves room for the longer sections of club tracks. */
const PRIOR_MEAN_BIN = 10
const PRIOR_SIGMA_BINS = 1.8
const SMOOTHING = [0.25, 0.5, 0.25] as const

const durationBin = (beats: number): number =>
  Math.max(0, Math.min(BIN_COUNT - 1, Math.round(2 * Math.log2(Math.max(1, beats)))))

const normalise = (counts: readonly number[]): number[] => {
  const total = counts.reduce((a, b) => a + b, 0)
  return counts.map((count) => count / total)
}

const publishedShares: readonly number[] = normalise(
  Array.from({ length: BIN_COUNT }, (_, bin) => Math.exp(-0.5 * ((bin - PRIOR_MEAN_BIN) / PRIOR_SIGMA_BINS) ** 2)),
)

type Weighed = { readonly span: Span & { readonly kind: SectionKind }; readonly weight: number }

const countBins = (spans: readonly Weighed[]): number[] => {
  const counts = new Array<number>(BIN_COUNT).fill(0)
  for (const { span, weight } of spans)
    SMOOTHING.forEach((share, offset) => {
      const bin = durationBin(spanLength(span)) + offset - 1
      counts[Math.max(0, Math.min(BIN_COUNT - 1, bin))]! += weight * share
    })
  return counts
}

const shrink = (counts: readonly number[], towards: readonly number[]): number[] =>
  normalise(counts.map((count, bin) => count + PRIOR_SECTIONS * towards[bin]!))

type Labelled = Pick<LabelledTrack, 'labels' | 'weight'>

const spansOf = (tracks: readonly Labelled[]): Weighed[] =>
  tracks.flatMap(({ labels, weight = 1 }) => labels.map((span) => ({ span, weight })))

/**
 * @param tracks with all their labelled sections
 * @param kinds the model's
 * @param others tracks of another style, which bend what is expected before these are seen
 */
export const trainDurationPrior = (
  tracks: readonly Labelled[],
  kinds: readonly SectionKind[],
  others: readonly Labelled[] = [],
): DurationPrior => {
  const [own, elsewhere] = [spansOf(tracks), spansOf(others)]
  const all = shrink(countBins([...own, ...elsewhere]), publishedShares)
  return kinds.map((kind) => {
    const isKind = ({ span }: Weighed): boolean => span.kind === kind
    return shrink(countBins(own.filter(isKind)), shrink(countBins(elsewhere.filter(isKind)), all))
  })
}
