import { expect, test } from 'vitest'
import { takeInto, takingOf } from './selection.ts'

const modifiers = (...held: readonly string[]) => ({
  shiftKey: held.includes('shift'),
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
})
const selected = new Set([1, 2])

test('a plain click takes one track, Shift a range, Ctrl or Cmd adds', () => {
  expect(takingOf(modifiers())).toBe('replace')
  expect(takingOf(modifiers('shift'))).toBe('range')
  expect(takingOf(modifiers('ctrl'))).toBe('toggle')
  expect(takingOf(modifiers('meta', 'shift'))).toBe('add range')
})

test('what is taken replaces the selection, joins it, or leaves it', () => {
  expect([...takeInto(selected, [3], 'replace')]).toEqual([3])
  expect([...takeInto(selected, [2, 3, 4], 'range')]).toEqual([2, 3, 4])
  expect([...takeInto(selected, [2, 3], 'add range')]).toEqual([1, 2, 3])
  expect([...takeInto(selected, [3], 'toggle')]).toEqual([1, 2, 3])
  expect([...takeInto(selected, [2], 'toggle')]).toEqual([1])
  expect([...selected]).toEqual([1, 2])
})
