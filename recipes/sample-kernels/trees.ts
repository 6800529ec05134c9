/**
 * Growing and asking regression trees. AssemblyScript, compiled by build.ts. The operations on numbers are those of the definition, in
 * its order, so that trees are the same to the last bit. Conventions as in kernels.ts.
 */
const PAIR: usize = 16
const INDEX: usize = 4

/** Adds the pair (gradient, hessian) of each member to the bin its row has in one column. */
function addColumn(members: usize, membersEnd: usize, pairs: usize, bins: usize, histogram: usize): void {
  while (members < membersEnd) {
    const slot = histogram + ((<usize>load<u8>(bins + load<u32>(members))) << 4)
    v128.store(slot, f64x2.add(v128.load(slot), v128.load(pairs)))
    members += INDEX
    pairs += PAIR
  }
}

/** Two columns side by side: neighbouring rows often meet the same bin, and would wait for each other. */
function addTwoColumns(
  members: usize,
  membersEnd: usize,
  pairs: usize,
  bins: usize,
  otherBins: usize,
  histogram: usize,
  otherHistogram: usize,
): void {
  while (members < membersEnd) {
    const row = <usize>load<u32>(members)
    const pair = v128.load(pairs)
    const slot = histogram + ((<usize>load<u8>(bins + row)) << 4)
    v128.store(slot, f64x2.add(v128.load(slot), pair))
    const other = otherHistogram + ((<usize>load<u8>(otherBins + row)) << 4)
    v128.store(other, f64x2.add(v128.load(other), pair))
    members += INDEX
    pairs += PAIR
  }
}

/**
 * Sums gradients and hessians of `count` members by column and bin. At `columns` lie the addresses of the columns' bins (a byte a row);
 * a column's histogram has `columnBytes`. `pairs` are by row; `gathered` has room for `count` pairs.
 */
export function fillHistogram(
  members: usize,
  count: i32,
  pairs: usize,
  gathered: usize,
  columns: usize,
  columnCount: i32,
  histogram: usize,
  columnBytes: usize,
): void {
  memory.fill(histogram, 0, <usize>columnCount * columnBytes)
  const membersEnd = members + <usize>count * INDEX
  let to = gathered
  for (let at = members; at < membersEnd; at += INDEX) {
    v128.store(to, v128.load(pairs + <usize>load<u32>(at) * PAIR))
    to += PAIR
  }
  let column = 0
  for (; column + 1 < columnCount; column += 2) {
    const bins = <usize>load<u32>(columns)
    const otherBins = <usize>load<u32>(columns, 4)
    addTwoColumns(members, membersEnd, gathered, bins, otherBins, histogram, histogram + columnBytes)
    columns += 2 * INDEX
    histogram += 2 * columnBytes
  }
  if (column < columnCount) addColumn(members, membersEnd, gathered, <usize>load<u32>(columns), histogram)
}

/** Takes one histogram of `pairs` pairs off another. */
export function subtractHistogram(from: usize, other: usize, pairs: i32): void {
  for (const end = from + <usize>pairs * PAIR; from < end; from += PAIR) {
    v128.store(from, f64x2.sub(v128.load(from), v128.load(other)))
    other += PAIR
  }
}

/**
 * The split with the largest gain above the one at `best`: writes gain (float64), column and bin (int32) there where it finds one. `edges`
 * holds each column's number of cuts.
 */
export function findSplit(
  histogram: usize,
  columnBytes: usize,
  columnCount: i32,
  edges: usize,
  gradient: f64,
  hessian: f64,
  smallest: f64,
  l2: f64,
  best: usize,
): void {
  const own = (gradient * gradient) / (hessian + l2)
  let gain = load<f64>(best)
  for (let column = 0; column < columnCount; column++) {
    const count = load<i32>(edges)
    let slot = histogram
    let leftGradient: f64 = 0
    let leftHessian: f64 = 0
    for (let edge = 0; edge < count; edge++) {
      leftGradient += load<f64>(slot)
      leftHessian += load<f64>(slot, 8)
      slot += PAIR
      if (leftHessian < smallest) continue
      const rightHessian = hessian - leftHessian
      if (rightHessian < smallest) break
      const rightGradient = gradient - leftGradient
      const found =
        (leftGradient * leftGradient) / (leftHessian + l2) + (rightGradient * rightGradient) / (rightHessian + l2) - own
      if (found <= gain) continue
      gain = found
      store<f64>(best, gain)
      store<i32>(best, column, 8)
      store<i32>(best, edge, 12)
    }
    edges += INDEX
    histogram += columnBytes
  }
}

function childOf(node: u32, row: usize): u32 {
  const value = load<f32>(row + <usize>load<u32>(node))
  return load<u32>(node + ((<u32>!(value <= load<f32>(node, 4))) << 2), 8)
}

function addValue(sum: usize, leaf: u32): void {
  store<f64>(sum, load<f64>(sum) + <f64>load<f32>(leaf, 4))
}

/**
 * Adds one tree's values to the sums of `count` rows. Nodes have 16 bytes: the column's distance in a row (bytes), the threshold or, in a
 * leaf, the value (float32), and the addresses of the left and right child; a leaf leads to itself, so that all rows take `depth` steps
 * without a branch that the processor would have to guess. Rows stand in fours; sums (float64) are `sumBytes` apart.
 */
export function addTree(
  root: u32,
  depth: i32,
  rows: usize,
  rowBytes: usize,
  count: i32,
  sums: usize,
  sumBytes: usize,
): void {
  for (let row = 0; row < count; row += 4) {
    const second = rows + rowBytes
    const third = second + rowBytes
    const fourth = third + rowBytes
    let a = root
    let b = root
    let c = root
    let d = root
    for (let step = 0; step < depth; step++) {
      a = childOf(a, rows)
      b = childOf(b, second)
      c = childOf(c, third)
      d = childOf(d, fourth)
    }
    addValue(sums, a)
    addValue(sums + sumBytes, b)
    addValue(sums + 2 * sumBytes, c)
    addValue(sums + 3 * sumBytes, d)
    rows = fourth + rowBytes
    sums += 4 * sumBytes
  }
}
