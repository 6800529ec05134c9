import { expect, test, vi } from 'vitest'
import { actionOf, type KeyTable, keysOf } from './key-tables.ts'

/** As the versions before the registry wrote it: the keys of every action of the desk. */
const KEPT = { keys: { split: ['X'], merge: ['M'] }, areSingleKeysOn: false }
let kept: string = JSON.stringify(KEPT)
vi.stubGlobal('localStorage', { getItem: () => kept, setItem: (_name: string, text: string) => (kept = text) })
const { assignKey, restoreKeys, switchSingleKeys, useKeyPreferences } = await import('./key-preferences.ts')

const table: KeyTable = {
  title: 'In a test',
  isChangeable: true,
  actions: {
    split: { keys: ['S'], does: 'split' },
    merge: { keys: ['M'], does: 'merge' },
    loop: { keys: ['L'], does: 'loop' },
  },
}
const pressed = (key: string) => ({ key, code: '', shiftKey: false, altKey: false, ctrlKey: false, metaKey: false })

test('keys that an earlier version kept still hold, and actions that it did not know have their usual ones', () => {
  const { chosen, areSingleKeysOn } = useKeyPreferences.getState()
  expect(areSingleKeysOn).toBe(false)
  expect(actionOf(table, pressed('x'), chosen)).toBe('split')
  expect(actionOf(table, pressed('s'), chosen)).toBeNull()
  expect(keysOf(table, 'loop', chosen)).toEqual(['L'])
})

test('a key that does something else already is refused, and another is kept in the form of before', () => {
  expect(assignKey(table, 'loop', 'X')).toBe('split')
  expect(JSON.parse(kept)).toEqual(KEPT)
  expect(assignKey(table, 'loop', 'Q')).toBeNull()
  switchSingleKeys(true)
  expect(JSON.parse(kept)).toEqual({ keys: { ...KEPT.keys, loop: ['Q'] }, areSingleKeysOn: true })
})

test('the usual keys come back', () => {
  restoreKeys()
  expect(keysOf(table, 'split', useKeyPreferences.getState().chosen)).toEqual(['S'])
  expect(JSON.parse(kept)).toEqual({ keys: {}, areSingleKeysOn: true })
})
