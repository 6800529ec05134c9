import { expect, test } from 'vitest'
import { actionOf, keyTables, linesOf, registerKeys } from './key-tables.ts'
import { press } from './press.fixture.ts'

const table = registerKeys({
  title: 'In a test',
  isChangeable: true,
  actions: {
    split: { keys: ['S'], does: 'split' },
    undo: { keys: ['Mod+Z', 'U'], does: 'undo' },
  },
})
test('a table that was registered is found by those who do not know its screen', () => {
  expect(keyTables()).toContain(table)
})

test('each of the keys of an action asks for it, and other keys for nothing', () => {
  expect(actionOf(table, press('s'))).toBe('split')
  expect(actionOf(table, press('u'))).toBe('undo')
  expect(actionOf(table, press('z', { metaKey: true }))).toBe('undo')
  expect(actionOf(table, press('z'))).toBeNull()
})

test('a chosen key takes the place of those of the table, in the help too', () => {
  const chosen = { split: ['X'], elsewhere: ['S'] }
  expect(actionOf(table, press('x'), chosen)).toBe('split')
  expect(actionOf(table, press('s'), chosen)).toBeNull()
  expect(linesOf(table, chosen)).toEqual([
    { keys: ['X'], does: 'split' },
    { keys: ['Mod+Z', 'U'], does: 'undo' },
  ])
})

test('an action of the same name in a table that cannot be changed keeps its keys', () => {
  const fixed = { ...table, isChangeable: false }
  expect(actionOf(fixed, press('s'), { split: ['X'] })).toBe('split')
})
