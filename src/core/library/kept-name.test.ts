import { expect, test } from 'vitest'
import { copyName } from './kept-name.ts'

test('a copy is called like the original, and is never too long for a name', () => {
  expect(copyName('Friday', ', copy')).toBe('Friday, copy')
  expect(copyName('x'.repeat(194), ', copy')).toBe(`${'x'.repeat(194)}, copy`)
  expect(copyName('x'.repeat(200), ', copy')).toBe(`${'x'.repeat(194)}, copy`)
  expect(copyName(`x${'🎧'.repeat(99)}x`, ', copy')).toBe(`x${'🎧'.repeat(96)}, copy`)
})
