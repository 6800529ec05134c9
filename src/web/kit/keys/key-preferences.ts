import { z } from 'zod'
import { create } from 'zustand'
import { actionsOf, type ChosenKeys, type KeyTable, keysOf } from './key-tables.ts'

type KeyPreferences = {
  readonly chosen: ChosenKeys
  /** Keys without Ctrl, Cmd or Alt can be switched off, for those who speak to their computer (WCAG 2.1.4). */
  readonly areSingleKeysOn: boolean
}

const STORED_AS = 'algiers.keys'
/** Earlier versions kept the keys of all actions, chosen or not. */
const stored = z.object({
  keys: z.record(z.string(), z.array(z.string())),
  areSingleKeysOn: z.boolean(),
})

const read = (): KeyPreferences => {
  try {
    const { keys, areSingleKeysOn } = stored.parse(JSON.parse(localStorage.getItem(STORED_AS) ?? 'null'))
    return { chosen: keys, areSingleKeysOn }
  } catch {
    // Nothing is kept, or another version wrote it.
    return { chosen: {}, areSingleKeysOn: true }
  }
}

export const useKeyPreferences = create<KeyPreferences>(read)

const write = (): void => {
  const { chosen: keys, areSingleKeysOn } = useKeyPreferences.getState()
  localStorage.setItem(STORED_AS, JSON.stringify({ keys, areSingleKeysOn }))
}

export const switchSingleKeys = (areSingleKeysOn: boolean): void => {
  useKeyPreferences.setState({ areSingleKeysOn })
  write()
}

/** @returns the action of the table that has the key already, in which case nothing changes */
export const assignKey = (table: KeyTable, action: string, key: string): string | null => {
  const { chosen } = useKeyPreferences.getState()
  const taken = actionsOf(table).find((other) => other !== action && keysOf(table, other, chosen).includes(key))
  if (taken !== undefined) return taken
  useKeyPreferences.setState({ chosen: { ...chosen, [action]: [key] } })
  write()
  return null
}

export const restoreKeys = (): void => {
  useKeyPreferences.setState({ chosen: {} })
  write()
}
