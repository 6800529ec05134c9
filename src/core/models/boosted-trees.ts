import { addTrees } from './add-trees.ts'
import { type BoostedTrees, outputCount } from './regression-trees.ts'

/** From this many rows on WebAssembly runs the trees; below, writing them there costs more than it saves. */
const MANY_ROWS = 48

/** @param rows shape (rowCount, columnCount) @returns shape (rowCount, outputCount) */
export const predictLogits = (trees: BoostedTrees, rows: Float32Array, rowCount: number): Float32Array => {
  const outputs = outputCount(trees.classCount)
  const sums = new Float64Array(rowCount * outputs)
  for (let row = 0; row < rowCount; row++) sums.set(trees.baseScores, row * outputs)
  if (rowCount >= MANY_ROWS) addTrees(trees, rows.subarray(0, rowCount * trees.columnCount), sums)
  else askTrees(trees, rows, sums)
  return new Float32Array(sums)
}

/** As `addTrees`. */
const askTrees = (trees: BoostedTrees, rows: Float32Array, sums: Float64Array): void => {
  const { columnCount, treeRoots, treeOutputs, features, thresholds, lefts, rights, values } = trees
  const outputs = outputCount(trees.classCount)
  for (let tree = 0; tree < treeRoots.length; tree++) {
    for (let at = treeOutputs[tree]!, offset = 0; at < sums.length; at += outputs, offset += columnCount) {
      let node = treeRoots[tree]!
      for (let column = features[node]!; column >= 0; column = features[node]!)
        node = rows[offset + column]! <= thresholds[node]! ? lefts[node]! : rights[node]!
      sums[at]! += values[node]!
    }
  }
}

/** Softmax (or the logistic function for two classes) of logits over a temperature. @returns shape (rowCount, classCount) */
export const logitsToProbabilities = (logits: Float32Array, classCount: number, temperature: number): Float32Array => {
  const outputs = outputCount(classCount)
  const rowCount = logits.length / outputs
  const probabilities = new Float32Array(rowCount * classCount)
  for (let row = 0; row < rowCount; row++) {
    if (outputs === 1) {
      const second = 1 / (1 + Math.exp(-logits[row]! / temperature))
      probabilities[row * 2] = 1 - second
      probabilities[row * 2 + 1] = second
      continue
    }
    let top = -Infinity
    for (let output = 0; output < outputs; output++) top = Math.max(top, logits[row * outputs + output]!)
    let sum = 0
    for (let output = 0; output < outputs; output++)
      sum += probabilities[row * outputs + output] = Math.exp((logits[row * outputs + output]! - top) / temperature)
    for (let output = 0; output < outputs; output++) probabilities[row * outputs + output]! /= sum
  }
  return probabilities
}

/** @returns shape (rowCount, classCount), rows sum to 1 */
export const predictProbabilities = (
  trees: BoostedTrees,
  rows: Float32Array,
  rowCount: number,
  temperature = 1,
): Float32Array => logitsToProbabilities(predictLogits(trees, rows, rowCount), trees.classCount, temperature)

/** The ensemble after its first trees: what it would have been with fewer rounds. */
export const firstTrees = (trees: BoostedTrees, count: number): BoostedTrees => {
  const nodes = trees.treeRoots[count] ?? trees.features.length
  return {
    ...trees,
    treeRoots: trees.treeRoots.slice(0, count),
    treeOutputs: trees.treeOutputs.slice(0, count),
    features: trees.features.slice(0, nodes),
    thresholds: trees.thresholds.slice(0, nodes),
    lefts: trees.lefts.slice(0, nodes),
    rights: trees.rights.slice(0, nodes),
    values: trees.values.slice(0, nodes),
    covers: trees.covers.slice(0, nodes),
  }
}
