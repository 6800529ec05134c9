import { expect, test } from 'vitest'
import { press } from '../kit/keys/press.fixture.ts'
import { isExtending, rowAfter, TABLE_KEYS, tableActionOf } from './table-keys.ts'

test('arrows and letters move, and Ctrl or Cmd and Shift say what is selected', () => {
  expect(tableActionOf(press('ArrowDown'), true)).toBe('down')
  expect(tableActionOf(press('k'), true)).toBe('up')
  expect(tableActionOf(press(' '), true)).toBe('play')
  expect(tableActionOf(press(' ', { ctrlKey: true }), true)).toBe('select')
  expect(tableActionOf(press('a', { metaKey: true }), true)).toBe('select all')
  expect(tableActionOf(press('J', { shiftKey: true }), true)).toBe('extend down')
  expect(tableActionOf(press('q'), true)).toBeNull()
})

test('letters mean nothing where single keys are switched off; arrows, Enter and chords still work', () => {
  expect(tableActionOf(press('j'), false)).toBeNull()
  expect(tableActionOf(press('J', { shiftKey: true }), false)).toBeNull()
  expect(tableActionOf(press('Enter'), false)).toBe('open')
  expect(tableActionOf(press('a', { ctrlKey: true }), false)).toBe('select all')
})

test('no key means two things', () => {
  const keys = Object.values(TABLE_KEYS.actions).flatMap(({ keys }) => keys)
  expect(new Set(keys).size).toBe(keys.length)
})

test('moves stay inside the table', () => {
  const place = { current: 5, total: 8, pageRows: 20 }
  expect(rowAfter('down', place)).toBe(6)
  expect(rowAfter('page down', place)).toBe(7)
  expect(rowAfter('page up', place)).toBe(0)
  expect(rowAfter('last', place)).toBe(7)
  expect(rowAfter('extend to first', place)).toBe(0)
  expect(rowAfter('open', place)).toBeNull()
  expect(isExtending('extend up')).toBe(true)
  expect(isExtending('up')).toBe(false)
})
