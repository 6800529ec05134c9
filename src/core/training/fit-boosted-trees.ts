/**
 * @file Gradient boosting of histogram trees: softmax for three or more classes, logistic for two. A round is an epoch; its
 * losses are the weighted mean cross-entropy of all training rows and of the validation rows.
 * Method: Friedman, Annals of Statistics 29(5), 2001, with second-order steps and random rows and columns (Ke et al., LightGBM, 2017).
 * Conventions: seeded and deterministic; with early stopping the rounds after the best one are dropped.
 */
import { type BoostedTrees, outputCount } from '../models/regression-trees.ts'
import { giveWay } from '../support/give-way.ts'
import type { Progress } from '../support/progress.ts'
import { createRandom, type Random } from '../support/random.ts'
import { createTreeGrower, type TreeNode } from './grow-tree.ts'
import { applyCuts, type BinnedRows, binRows } from './histogram-bins.ts'

export type BoostingOptions = {
  readonly rounds: number
  readonly leaves: number
  readonly learningRate: number
  readonly minLeaf: number
  readonly l2: number
  /** Share of the columns that each tree may use. */
  readonly columnFraction: number
  /** Share of the rows that each round sees. */
  readonly rowFraction: number
  readonly seed: number
  /** Rounds without a better validation loss before it stops; with null or no validation rows all rounds are run. */
  readonly earlyStoppingRounds: number | null
  /** 2 to 255. @default 63, enough at the sizes of personal label sets and four times faster to search than 255 */
  readonly maxBins?: number
  /** Probability mass moved from the true class to all classes equally. @default 0 */
  readonly labelSmoothing?: number
}

const DEFAULT_BINS = 63

type LabelledRows = {
  /** Shape (rowCount, columnCount), finite. */
  readonly rows: Float32Array
  readonly rowCount: number
  /** Class of each row, 0 ≤ target < classCount. */
  readonly targets: ArrayLike<number>
  readonly weights: ArrayLike<number>
}

export type BoostingInput = LabelledRows & {
  readonly columnCount: number
  readonly classCount: number
  readonly validation?: LabelledRows
  readonly options: BoostingOptions
}

export type BoostingProgress = Progress & {
  /** Rounds count from 1. */
  readonly onRound?: (round: number, trainLoss: number, validationLoss: number | null) => void
}

/** Rows of one binned matrix with their targets and weights; several sets may share the matrix. */
export type BinnedSet = {
  readonly binned: BinnedRows
  /** Rows of the matrix that belong to the set. */
  readonly members: Int32Array
  /** By row of the matrix. */
  readonly targets: ArrayLike<number>
  readonly weights: ArrayLike<number>
  /** Scores that the boosting starts with besides the prior, by row and output of the matrix. @default 0 */
  readonly startScores?: Float32Array
}

export type BinnedInput = {
  readonly train: BinnedSet
  readonly validation?: BinnedSet
  readonly classCount: number
  readonly options: BoostingOptions
}

/** Scores and probabilities by row of the matrix. */
type Member = BinnedSet & { readonly scores: Float64Array; readonly probabilities: Float64Array }

const asMember = (set: BinnedSet, baseScores: Float32Array): Member => {
  const outputs = baseScores.length
  const { rowCount } = set.binned
  const scores = new Float64Array(rowCount * outputs)
  for (let index = 0; index < scores.length; index++)
    scores[index] = baseScores[index % outputs]! + (set.startScores?.[index] ?? 0)
  return { ...set, scores, probabilities: new Float64Array(rowCount * Math.max(outputs, 2)) }
}

/** Fills the probabilities from the scores and returns the weighted mean cross-entropy. */
const refreshLoss = ({ scores, probabilities, targets, weights, members }: Member, classCount: number): number => {
  let loss = 0
  let total = 0
  for (const row of members) {
    const offset = row * classCount
    if (classCount === 2) {
      const second = 1 / (1 + Math.exp(-scores[row]!))
      probabilities[offset] = 1 - second
      probabilities[offset + 1] = second
    } else {
      let top = -Infinity
      for (let output = 0; output < classCount; output++) top = Math.max(top, scores[offset + output]!)
      let sum = 0
      for (let output = 0; output < classCount; output++)
        sum += probabilities[offset + output] = Math.exp(scores[offset + output]! - top)
      for (let output = 0; output < classCount; output++) probabilities[offset + output]! /= sum
    }
    loss -= weights[row]! * Math.log(Math.max(probabilities[offset + targets[row]!]!, 1e-12))
    total += weights[row]!
  }
  return total === 0 ? 0 : loss / total
}

