/**
 * @file One regression tree on gradients and hessians, grown leaf by leaf where the gain is largest.
 * Method: histogram search with sibling subtraction and second-order leaf values (Ke et al., LightGBM, NeurIPS 2017;
 * Chen & Guestrin, XGBoost, KDD 2016). As in LightGBM, the rows of a bin are estimated from its hessian.
 * Conventions: a row goes left where its bin ≤ the split's bin.
 */
import { createTreeMemory } from '../models/tree-kernels.ts'
import type { BinnedRows } from './histogram-bins.ts'

export type TreeOptions = {
  readonly leaves: number
  /** Fewest rows in a leaf, estimated by hessian. */
  readonly minLeaf: number
  /** Added to the hessian of every leaf. */
  readonly l2: number
}

/** Node 0 is the root; `feature` −1 marks a leaf. `value` is the Newton step −G ÷ (H + l2) of the rows in the node. */
export type TreeNode = {
  feature: number
  bin: number
  left: number
  right: number
  value: number
  /** Sampled rows in the node. */
  readonly cover: number
}

type Sums = { readonly gradient: number; readonly hessian: number }

type OpenLeaf = Sums & {
  readonly node: number
  readonly start: number
  readonly end: number
  /** Its place in the kernel's memory. */
  readonly histogram: number
  readonly gain: number
  readonly column: number
  readonly bin: number
}

/** A child needs at least this hessian; the default of LightGBM's min_sum_hessian_in_leaf. */
const MIN_HESSIAN = 1e-3
/** Smaller gains are rounding. */
const MIN_GAIN = 1e-9

export type TreeGrower = (request: {
  /** Rows of the sample. */
  readonly members: Int32Array
  /** Columns that this tree may use. */
  readonly columns: Int32Array
  readonly gradients: Float64Array
  readonly hessians: Float64Array
}) => TreeNode[]

const PAIR_BYTES = 16
const INDEX_BYTES = 4

