/** Logistic regression of a few columns (Newton's method), for curves whose numbers are written into the product. */

/** So faint that it only keeps what nothing speaks for at 0. */
const RIDGE = 0.1
const STEPS = 30

export type LogisticRow = { readonly columns: readonly number[]; readonly isTrue: boolean; readonly weight: number }

/** @returns x of A x = b, by Gaussian elimination with pivots */
const solve = (matrix: readonly (readonly number[])[], right: readonly number[]): number[] => {
  const size = right.length
  const rows = matrix.map((row, at) => [...row, right[at]!])
  for (let column = 0; column < size; column++) {
    const pivot = rows.reduce(
      (best, row, at) => (at >= column && Math.abs(row[column]!) > Math.abs(rows[best]![column]!) ? at : best),
      column,
    )
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    for (let below = 0; below < size; below++) {
      if (below === column) continue
      const factor = rows[below]![column]! / rows[column]![column]!
      rows[below] = rows[below]!.map((value, at) => value - factor * rows[column]![at]!)
    }
  }
  return rows.map((row, at) => row[size]! / row[at]!)
}

/** @returns a weight for each column */
export const fitLogistic = (rows: readonly LogisticRow[]): readonly number[] => {
  const size = rows[0]!.columns.length
  let weights = new Array<number>(size).fill(0)
  for (let step = 0; step < STEPS; step++) {
    const slope = weights.map((weight) => RIDGE * weight)
    const bend = weights.map((_, at) => weights.map((__, other) => (at === other ? RIDGE : 0)))
    for (const { columns, isTrue, weight } of rows) {
      const chance = 1 / (1 + Math.exp(-columns.reduce((sum, value, at) => sum + value * weights[at]!, 0)))
      for (let at = 0; at < size; at++) {
        slope[at]! += weight * (chance - (isTrue ? 1 : 0)) * columns[at]!
        for (let other = 0; other < size; other++)
          bend[at]![other]! += weight * chance * (1 - chance) * columns[at]! * columns[other]!
      }
    }
    const move = solve(bend, slope)
    weights = weights.map((weight, at) => weight - move[at]!)
    if (move.every((by) => Math.abs(by) < 1e-9)) break
  }
  return weights
}