const priorScores = ({ targets, weights, members }: BinnedSet, classCount: number): Float32Array => {
  const mass = new Float64Array(classCount).fill(1e-3)
  for (const row of members) mass[targets[row]!]! += weights[row]!
  const total = mass.reduce((sum, value) => sum + value, 0)
  return classCount === 2
    ? Float32Array.of(Math.log(mass[1]! / mass[0]!))
    : Float32Array.from(mass, (value) => Math.log(value / total))
}

const sample = (all: Int32Array, fraction: number, random: Random): Int32Array => {
  const picked = all.slice()
  const take = Math.max(1, Math.round(picked.length * fraction))
  if (take >= picked.length) return picked
  for (let index = 0; index < take; index++) {
    const pick = index + Math.floor(random() * (picked.length - index))
    const held = picked[index]!
    picked[index] = picked[pick]!
    picked[pick] = held
  }
  return sortDistinct(picked.subarray(0, take))
}

/** Sorts distinct whole numbers by marking them, in a fraction of the time of a sort. */
const sortDistinct = (picked: Int32Array): Int32Array => {
  let largest = 0
  for (let index = 0; index < picked.length; index++) if (picked[index]! > largest) largest = picked[index]!
  const isPicked = new Uint8Array(largest + 1)
  for (let index = 0; index < picked.length; index++) isPicked[picked[index]!] = 1
  let at = 0
  for (let value = 0; value <= largest; value++) if (isPicked[value] === 1) picked[at++] = value
  return picked
}

const fillGradients = (
  member: Member,
  {
    classCount,
    output,
    smoothing,
  }: { readonly classCount: number; readonly output: number; readonly smoothing: number },
  into: { readonly gradients: Float64Array; readonly hessians: Float64Array },
): void => {
  const judged = classCount === 2 ? 1 : output
  // Friedman's factor for softmax: the outputs share one degree of freedom.
  const factor = classCount === 2 ? 1 : classCount / (classCount - 1)
  for (const row of member.members) {
    const probability = member.probabilities[row * classCount + judged]!
    const wanted = (member.targets[row] === judged ? 1 - smoothing : 0) + smoothing / classCount
    into.gradients[row] = member.weights[row]! * (probability - wanted)
    into.hessians[row] = Math.max(member.weights[row]! * factor * probability * (1 - probability), 1e-16)
  }
}

type GrownTree = { readonly output: number; readonly nodes: readonly TreeNode[] }

const addTree = ({ binned, members, scores }: Member, { output, nodes }: GrownTree, outputs: number): void => {
  const { bins, rowCount } = binned
  for (const row of members) {
    let node = nodes[0]!
    while (node.feature >= 0) node = nodes[bins[node.feature * rowCount + row]! <= node.bin ? node.left : node.right]!
    scores[row * outputs + output]! += node.value
  }
}

const flatten = (
  grown: readonly GrownTree[],
  {
    binned,
    baseScores,
    classCount,
  }: { readonly binned: BinnedRows; readonly baseScores: Float32Array; readonly classCount: number },
): BoostedTrees => {
  const nodes = grown.flatMap(({ nodes: own }) => own)
  const starts: number[] = []
  for (let tree = 0, start = 0; tree < grown.length; start += grown[tree++]!.nodes.length) starts.push(start)
  const offsets = grown.flatMap(({ nodes: own }, tree) => own.map(() => starts[tree]!))
  const linked = (pick: (node: TreeNode) => number): Int32Array =>
    Int32Array.from(nodes, (node, index) => (node.feature < 0 ? 0 : pick(node) + offsets[index]!))
  return {
    classCount,
    columnCount: binned.columnCount,
    baseScores,
    treeRoots: Int32Array.from(starts),
    treeOutputs: Uint8Array.from(grown, ({ output }) => output),
    features: Int16Array.from(nodes, ({ feature }) => feature),
    thresholds: Float32Array.from(nodes, ({ feature, bin }) => (feature < 0 ? 0 : binned.cuts[feature]![bin]!)),
    lefts: linked(({ left }) => left),
    rights: linked(({ right }) => right),
    values: Float32Array.from(nodes, ({ feature, value }) => (feature < 0 ? value : 0)),
    covers: Float32Array.from(nodes, ({ cover }) => cover),
  }
}

