import { expect, test } from 'vitest'
import { copyName, importedName } from './kept-name.ts'

test('a copy is called like the original, and is never too long for a name', () => {
  expect(copyName('Friday', ', copy')).toBe('Friday, copy')
  expect(copyName('x'.repeat(194), ', copy')).toBe(`${'x'.repeat(194)}, copy`)
  expect(copyName('x'.repeat(200), ', copy')).toBe(`${'x'.repeat(194)}, copy`)
  expect(copyName(`x${'🎧'.repeat(99)}x`, ', copy')).toBe(`x${'🎧'.repeat(96)}, copy`)
})

test.each([
  ['Late\tnight\u0000s', 'Late night s'],
  ['  ', 'Untitled'],
  ['x'.repeat(500), 'x'.repeat(200)],
  [`${'x'.repeat(199)}😀`, 'x'.repeat(199)],
])('%j of another program is a name here', (name, expected) => {
  expect(importedName(name)).toBe(expected)
})
