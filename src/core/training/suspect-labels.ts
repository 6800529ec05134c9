/**
 * @file Labels that may be mistakes, by models that never saw their tracks: kinds that they do not believe, edges that lie elsewhere.
 * Method: confident learning (Northcutt, Jiang and Chuang, JAIR 2021): a kind is as sure as its own labels make the models on average; a
 * label is suspected where another kind passes its own bar by more. Edges: log-odds of the boundary head there and at the likeliest place
 * nearby, and how well the kinds on either side fit the spans with the edge moved.
 * Conventions: grouped folds (track, artist), several shuffles of them; every label and every inner edge gets a rank, the most suspicious
 * first. Ranks are no probabilities.
 */
import { SPAN_ROW_LENGTH, spanRow } from '../features/span-features.ts'
import { SECTION_KINDS, type SectionKind } from '../labels/section-kind.ts'
import type { Span } from '../labels/span.ts'
import type { Progress } from '../support/progress.ts'
import type { Beats } from '../units/units.ts'
import { boundaryLogits, edgesOf, type LabelEdge, placesFor } from './edge-doubts.ts'
import { createRowFit } from './fit-rows.ts'
import { foldsOfLabels, groupOf } from './grouped-folds.ts'
import { type BaseModel, labelStart } from './head-start.ts'
import {
  collectSamples,
  type LabelSample,
  type PreparedTrack,
  prepareTracks,
  type TrainingTrack,
} from './label-rows.ts'
import { trainBoundaryHead } from './train-boundaries.ts'

export type SuspectKind = {
  readonly labelId: string
  readonly likely: SectionKind
  /** Above 0 where confident learning calls the label an issue. */
  readonly score: number
}

export type SuspectEdge = {
  readonly audioDigest: string
  readonly beat: Beats
  /** Labels that end and begin there. */
  readonly leftId: string | null
  readonly rightId: string | null
  readonly likelyBeat: Beats
  /** Above 0 where the sound speaks for the other place. */
  readonly score: number
}

export type Suspects = {
  /** All labels, the most suspicious first. */
  readonly kinds: readonly SuspectKind[]
  /** All inner edges that could lie elsewhere, the most suspicious first. */
  readonly edges: readonly SuspectEdge[]
}

export type SuspectRequest = {
  readonly tracks: readonly TrainingTrack[]
  readonly seed: number
  readonly base?: BaseModel | null
}

const FOLDS = 5
const SHUFFLES = 3
/** A boundary head is the mean of several ensembles already. */
const EDGE_SHUFFLES = 2
/** With fewer tracks or artists a fold says more about these than about the labels. */
const LEAST_GROUPS = 4
/** About as many as `trainSections` finds out of fold. */
const ROUNDS = 60
/** Weight of the kinds on either side beside the log-odds of the boundary head. */
const KINDS_SHARE = 0.5
const LEAST_PROBABILITY = 1e-3

type TrainingLabel = TrainingTrack['labels'][number]
type Moved = {
  readonly track: PreparedTrack
  readonly edge: LabelEdge<TrainingLabel>
  readonly place: Beats
  readonly gain: number
}

/** Where the edges of each track may lie instead, by boundary heads of the other folds. */
const moveEdges = async (
  tracks: readonly PreparedTrack[],
  shuffles: readonly ((track: PreparedTrack) => number)[],
  { seed, base = null }: Pick<SuspectRequest, 'seed' | 'base'>,
  { signal, onProgress }: Progress,
): Promise<readonly Moved[]> => {
  const logitsOf = new Map<PreparedTrack, Float32Array>()
  for (const [shuffle, foldOf] of shuffles.entries()) {
    const folds = [...new Set(tracks.map(foldOf))]
    for (const [at, fold] of folds.entries()) {
      const outside = tracks.filter((track) => foldOf(track) !== fold)
      const head = await trainBoundaryHead(outside, { seed: seed + shuffle, base }, signal ? { signal } : {})
      onProgress?.((shuffle + (at + 1) / folds.length) / shuffles.length)
      if (head === null) continue
      for (const track of tracks.filter((one) => foldOf(one) === fold)) {
        const said = boundaryLogits(head, track.context)
        const before = logitsOf.get(track)
        logitsOf.set(track, before ? said.map((logit, beat) => logit + before[beat]!) : said)
      }
    }
  }
  return [...logitsOf].flatMap(([track, sums]) => {
    const logits = sums.map((sum) => sum / shuffles.length)
    const edges = edgesOf(track.labels, track.context)
    return edges.flatMap((edge) =>
      placesFor(edge, edges, { logits, beatsPerBar: track.grid.beatsPerBar }).map(
        ({ beat, gain }): Moved => ({ track, edge, place: beat, gain }),
      ),
    )
  })
}

/** The labels on either side of an edge with the edge at another place. */
const movedSpans = ({
  edge: { left, right },
  place,
}: Moved): readonly { readonly label: TrainingLabel; readonly span: Span }[] => [
  ...(left === null ? [] : [{ label: left, span: { startBeat: left.startBeat, endBeat: place } }]),
  ...(right === null ? [] : [{ label: right, span: { startBeat: place, endBeat: right.endBeat } }]),
]

