import { expect, test } from 'vitest'
import { MOST_SCRIPT_KILOBYTES, partsWithWebAssembly, scriptKilobytes } from './bytes.ts'

test('the page starts with few scripts, and leaves what other screens need for later', () => {
  const { initial, all } = scriptKilobytes()
  expect(initial).toBeLessThan(MOST_SCRIPT_KILOBYTES)
  expect(initial).toBeGreaterThan(0)
  expect(all).toBeGreaterThan(initial)
})

test('no script of the page holds or runs WebAssembly', () => {
  expect(partsWithWebAssembly()).toEqual([])
})