function* boostingRounds(input: BinnedInput, progress: BoostingProgress): Generator<void, BoostedTrees> {
  const { classCount, options } = input
  const { binned } = input.train
  const outputs = outputCount(classCount)
  const random = createRandom(options.seed)
  const grow = createTreeGrower(binned, options)
  const allColumns = Int32Array.from({ length: binned.columnCount }, (_, column) => column)
  const baseScores = priorScores(input.train, classCount)
  const train = asMember(input.train, baseScores)
  const validation =
    input.validation && input.validation.members.length > 0 ? asMember(input.validation, baseScores) : null
  const into = { gradients: new Float64Array(binned.rowCount), hessians: new Float64Array(binned.rowCount) }
  const grown: GrownTree[] = []
  let bestLoss = Infinity
  let bestRound = 0
  refreshLoss(train, classCount)
  for (let round = 1; round <= options.rounds; round++) {
    progress.signal?.throwIfAborted()
    const members = sample(train.members, options.rowFraction, random)
    for (let output = 0; output < outputs; output++) {
      fillGradients(train, { classCount, output, smoothing: options.labelSmoothing ?? 0 }, into)
      const columns = sample(allColumns, options.columnFraction, random)
      const nodes = grow({ members, columns, ...into })
      for (const node of nodes) node.value = Math.fround(node.value * options.learningRate)
      grown.push({ output, nodes })
    }
    for (const tree of grown.slice(-outputs)) {
      addTree(train, tree, outputs)
      if (validation) addTree(validation, tree, outputs)
    }
    const trainLoss = refreshLoss(train, classCount)
    const validationLoss = validation ? refreshLoss(validation, classCount) : null
    progress.onRound?.(round, trainLoss, validationLoss)
    progress.onProgress?.(round / options.rounds)
    if (validationLoss === null || options.earlyStoppingRounds === null) bestRound = round
    else if (validationLoss < bestLoss) {
      bestLoss = validationLoss
      bestRound = round
    } else if (round - bestRound >= options.earlyStoppingRounds) break
    yield
  }
  return flatten(grown.slice(0, bestRound * outputs), { binned, baseScores, classCount })
}

const asBinned = (input: BoostingInput): BinnedInput => {
  const { classCount, options, validation } = input
  const allRows = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row)
  const binned = binRows(input.rows, input.rowCount, options.maxBins ?? DEFAULT_BINS)
  const { targets, weights } = input
  const train = { binned, members: allRows(input.rowCount), targets, weights }
  if (!validation) return { train, classCount, options }
  const held = applyCuts(validation.rows, validation.rowCount, binned.cuts)
  return { train, validation: { ...validation, binned: held, members: allRows(held.rowCount) }, classCount, options }
}

/** Blocks its thread, so an abort is seen only if it comes before or from `onRound`. @throws signal.reason */
export const fitBoostedTrees = (input: BoostingInput, progress: BoostingProgress = {}): BoostedTrees => {
  const rounds = boostingRounds(asBinned(input), progress)
  let step = rounds.next()
  while (!step.done) step = rounds.next()
  return step.value
}

/** Rounds between yields to the event loop; a round of 1,000 rows takes a few milliseconds. */
const ROUNDS_PER_YIELD = 4

/** For callers that train several times on one binned matrix. It yields to the event loop between rounds. */
export const fitBinnedTrees = async (input: BinnedInput, progress: BoostingProgress = {}): Promise<BoostedTrees> => {
  const rounds = boostingRounds(input, progress)
  let step = rounds.next()
  for (let round = 1; !step.done; round++) {
    if (round % ROUNDS_PER_YIELD === 0) await giveWay()
    step = rounds.next()
  }
  return step.value
}

/** The same model as `fitBoostedTrees`; it yields to the event loop between rounds, so that an abort is seen at once. */
export const fitBoostedTreesAsync = (input: BoostingInput, progress: BoostingProgress = {}): Promise<BoostedTrees> =>
  fitBinnedTrees(asBinned(input), progress)
