/**
 * The value that would come at place `n` if the first `count` were sorted; they are put into another order. In a few passes where
 * sorting takes many (C. A. R. Hoare, "Algorithm 65: Find", Communications of the ACM, 1961).
 * @param values finite @param n from 0 to `count` − 1
 */
export const nthSmallest = (values: Float32Array, count: number, n: number): number => {
  let low = 0
  let high = count - 1
  while (low < high) {
    const pivot = values[(low + high) >> 1]!
    let from = low
    let to = high
    while (from <= to) {
      while (values[from]! < pivot) from++
      while (values[to]! > pivot) to--
      if (from > to) break
      const value = values[from]!
      values[from++] = values[to]!
      values[to--] = value
    }
    if (n <= to) high = to
    else if (n >= from) low = from
    else return pivot
  }
  return values[n]!
}
