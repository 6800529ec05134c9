import { expect, test } from 'vitest'
import { projectRows } from './principal-directions.ts'

test('rows along one line lie along the first direction, and nowhere along the second', () => {
  const line = [1, 2, -2] as const
  const rows = Float32Array.from([-3, -1, 0, 1, 3].flatMap((at) => line.map((part) => 5 + at * part)))
  const places = projectRows(rows, 3, 2)
  const sign = Math.sign(places[8]!)
  ;[-3, -1, 0, 1, 3].forEach((at, row) => {
    expect(sign * places[2 * row]!).toBeCloseTo(3 * at, 4)
    expect(places[2 * row + 1]).toBeCloseTo(0, 4)
  })
})
