import { expect, test } from 'vitest'
import { shortLabel } from './short-label.ts'

test('a long title is cut where it would lie over others, without a blank at its end', () => {
  expect(shortLabel('Summer Nights')).toBe('Summer Nights')
  expect(shortLabel('Nocturne (Extended Club Mix feat. Somebody)')).toBe('Nocturne (Extended Club Mix fea…')
  expect(shortLabel(`${'a'.repeat(30)} ${'b'.repeat(9)}`)).toBe(`${'a'.repeat(30)}…`)
  expect(shortLabel('b'.repeat(32))).toBe('b'.repeat(32))
  expect(shortLabel('👩‍🎤'.repeat(32))).toBe('👩‍🎤'.repeat(32))
  expect(shortLabel('👩‍🎤'.repeat(33))).toBe(`${'👩‍🎤'.repeat(31)}…`)
  expect(shortLabel('b'.repeat(80), 60)).toBe(`${'b'.repeat(59)}…`)
})
