/**
 * @file Sections of a whole track by one joint decode of boundaries and labels.
 * Method: candidate boundaries from the boundary head; every span between two candidates is judged by the span head and by the summed beat
 * head, by its kind's learnt length (which favours whole phrases) and by the order of kinds; one semi-Markov
 * Viterbi (segment-lattice.ts) takes the best whole of edges that many ways share (shared-edges.ts), and loud parts of songs are named together
 * (name-loud-parts.ts). Confidence comes from forward–backward over the same lattice, not from the winner alone (section-confidence.ts).
 * Conventions: sections are contiguous, on beats, and cover [0, beatCount).
 */
import type { BeatGrid } from '../beats/beat-grid.ts'
import { SPAN_ROW_LENGTH, spanRow } from '../features/span-features.ts'
import type { TrackContext } from '../features/track-context.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { type Span, spanLength } from '../labels/span.ts'
import { type Evidence, explainSpans } from '../models/explain-rows.ts'
import { ownClassesOf } from '../models/own-head.ts'
import type { OwnClass, SectionModel } from '../models/section-model.ts'
import { buildLattice, type DecodeWeights, WEIGHTS_WITH_FORM } from './build-lattice.ts'
import { nameLoudParts } from './name-loud-parts.ts'
import { readTrack } from './read-track.ts'
import { type ConfidenceCurves, sectionConfidence, withConfidence } from './section-confidence.ts'
import { findBestPath, type LatticeSegment, type SegmentLattice, stretchPosteriors } from './segment-lattice.ts'
import { keepSharedEdges } from './shared-edges.ts'
import type { FormShares, TrackForm } from './track-form.ts'

export type Section = Span & {
  readonly kind: SectionKind
  /** Calibrated probability that the kind is right. */
  readonly confidence: number
  readonly runnerUp: SectionKind
  /** The person's own kind that it is; left out where it is the kind alone. */
  readonly ownKindId?: number
  /** Over the model's kinds, sum at most 1, none above the confidence; kinds that the model does not know have 0. */
  readonly probabilities: Readonly<Record<SectionKind, number>>
  /** What moved the score of the kind most, for or against it, the strongest first. */
  readonly evidence: readonly Evidence[]
}

/** Counts up whenever sections come out otherwise from the same evidence. */
export const DECODING = 5

/** Divides the lattice's scores for the posteriors: least calibration error on grouped folds of the public corpus, decision 0004. */
const POSTERIOR_TEMPERATURE = 3.3
/** Of songs, which are surer than right: chosen on the folds of both public corpora, decision 0046. */
const SONG_TEMPERATURE = 5

export type DecodeOptions = {
  readonly weights?: Partial<DecodeWeights>
  /** What the network of form says of the track; without it the model is alone. @default null */
  readonly form?: TrackForm | null
  readonly shares?: FormShares
  /** @default those that were measured */
  readonly curves?: ConfidenceCurves
}

const warm = (lattice: SegmentLattice, songShare: number): SegmentLattice => {
  const temperature = (1 - songShare) * POSTERIOR_TEMPERATURE + songShare * SONG_TEMPERATURE
  const cool = (scores: Float64Array): Float64Array => scores.map((score) => score / temperature)
  return {
    ...lattice,
    segmentScores: cool(lattice.segmentScores),
    cutScores: cool(lattice.cutScores),
    initialScores: cool(lattice.initialScores),
    transitionScores: cool(lattice.transitionScores),
    finalScores: cool(lattice.finalScores),
  }
}

const byKind = (model: SectionModel, shares: readonly number[]): Record<SectionKind, number> => {
  const probabilities = { intro: 0, build: 0, drop: 0, break: 0, outro: 0, verse: 0, chorus: 0 }
  model.kinds.forEach((kind, index) => {
    probabilities[kind] = shares[index]!
  })
  return probabilities
}

/** Mean posterior of each kind over the beats between two nodes. */
const meanPosterior = (
  posteriors: Float64Array,
  nodes: readonly number[],
  { from, to }: Pick<LatticeSegment, 'from' | 'to'>,
): number[] => {
  const count = posteriors.length / (nodes.length - 1)
  const shares = new Array<number>(count).fill(0)
  const length = nodes[to]! - nodes[from]!
  for (let node = from; node < to; node++)
    for (let kind = 0; kind < count; kind++)
      shares[kind]! += (posteriors[node * count + kind]! * (nodes[node + 1]! - nodes[node]!)) / length
  return shares
}

/** The person's own kind of each span; null where it is the kind alone. */
const ownKindsOf = (
  { ownHeads = [] }: SectionModel,
  context: TrackContext,
  spans: readonly { readonly span: Span; readonly kind: SectionKind }[],
): readonly (OwnClass | null)[] =>
  spans.map(({ span, kind }) => {
    const own = ownHeads.find((head) => head.kind === kind)
    if (own === undefined) return null
    const row = new Float32Array(SPAN_ROW_LENGTH)
    spanRow(context, span, row, 0)
    return ownClassesOf(own, row, 1)[0]!
  })

/** @param grid the grid the context's beats belong to @returns at least one section */
export const decodeSections = (
  model: SectionModel,
  context: TrackContext,
  grid: Pick<BeatGrid, 'beatCount'>,
  options: DecodeOptions = {},
): Section[] => {
  if (grid.beatCount !== context.beats)
    throw new Error(`The grid has ${grid.beatCount} beats, the features have ${context.beats}`)
  const { form = null } = options
  if (form !== null && form.beats !== context.beats)
    throw new Error(`The form has ${form.beats} beats, the features have ${context.beats}`)
  const reading = readTrack(model, context, form, options.shares)
  const lattice = buildLattice(model, reading, { ...(form ? WEIGHTS_WITH_FORM : {}), ...options.weights })
  const path = findBestPath(keepSharedEdges(lattice, reading))
  const posteriors = stretchPosteriors(warm(lattice, reading.songShare))
  if (!path || !posteriors) throw new Error('No segmentation is possible: every one is forbidden')
  const { nodes } = reading
  const { segments, sharesOf } = nameLoudParts(model, reading, { segments: path.segments, matrix: context.matrix })
  const spans = segments.map(({ from, to, label }) => ({
    span: { startBeat: nodes[from]!, endBeat: nodes[to]! },
    kind: model.kinds[label]!,
  }))
  const own = ownKindsOf(model, context, spans)
  const evidence = explainSpans(model, context, { spans })
  return segments.map((segment, index) => {
    const { span, kind } = spans[index]!
    const agreed = sharesOf(index, meanPosterior(posteriors, nodes, segment))
    const bars = spanLength(span) / reading.beatsPerBar
    const said = { share: agreed[segment.label]!, bars, songShare: reading.songShare }
    const shares = withConfidence(agreed, segment.label, sectionConfidence(said, options.curves))
    const others = [...agreed.keys()].filter((kind) => kind !== segment.label)
    const runnerUp = others.reduce((best, kind) => (agreed[kind]! > agreed[best]! ? kind : best))
    return {
      ...span,
      kind,
      confidence: shares[segment.label]!,
      runnerUp: model.kinds[runnerUp]!,
      ...(own[index] ? { ownKindId: own[index].id } : {}),
      probabilities: byKind(model, shares),
      evidence: evidence[index]!,
    }
  })
}
