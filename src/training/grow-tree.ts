/**
 * @file One regression tree on gradients and hessians, grown leaf by leaf where the gain is largest.
 * Method: histogram search with sibling subtraction and second-order leaf values (Ke et al., LightGBM, NeurIPS 2017;
 * Chen & Guestrin, XGBoost, KDD 2016). As in LightGBM, the rows of a bin are estimated from its hessian.
 * Conventions: a row goes left where its bin ≤ the split's bin.
 */
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
  readonly histogram: Float64Array
  readonly gain: number
  readonly column: number
  readonly bin: number
}

/** Below this hessian a child has no say; as LightGBM's min_sum_hessian_in_leaf default. */
const MIN_HESSIAN = 1e-3
/** Gains below it are rounding. */
const MIN_GAIN = 1e-9

export type TreeGrower = (request: {
  /** Rows of the sample; reordered in place. */
  readonly members: Int32Array
  /** Columns this tree may ask. */
  readonly columns: Int32Array
  readonly gradients: Float64Array
  readonly hessians: Float64Array
}) => TreeNode[]

/** The returned function reuses its histograms, so trees of one grower are grown one after the other. */
export const createTreeGrower = (binned: BinnedRows, options: TreeOptions): TreeGrower => {
  const { bins, cuts, rowCount } = binned
  const width = cuts.reduce((most, edges) => Math.max(most, edges.length + 1), 1)
  const pool: Float64Array[] = []
  const scratch = new Int32Array(rowCount)
  const gathered = new Float64Array(rowCount * 2)

  return ({ members, columns, gradients, hessians }) => {
    const size = columns.length * width * 2
    const takeHistogram = (): Float64Array => {
      const held = pool.pop()
      return held === undefined || held.length < size ? new Float64Array(size) : held
    }

    const fill = (histogram: Float64Array, start: number, end: number): void => {
      histogram.fill(0, 0, size)
      for (let index = start; index < end; index++) {
        const row = members[index]!
        gathered[index * 2] = gradients[row]!
        gathered[index * 2 + 1] = hessians[row]!
      }
      for (let pick = 0; pick < columns.length; pick++) {
        const columnStart = columns[pick]! * rowCount
        const base = pick * width
        for (let index = start; index < end; index++) {
          const slot = (base + bins[columnStart + members[index]!]!) << 1
          histogram[slot]! += gathered[index * 2]!
          histogram[slot + 1]! += gathered[index * 2 + 1]!
        }
      }
    }

    const openLeaf = (leaf: Omit<OpenLeaf, 'gain' | 'column' | 'bin'>): OpenLeaf => {
      const { start, end, gradient, hessian, histogram } = leaf
      const own = (gradient * gradient) / (hessian + options.l2)
      const smallest = Math.max(MIN_HESSIAN, (hessian * (options.minLeaf - 0.5)) / (end - start))
      let gain = MIN_GAIN
      let column = -1
      let bin = 0
      if (end - start >= 2 * options.minLeaf) {
        for (let pick = 0; pick < columns.length; pick++) {
          const edges = cuts[columns[pick]!]!.length
          const base = pick * width
          let leftGradient = 0
          let leftHessian = 0
          for (let edge = 0; edge < edges; edge++) {
            const slot = (base + edge) << 1
            leftGradient += histogram[slot]!
            leftHessian += histogram[slot + 1]!
            if (leftHessian < smallest) continue
            const rightHessian = hessian - leftHessian
            if (rightHessian < smallest) break
            const rightGradient = gradient - leftGradient
            const found =
              (leftGradient * leftGradient) / (leftHessian + options.l2) +
              (rightGradient * rightGradient) / (rightHessian + options.l2) -
              own
            if (found <= gain) continue
            gain = found
            column = pick
            bin = edge
          }
        }
      }
      return { ...leaf, gain, column, bin }
    }

    const sums = (start: number, end: number): Sums => {
      let gradient = 0
      let hessian = 0
      for (let index = start; index < end; index++) {
        gradient += gradients[members[index]!]!
        hessian += hessians[members[index]!]!
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
      for (let slot = 0; slot < size; slot++) large[slot]! -= small[slot]!
      const [leftHistogram, rightHistogram] = leftIsSmall ? [small, large] : [large, small]
      open[best] = openLeaf({ node: left, start: leaf.start, end: middle, ...leftSums, histogram: leftHistogram })
      open.push(openLeaf({ node: left + 1, start: middle, end: leaf.end, ...rightSums, histogram: rightHistogram }))
    }
    for (const { histogram } of open) pool.push(histogram)
    return nodes
  }
}
