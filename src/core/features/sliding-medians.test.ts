import fc from 'fast-check'
import { expect, it } from 'vitest'
import { columnMedians, rowMedians } from './sliding-medians.ts'

/** The definition: the upper middle value in the window. */
const medianOf = (line: readonly number[], at: number, window: number): number => {
  const around = line.slice(Math.max(0, at - (window >> 1)), at + (window >> 1) + 1).sort((a, b) => a - b)
  return around[around.length >> 1]!
}

it('is the upper median of each shrinking window, along columns and rows', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(4, 8, 32),
      fc.constantFrom(1, 3, 7, 15),
      fc.integer({ min: 1, max: 2 ** 30 }),
      (rows, columns, window, seed) => {
        // There are few different values, so that many are equal.
        const valueAt = (n: number): number => ((Math.imul(n + seed, 0x9e3779b1) >>> 16) % 41) - 20
        const table = Float32Array.from({ length: rows * columns }, (_, n) => valueAt(n))
        const down = columnMedians(table, { rows, columns, window })
        const across = rowMedians(table, { rows, columns, window })
        expect([down.length, across.length]).toEqual([table.length, table.length])
        const columnOf = (column: number): number[] =>
          Array.from({ length: rows }, (_, row) => table[row * columns + column]!)
        for (let row = 0; row < rows; row++)
          for (let column = 0; column < columns; column += 3) {
            const line = [...table.subarray(row * columns, (row + 1) * columns)]
            expect(down[row * columns + column]).toBe(medianOf(columnOf(column), row, window))
            expect(across[row * columns + column]).toBe(medianOf(line, column, window))
          }
      },
    ),
    { numRuns: 40 },
  )
})
