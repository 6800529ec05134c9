/**
 * @file The boundary head: how likely a section starts at a beat, learnt from the edges of labels.
 * Method: gradient-boosted trees on beat rows (novelty and contrasts at 1, 4, 8 and 16 bars, place in bar and phrase). Edges are positive
 * and the inside of labels negative; beats beside an edge and beats outside labels are left out, because a person may label only
 * parts of a track. Supervised boundaries after Ullrich et al., ISMIR 2014, at a size that a few dozen labels can feed.
 * Conventions: class 1 = a section starts at this beat; the ends of the track are not boundaries.
 */
import { BEAT_ROW_LENGTH, beatRows } from '../features/beat-context.ts'
import type { TrackContext } from '../features/track-context.ts'
import { type Span, spanLength } from '../labels/span.ts'
import { averageTrees } from '../models/combine-trees.ts'
import type { BoostedTrees } from '../models/regression-trees.ts'
import type { Head } from '../models/section-model.ts'
import type { Beats } from '../units/units.ts'
import type { CrossFitProgress } from './cross-fit.ts'
import { type BinnedSet, type BoostingOptions, fitBinnedTrees } from './fit-boosted-trees.ts'
import { type BaseModel, boundaryStart } from './head-start.ts'
import { binRows } from './histogram-bins.ts'

export type BoundaryTrack = {
  readonly context: TrackContext
  readonly labels: readonly Span[]
  /** Beats that are neither edge nor inside, e.g. a change that the person did not count as a new section. */
  readonly doubtfulBeats?: readonly Beats[]
}

/** Beats this close to an edge do not count as negative: they have nearly the same contrasts, and a label may be a beat off. */
const MARGIN_BEATS = 2
/** Beats this close to an end of the track are not boundaries, because one side is empty. */
const END_MARGIN_BEATS = 4
/**
 * Most beats taken from inside labels, evenly over all of them: neighbours have nearly the same contrasts, and this bounds training time.
 */
const MAX_INSIDE_BEATS = 6000
/** Steps are odd, so that they visit all beats of a bar. */
const MIN_STEP_BEATS = 3
/** Ensembles with other seeds whose mean decides: edges are few, so a single one depends on its draw of rows and columns. */
export const BOUNDARY_MEMBERS = 3
/** All edges together weigh this share of all insides, so that the rare class counts and probabilities stay moderate. */
const EDGE_WEIGHT_SHARE = 0.25

/** Of each of these. */
export const BOUNDARY_ROUNDS = 80

/** Measured on grouped folds of the public corpus, decision 0004. */
const OPTIONS = {
  rounds: BOUNDARY_ROUNDS,
  leaves: 8,
  learningRate: 0.08,
  minLeaf: 8,
  l2: 2,
  columnFraction: 0.15,
  rowFraction: 0.5,
  maxBins: 16,
  seed: 1,
  earlyStoppingRounds: null,
} as const satisfies BoostingOptions

const oddStep = (tracks: readonly BoundaryTrack[]): number => {
  const inside = tracks.reduce(
    (sum, { labels }) => sum + labels.reduce((beats, label) => beats + spanLength(label), 0),
    0,
  )
  const step = Math.max(MIN_STEP_BEATS, Math.ceil(inside / MAX_INSIDE_BEATS))
  return step % 2 === 0 ? step + 1 : step
}

/** @param step between the beats taken from inside labels @returns beats and whether a section starts there */
export const boundaryTargets = (
  { context, labels, doubtfulBeats = [] }: BoundaryTrack,
  step: number,
): Map<number, boolean> => {
  const targets = new Map<number, boolean>()
  const isInner = (beat: number): boolean => beat >= END_MARGIN_BEATS && beat <= context.beats - END_MARGIN_BEATS
  const edges = new Set(labels.flatMap(({ startBeat, endBeat }) => [Math.round(startBeat), Math.round(endBeat)]))
  const isDoubtful = (beat: number): boolean =>
    [...edges, ...doubtfulBeats].some((other) => Math.abs(other - beat) <= MARGIN_BEATS)
  for (const { startBeat, endBeat } of labels)
    for (let beat = Math.round(startBeat) + 1; beat < endBeat; beat += step)
      if (isInner(beat) && !isDoubtful(beat)) targets.set(beat, false)
  for (const edge of edges)
    if (isInner(edge) && !doubtfulBeats.some((other) => Math.abs(other - edge) < 1)) targets.set(edge, true)
  return targets
}

/** Trains on the edges of all tracks, from nothing or from a base model. @returns null when no label has an inner edge to learn from */
export const trainBoundaryHead = async (
  tracks: readonly BoundaryTrack[],
  { base = null, ...options }: Partial<BoostingOptions> & { readonly base?: BaseModel | null } = {},
  { signal, onProgress, onRound }: CrossFitProgress = {},
): Promise<Head | null> => {
  const step = oddStep(tracks)
  const targets = tracks.map((track) => boundaryTargets(track, step))
  const rowCount = targets.reduce((sum, { size }) => sum + size, 0)
  const edgeCount = targets.reduce((sum, beats) => sum + [...beats.values()].filter(Boolean).length, 0)
  if (edgeCount === 0 || edgeCount === rowCount) return null
  const columnCount = BEAT_ROW_LENGTH
  const rows = new Float32Array(rowCount * columnCount)
  const classes = new Uint8Array(rowCount)
  const weights = new Float32Array(rowCount)
  let row = 0
  tracks.forEach(({ context }, track) => {
    const beats = [...targets[track]!.keys()]
    rows.set(beatRows(context, beats), row * columnCount)
    for (const beat of beats) {
      const isEdge = targets[track]!.get(beat)!
      classes[row] = isEdge ? 1 : 0
      weights[row++] = isEdge ? (EDGE_WEIGHT_SHARE * (rowCount - edgeCount)) / edgeCount : 1
    }
  })
  // All members share one set of bins, because binning takes as long as growing the trees.
  const train: BinnedSet = {
    binned: binRows(rows, rowCount, options.maxBins ?? OPTIONS.maxBins),
    members: Int32Array.from(classes.keys()),
    targets: classes,
    weights,
  }
  const start = boundaryStart(base, { rows, rowCount, columnCount })
  const { set, factor } = start?.begin(train, edgeCount) ?? { set: train, factor: 0 }
  const seed = options.seed ?? OPTIONS.seed
  const members: BoostedTrees[] = []
  for (let member = 0; member < BOUNDARY_MEMBERS; member++)
    members.push(
      await fitBinnedTrees(
        { train: set, classCount: 2, options: { ...OPTIONS, ...options, seed: seed + member } },
        {
          ...(signal && { signal }),
          onProgress: (fraction) => onProgress?.((member + fraction) / BOUNDARY_MEMBERS),
          onRound: (round, trainLoss) => onRound?.({ fit: member, fold: null, round, trainLoss, validationLoss: null }),
        },
      ),
    )
  const grown = averageTrees(members)
  return { trees: start?.complete(grown, factor) ?? grown, temperature: 1 }
}
