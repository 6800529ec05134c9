import { type BoostedTrees, depthsOf } from './regression-trees.ts'
import { createTreeMemory } from './tree-kernels.ts'

const NODE_BYTES = 16
const FLOAT_BYTES = 4
const DOUBLE_BYTES = 8
/** Rows that go through the trees side by side. */
const LANES = 4
/** Rows processed at once: so many stay in the processor's cache for all trees. */
const BLOCK_ROWS = 64

/** Writes the nodes as the kernel reads them. */
const writeNodes = (
  { features, thresholds, values, lefts, rights }: BoostedTrees,
  memory: ArrayBuffer,
  nodesAt: number,
): void => {
  const whole = new Uint32Array(memory, nodesAt, (features.length * NODE_BYTES) / 4)
  const parts = new Float32Array(memory, nodesAt, whole.length)
  for (let node = 0; node < features.length; node++) {
    const at = node * 4
    const isLeaf = features[node]! < 0
    whole[at] = isLeaf ? 0 : features[node]! * FLOAT_BYTES
    parts[at + 1] = isLeaf ? values[node]! : thresholds[node]!
    whole[at + 2] = nodesAt + (isLeaf ? node : lefts[node]!) * NODE_BYTES
    whole[at + 3] = nodesAt + (isLeaf ? node : rights[node]!) * NODE_BYTES
  }
}

/** Adds the trees' output to each row's sums, shape (rowCount, outputs); worth its preparation from a few dozen rows on. */
export const addTrees = (trees: BoostedTrees, rows: Float32Array, sums: Float64Array): void => {
  const { columnCount, treeRoots, treeOutputs } = trees
  const rowCount = rows.length / columnCount
  const outputs = sums.length / rowCount
  const { run, place, floats, buffer } = createTreeMemory()
  const nodesAt = place(trees.features.length * NODE_BYTES)
  const rowsAt = place(BLOCK_ROWS * columnCount * FLOAT_BYTES)
  const sumsAt = place(BLOCK_ROWS * outputs * DOUBLE_BYTES)
  writeNodes(trees, buffer(), nodesAt)
  const depths = depthsOf(trees)
  const blockSums = new Float64Array(buffer(), sumsAt, BLOCK_ROWS * outputs)
  for (let first = 0; first < rowCount; first += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, rowCount - first)
    floats().set(rows.subarray(first * columnCount, (first + count) * columnCount), rowsAt / FLOAT_BYTES)
    blockSums.set(sums.subarray(first * outputs, (first + count) * outputs))
    // The rows that pad the block to a multiple of four go through as well, but are not read.
    const asked = LANES * Math.ceil(count / LANES)
    for (let tree = 0; tree < treeRoots.length; tree++)
      run.addTree(
        nodesAt + treeRoots[tree]! * NODE_BYTES,
        depths[tree]!,
        rowsAt,
        columnCount * FLOAT_BYTES,
        asked,
        sumsAt + treeOutputs[tree]! * DOUBLE_BYTES,
        outputs * DOUBLE_BYTES,
      )
    sums.set(blockSums.subarray(0, count * outputs), first * outputs)
  }
}
