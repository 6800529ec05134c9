import { BEAT_ROW_LENGTH, beatRows } from '../features/beat-context.ts'
import { SPAN_ROW_LENGTH, spanRow } from '../features/span-features.ts'
import type { TrackContext } from '../features/track-context.ts'
import type { OwnKind } from '../labels/own-kind.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import { UserError } from '../support/user-error.ts'
import { predictProbabilities } from './boosted-trees.ts'
import type { BoostedTrees } from './regression-trees.ts'

export type Head = {
  readonly trees: BoostedTrees
  /** Divides the logits; fitted on out-of-fold predictions. */
  readonly temperature: number
}

/** For each kind, how often its labels were about 2^(bin ÷ 2) beats long, bins 0 (1 beat) to 20 (1,024 beats), sum 1. */
export type DurationPrior = readonly (readonly number[])[]

/** Probabilities of what comes next; row 0 is the start of the track, the last column its end, the rest the model's kinds. */
export type OrderPrior = readonly (readonly number[])[]

/** A kind of the person's own as a model knows it; the name tells it in another library. */
export type OwnClass = Pick<OwnKind, 'id' | 'name'>

/** Which of the person's own kinds a section of one of the seven is. */
export type OwnHead = {
  readonly kind: SectionKind
  /** Classes of the head; null is the kind itself. */
  readonly classes: readonly (OwnClass | null)[]
  /** Null where all labels of the kind were of the one class. */
  readonly head: Head | null
}

/** Everything a trained model knows, in memory; its file is an ONNX graph with these heads (`onnx-encode.ts`). */
export type SectionModel = {
  /** Classes of the label heads, in the order of SECTION_KINDS. */
  readonly kinds: readonly SectionKind[]
  /** Digest of the features and rows that it was trained on. */
  readonly featureSpec: string
  readonly spanHead: Head
  readonly beatHead: Head
  /** Two classes: 1 = a section starts at the beat. Null: boundaries by novelty only. */
  readonly boundaryHead: Head | null
  /** These three of dance music, then of songs (`style-priors.ts`). */
  readonly durations: DurationPrior
  readonly order: OrderPrior
  /** Shape (2, kinds): at most 1, less for kinds that the style hardly has. */
  readonly kindShares: readonly (readonly number[])[]
  /** Which of the person's own kinds sections are; left out for none. */
  readonly ownHeads?: readonly OwnHead[]
}

/** @throws UserError INCOMPATIBLE_MODEL if the model was trained on other features */
export const assertCompatible = (model: Pick<SectionModel, 'featureSpec'>, featureSpec: string): void => {
  if (model.featureSpec === featureSpec) return
  throw new UserError(
    'INCOMPATIBLE_MODEL',
    `The model was trained on feature spec ${model.featureSpec.slice(0, 12)}, this version computes ${featureSpec.slice(0, 12)}.`,
    { found: model.featureSpec, supported: featureSpec },
  )
}

/** The last line of defence against a model with other columns, whose rows would be misread. */
const requireColumns = ({ trees }: Head, length: number): void => {
  if (trees.columnCount === length) return
  throw new UserError(
    'INCOMPATIBLE_MODEL',
    `The model reads rows of ${trees.columnCount} columns, this version makes ${length}.`,
    { found: trees.columnCount, supported: length },
  )
}

/** @returns a probability for each kind of the model, in the order of `model.kinds`, sum 1 */
export const predictSpan = (model: SectionModel, context: TrackContext, span: Span): Float32Array =>
  predictSpans(model, context, [span])

/** @returns shape (spans, kinds) */
export const predictSpans = (model: SectionModel, context: TrackContext, spans: readonly Span[]): Float32Array => {
  requireColumns(model.spanHead, SPAN_ROW_LENGTH)
  const rows = new Float32Array(spans.length * SPAN_ROW_LENGTH)
  for (let index = 0; index < spans.length; index++) spanRow(context, spans[index]!, rows, index * SPAN_ROW_LENGTH)
  return predictProbabilities(model.spanHead.trees, rows, spans.length, model.spanHead.temperature)
}

export type BeatPrediction = {
  /** Beats the rows stand for, rising. */
  readonly beats: Int32Array
  /** Shape (beats, kinds). */
  readonly kinds: Float32Array
  /** Probability that a section starts at each beat; null without a boundary head. */
  readonly boundaries: Float32Array | null
}

/** The label and boundary heads at the given beats (all beats when left out), on one set of rows. */
export const predictBeats = (
  model: SectionModel,
  context: TrackContext,
  beats: Int32Array = Int32Array.from({ length: context.beats }, (_, beat) => beat),
): BeatPrediction => {
  const { beatHead, boundaryHead } = model
  requireColumns(beatHead, BEAT_ROW_LENGTH)
  const rows = beatRows(context, beats)
  const boundaries =
    boundaryHead && predictProbabilities(boundaryHead.trees, rows, beats.length, boundaryHead.temperature)
  return {
    beats,
    kinds: predictProbabilities(beatHead.trees, rows, beats.length, beatHead.temperature),
    boundaries: boundaries?.filter((_, index) => index % 2 === 1) ?? null,
  }
}
