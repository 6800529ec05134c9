/**
 * @file Transfer: a head that begins from another model's predictions for its rows instead of from nothing.
 * Method: the logits of the other model, times a factor, are the scores that boosting starts with (an offset, as in Friedman 2001 §1), so
 * that the first trees learn only what a person does differently. The factor is the one of FACTORS with which the other model alone is
 * least wrong about labels that it never saw; it falls where there are many labels, because they know better.
 * Conventions: logits are shape (rows, outputs) and calibrated; measured in decision 0015.
 */
import { logitsToProbabilities, predictLogits } from '../models/boosted-trees.ts'
import { alignTrees, scaleTrees, sumTrees } from '../models/combine-trees.ts'
import type { BoostedTrees } from '../models/regression-trees.ts'
import type { Head, SectionModel } from '../models/section-model.ts'
import type { BinnedSet } from './fit-boosted-trees.ts'

const FACTORS = [0, 0.5, 1] as const
/** The factor holds up to `fullLabels` labels (or edges); then it falls with this power of their number. */
type Decay = { readonly fullLabels: number; readonly power: number }
/**
 * A label is one row of the span head and many rows of the others, which therefore need another model up to fewer
 * labels: decision 0015.
 */
const SPAN_DECAY: Decay = { fullLabels: 120, power: 1 }
const BEAT_DECAY: Decay = { fullLabels: 60, power: 4 }

/** A model that others begin from. */
export type BaseModel = Pick<SectionModel, 'kinds' | 'spanHead' | 'beatHead' | 'boundaryHead'>

type Rows = { readonly rows: Float32Array; readonly rowCount: number; readonly columnCount: number }

export type HeadStart = {
  /** The other model's logits for every row, at factor 1. */
  readonly logits: Float32Array
  /**
   * @param set rows with their weights
   * @param labels number of labels that the rows come from
   * @returns the rows with their starting scores, and the factor used
   */
  readonly begin: (set: BinnedSet, labels: number) => { readonly set: BinnedSet; readonly factor: number }
  /** Adds the other model, at that factor, to the trees that were grown from it. */
  readonly complete: (grown: BoostedTrees, factor: number) => BoostedTrees
}

const calibrated = ({ trees, temperature }: Head): BoostedTrees => scaleTrees(trees, 1 / temperature)

/** Weighted cross-entropy of the members of a set. */
const lossOf = (logits: Float32Array, { members, targets, weights }: BinnedSet, classCount: number): number => {
  const probabilities = logitsToProbabilities(logits, classCount, 1)
  let loss = 0
  for (const row of members)
    loss -= weights[row]! * Math.log(Math.max(probabilities[row * classCount + targets[row]!]!, 1e-12))
  return loss
}

/** @param trees for the trained classes, calibrated @returns null where they use other columns */
const startFrom = (
  trees: BoostedTrees,
  { rows, rowCount, columnCount }: Rows,
  { fullLabels, power }: Decay,
): HeadStart | null => {
  if (trees.columnCount !== columnCount) return null
  const { classCount } = trees
  const logits = predictLogits(trees, rows, rowCount)
  const scaled = (factor: number): Float32Array => logits.map((logit) => logit * factor)
  return {
    logits,
    begin: (set, labels) => {
      const losses = FACTORS.map((factor) => lossOf(scaled(factor), set, classCount))
      const factor = FACTORS[losses.indexOf(Math.min(...losses))]! * Math.min(1, fullLabels / labels) ** power
      return { set: { ...set, startScores: scaled(factor) }, factor }
    },
    complete: (grown, factor) => (factor === 0 ? grown : sumTrees([scaleTrees(trees, factor), grown])),
  }
}

/** The label heads of another model, aligned to other kinds. @returns null where there is none */
export const labelStart = <Name extends 'spanHead' | 'beatHead'>(
  base: Pick<BaseModel, 'kinds' | Name> | null,
  head: Name,
  { kinds, ...rows }: Rows & Pick<SectionModel, 'kinds'>,
): HeadStart | null => {
  if (base === null) return null
  const trees = alignTrees({ kinds: base.kinds, trees: calibrated(base[head]) }, kinds)
  return startFrom(trees, rows, head === 'spanHead' ? SPAN_DECAY : BEAT_DECAY)
}

export const boundaryStart = (base: BaseModel | null, rows: Rows): HeadStart | null =>
  base?.boundaryHead ? startFrom(calibrated(base.boundaryHead), rows, BEAT_DECAY) : null

/** Adds the other model, at a factor, to the logits of one row. */
export const addStart = (
  start: HeadStart | null,
  { factor, row, grown }: { readonly factor: number; readonly row: number; readonly grown: Float32Array },
): Float32Array =>
  start === null ? grown : grown.map((logit, output) => logit + factor * start.logits[row * grown.length + output]!)
