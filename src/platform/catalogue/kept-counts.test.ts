import { expect, test } from 'vitest'
import { keptCounts } from './kept-counts.ts'

test('many are counted once a minute, few each time', async () => {
  let time = 0
  let counted = 0
  const counts = keptCounts(() => time)
  const count = (what: string, total: number): Promise<number> =>
    counts(what, async () => {
      counted++
      return total
    })
  expect([await count('few', 19_999), await count('few', 20_000), counted]).toEqual([19_999, 20_000, 2])
  expect([await count('many', 30_000), await count('many', 30_001), counted]).toEqual([30_000, 30_000, 3])
  expect([await count('others', 5), counted]).toEqual([5, 4])
  time = 60_000
  expect([await count('many', 30_002), counted]).toEqual([30_002, 5])
})
