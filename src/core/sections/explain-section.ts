/**
 * @file Why a span has its kind: how well every kind fits each of its bars, and which groups of features spoke for and against the kind.
 * Method: the bar head's probabilities, averaged over the beats of a bar; path contributions (Saabas, 2014) of the span head, and of the
 * bar head where a bar begins, summed by group. Conventions: bars are those of the grid; the first and the last may be cut short by the span.
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { prepareTrack } from '../features/track-context.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import { type Evidence, explainBeats, explainSpans } from '../models/explain-rows.ts'
import { predictBeats, predictSpans, type SectionModel } from '../models/section-model.ts'
import type { Beats } from '../units/units.ts'
import { type Counterfactual, counterfactualsOf } from './counterfactuals.ts'
import { type DecidingBars, decidingBarsOf } from './deciding-bars.ts'

type BarExplanation = {
  readonly startBeat: Beats
  readonly probabilities: readonly number[]
  /** For and against the `kind` of the whole, where the bar begins, the strongest first. */
  readonly evidence: readonly Evidence[]
}

export type SectionExplanation = {
  readonly kinds: readonly SectionKind[]
  /** The kind that fits the span best as a whole. */
  readonly kind: SectionKind
  /** For the span as a whole, in the order of `kinds`. */
  readonly probabilities: readonly number[]
  readonly bars: readonly BarExplanation[]
  /** For and against `kind`, the strongest first. */
  readonly evidence: readonly Evidence[]
  /** What it would be if a layer of the sound were there, or were not. */
  readonly counterfactuals: readonly Counterfactual[]
  /** Bars outside the span that decided, for it or against it. */
  readonly elsewhere: readonly DecidingBars[]
}

const MOST_GROUPS = 8

/** Starts of the bars of a span; its own start counts as one. */
const barStarts = ({ firstDownbeat, beatsPerBar }: BeatGrid, { startBeat, endBeat }: Span): readonly Beats[] => {
  const starts = [startBeat]
  for (let beat = startBeat + 1; beat < endBeat; beat++)
    if ((beat - firstDownbeat) % beatsPerBar === 0) starts.push(beat)
  return starts
}

export const explainSection = (
  model: SectionModel,
  { features, grid, span }: { readonly features: FeatureMatrix; readonly grid: BeatGrid; readonly span: Span },
): SectionExplanation => {
  const context = prepareTrack(features, grid)
  const { kinds } = model
  const starts = barStarts(grid, span)
  const beats = Int32Array.from({ length: span.endBeat - span.startBeat }, (_, offset) => span.startBeat + offset)
  const fits = predictBeats(model, context, beats).kinds
  const probabilities = [...predictSpans(model, context, [span])]
  const kind = kinds[probabilities.indexOf(Math.max(...probabilities))]!
  const heard = explainBeats(model, context, { beats: starts, kind })
  const bars = starts.map((startBeat, at) => {
    const end = starts[at + 1] ?? span.endBeat
    const shares = kinds.map((_, index) => {
      let sum = 0
      for (let beat = startBeat; beat < end; beat++) sum += fits[(beat - span.startBeat) * kinds.length + index]!
      return sum / (end - startBeat)
    })
    return { startBeat, probabilities: shares, evidence: heard[at]! }
  })
  const [evidence] = explainSpans(model, context, { spans: [{ span, kind }], most: MOST_GROUPS })
  const counterfactuals = counterfactualsOf(model, { features, grid, span })
  const elsewhere = decidingBarsOf(model, { features, grid, span })
  return { kinds, kind, probabilities, bars, evidence: evidence!, counterfactuals, elsewhere }
}