const kindSuspects = (
  samples: readonly LabelSample[],
  probabilities: Float64Array,
  kinds: readonly SectionKind[],
): SuspectKind[] => {
  const width = kinds.length
  const bars = kinds.map((_, kind) => {
    const own = samples.flatMap(({ target }, at) => (target === kind ? [probabilities[at * width + kind]!] : []))
    return own.reduce((sum, one) => sum + one, 0) / own.length
  })
  return samples
    .map(({ label, target }, at): SuspectKind => {
      const over = (kind: number): number =>
        Math.log(Math.max(probabilities[at * width + kind]!, LEAST_PROBABILITY) / bars[kind]!)
      const others = [...kinds.keys()].filter((kind) => kind !== target)
      const likely = others.reduce((best, kind) => (over(kind) > over(best) ? kind : best))
      return { labelId: label.id, likely: kinds[likely]!, score: over(likely) - over(target) }
    })
    .toSorted((a, b) => b.score - a.score)
}

/** @returns null where there are too few tracks or kinds to judge any by the others */
export const findSuspects = async (
  { tracks, seed, base = null }: SuspectRequest,
  { signal, onProgress }: Progress = {},
): Promise<Suspects | null> => {
  const prepared = prepareTracks(tracks)
  const kinds = SECTION_KINDS.filter((kind) => tracks.some(({ labels }) => labels.some((label) => label.kind === kind)))
  const samples = collectSamples(prepared, kinds)
  const width = kinds.length
  if (width < 2 || new Set(samples.map(({ track }) => groupOf(track))).size < LEAST_GROUPS) return null
  const targets = samples.map(({ target }) => target)
  const shuffles = Array.from({ length: SHUFFLES }, (_, shuffle) => {
    const folds = foldsOfLabels(samples, { classCount: width, foldCount: FOLDS, seed: seed + shuffle })
    const ofTrack = new Map(samples.map(({ track }, at) => [track, folds[at]!]))
    return { folds, foldOf: (track: PreparedTrack): number => ofTrack.get(track)! }
  })
  const labelled = prepared.filter(({ labels }) => labels.length > 0)
  const shared = signal ? { signal } : {}
  const half =
    (begin: number) =>
    (fraction: number): void =>
      onProgress?.(begin + fraction / 2)
  const moved = await moveEdges(
    labelled,
    shuffles.slice(0, EDGE_SHUFFLES).map(({ foldOf }) => foldOf),
    { seed, base },
    { ...shared, onProgress: half(0) },
  )

  const spans = [
    ...samples.map(({ track, label }) => ({ track, label, span: label as Span })),
    ...moved.flatMap((one) => movedSpans(one).map((each) => ({ track: one.track, ...each }))),
  ]
  const rows = new Float32Array(spans.length * SPAN_ROW_LENGTH)
  for (const [at, { track, span }] of spans.entries()) spanRow(track.context, span, rows, at * SPAN_ROW_LENGTH)
  const block = { rows, rowCount: spans.length, columnCount: SPAN_ROW_LENGTH }
  const fits = shuffles.reduce((sum, { folds }) => sum + new Set(folds).size, 0)
  const fit = createRowFit(
    {
      block,
      targets: spans.map(({ label }) => kinds.indexOf(label.kind)),
      classCount: width,
      rounds: ROUNDS,
      seed,
      start: labelStart(base, 'spanHead', { ...block, kinds }),
    },
    { ...shared, onProgress: half(0.5) },
    fits,
  )
  const logs = new Float64Array(spans.length * width)
  for (const [shuffle, { folds, foldOf }] of shuffles.entries())
    for (const fold of new Set(folds)) {
      const members = [...samples.keys()].filter((sample) => folds[sample] !== fold)
      const asked = [...spans.keys()].filter((row) => foldOf(spans[row]!.track) === fold)
      const said = await fit(members, asked, seed + shuffle)
      for (const [at, row] of asked.entries())
        for (let kind = 0; kind < width; kind++)
          logs[row * width + kind]! += Math.log(Math.max(said[at * width + kind]!, LEAST_PROBABILITY)) / SHUFFLES
    }
  const probabilities = logs.map(Math.exp)
  const fitOf = new Map(samples.map(({ label }, at) => [label, logs[at * width + targets[at]!]!]))
  let row = samples.length
  const scored = moved.map((one): SuspectEdge => {
    const gain = movedSpans(one).reduce(
      (sum, { label }) => sum + logs[row++ * width + kinds.indexOf(label.kind)]! - fitOf.get(label)!,
      0,
    )
    const { track, edge, place } = one
    return {
      audioDigest: track.audioDigest,
      beat: edge.beat,
      leftId: edge.left?.id ?? null,
      rightId: edge.right?.id ?? null,
      likelyBeat: place,
      score: one.gain + KINDS_SHARE * gain,
    }
  })
  const best = [...Map.groupBy(scored, ({ audioDigest, beat }) => `${audioDigest} ${beat}`).values()].map((own) =>
    own.reduce((a, b) => (b.score > a.score ? b : a)),
  )
  return { kinds: kindSuspects(samples, probabilities, kinds), edges: best.toSorted((a, b) => b.score - a.score) }
}
