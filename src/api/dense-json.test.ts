import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isDense, MOST_VALUES } from './dense-json.ts'

const list = (value: unknown, count: number): string => JSON.stringify(Array.from({ length: count }, () => value))

test.each([
  [list({}, MOST_VALUES), true],
  [list(1, MOST_VALUES), false],
  [list(1, MOST_VALUES + 1), true],
  [list([[]], MOST_VALUES / 4), false],
  [list([[]], MOST_VALUES / 2), true],
  [JSON.stringify({ text: list({}, 3 * MOST_VALUES) }), false],
  [JSON.stringify({ text: '\\'.repeat(MOST_VALUES) }) + list(1, MOST_VALUES - 1), false],
  ['{"text":"'.padEnd(3 * MOST_VALUES, ','), false],
  ['['.repeat(MOST_VALUES + 1), true],
])('values are counted, and what stands in texts is none: %#', (json, dense) => {
  expect(isDense(json)).toBe(dense)
})

test('whatever stands in a text changes nothing', () => {
  const filler = list(1, MOST_VALUES - 1)
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('"', '\\', ',', '[', '{', 'a') }), (text) => {
      expect(isDense(`[${JSON.stringify(text)},${filler}]`)).toBe(true)
      expect(isDense(`${JSON.stringify(text)}${filler}`)).toBe(false)
    }),
    { numRuns: 200 },
  )
})