/** The returned function reuses its memory, so one grower grows its trees one after the other. */
export const createTreeGrower = (binned: BinnedRows, options: TreeOptions): TreeGrower => {
  const { bins, cuts, rowCount, columnCount } = binned
  const columnBytes = PAIR_BYTES * cuts.reduce((most, edges) => Math.max(most, edges.length + 1), 1)
  const { run, place, buffer } = createTreeMemory()
  const binsAt = place(bins.length)
  const pairsAt = place(rowCount * PAIR_BYTES)
  const gatheredAt = place(rowCount * PAIR_BYTES)
  const membersAt = place(rowCount * INDEX_BYTES)
  const columnsAt = place(columnCount * INDEX_BYTES)
  const edgesAt = place(columnCount * INDEX_BYTES)
  const bestAt = place(PAIR_BYTES)
  // Every leaf except one of the last two has a histogram of its own.
  const histogramsAt = Array.from({ length: options.leaves }, () => place(columnCount * columnBytes))
  new Uint8Array(buffer()).set(bins, binsAt)
  const pairs = new Float64Array(buffer(), pairsAt, 2 * rowCount)
  const allMembers = new Int32Array(buffer(), membersAt, rowCount)
  const columnPlaces = new Int32Array(buffer(), columnsAt, columnCount)
  const edgeCounts = new Int32Array(buffer(), edgesAt, columnCount)
  const bestGain = new Float64Array(buffer(), bestAt, 1)
  const bestPlace = new Int32Array(buffer(), bestAt + 8, 2)
  const scratch = new Int32Array(rowCount)

  return ({ members: sampled, columns: asked, gradients, hessians }) => {
    const members = allMembers.subarray(0, sampled.length)
    members.set(sampled)
    for (let index = 0; index < sampled.length; index++) {
      const row = sampled[index]!
      pairs[2 * row] = gradients[row]!
      pairs[2 * row + 1] = hessians[row]!
    }
    const columns: number[] = []
    for (let index = 0; index < asked.length; index++) {
      const column = asked[index]!
      const edges = cuts[column]!.length
      // A column with one bin cannot split anything.
      if (edges === 0) continue
      columnPlaces[columns.length] = binsAt + column * rowCount
      edgeCounts[columns.length] = edges
      columns.push(column)
    }
    let used = 0
    const takeHistogram = (): number => histogramsAt[used++]!

    const fill = (histogram: number, start: number, end: number): void => {
      const from = membersAt + start * INDEX_BYTES
      run.fillHistogram(from, end - start, pairsAt, gatheredAt, columnsAt, columns.length, histogram, columnBytes)
    }

    const openLeaf = (leaf: Omit<OpenLeaf, 'gain' | 'column' | 'bin'>): OpenLeaf => {
      const { start, end, gradient, hessian, histogram } = leaf
      const smallest = Math.max(MIN_HESSIAN, (hessian * (options.minLeaf - 0.5)) / (end - start))
      bestGain[0] = MIN_GAIN
      bestPlace[0] = -1
      bestPlace[1] = 0
      if (end - start >= 2 * options.minLeaf) {
        const { l2 } = options
        run.findSplit(histogram, columnBytes, columns.length, edgesAt, gradient, hessian, smallest, l2, bestAt)
      }
      return { ...leaf, gain: bestGain[0], column: bestPlace[0]!, bin: bestPlace[1]! }
    }

    const sums = (start: number, end: number): Sums => {
      let gradient = 0
      let hessian = 0
      for (let index = start; index < end; index++) {
        const at = 2 * members[index]!
        gradient += pairs[at]!
        hessian += pairs[at + 1]!
      }
      return { gradient, hessian }
    }

    const leafNode = ({ gradient, hessian }: Sums, cover: number): TreeNode => ({
      feature: -1,
      bin: 0,
      left: 0,
      right: 0,
      value: -gradient / (hessian + options.l2),
      cover,
    })

    /** Stable partition of members[start, end); returns where the right part begins. */
    const partition = (leaf: OpenLeaf): number => {
      const columnStart = columns[leaf.column]! * rowCount
      let left = leaf.start
      let right = 0
      for (let index = leaf.start; index < leaf.end; index++) {
        const row = members[index]!
        if (bins[columnStart + row]! <= leaf.bin) members[left++] = row
        else scratch[right++] = row
      }
      for (let index = 0; index < right; index++) members[left + index] = scratch[index]!
      return left
    }

    const whole = sums(0, members.length)
    const nodes: TreeNode[] = [leafNode(whole, members.length)]
    const rootHistogram = takeHistogram()
    fill(rootHistogram, 0, members.length)
    const open: OpenLeaf[] = [openLeaf({ node: 0, start: 0, end: members.length, ...whole, histogram: rootHistogram })]
    for (let leaves = 1; leaves < options.leaves; leaves++) {
      let best = 0
      for (let index = 1; index < open.length; index++) if (open[index]!.gain > open[best]!.gain) best = index
      const leaf = open[best]!
      if (leaf.column < 0) break
      const middle = partition(leaf)
      const leftSums = sums(leaf.start, middle)
      const rightSums = sums(middle, leaf.end)
      const left = nodes.length
      nodes.push(leafNode(leftSums, middle - leaf.start), leafNode(rightSums, leaf.end - middle))
      Object.assign(nodes[leaf.node]!, { feature: columns[leaf.column]!, bin: leaf.bin, left, right: left + 1 })
      // The children of the last split are never split themselves: they need no histograms.
      if (leaves + 1 === options.leaves) break

      const leftIsSmall = middle - leaf.start <= leaf.end - middle
      const small = takeHistogram()
      if (leftIsSmall) fill(small, leaf.start, middle)
      else fill(small, middle, leaf.end)
      const large = leaf.histogram
      run.subtractHistogram(large, small, (columns.length * columnBytes) / PAIR_BYTES)
      const [leftHistogram, rightHistogram] = leftIsSmall ? [small, large] : [large, small]
      open[best] = openLeaf({ node: left, start: leaf.start, end: middle, ...leftSums, histogram: leftHistogram })
      open.push(openLeaf({ node: left + 1, start: middle, end: leaf.end, ...rightSums, histogram: rightHistogram }))
    }
    return nodes
  }
}
