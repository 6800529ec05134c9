import { z } from 'zod'
import { create } from 'zustand'
import { DESK_ACTIONS, type DeskAction, type KeyMap, USUAL_KEYS } from '../desk/key-map.ts'

type KeyPreferences = {
  readonly keys: KeyMap
  /** Keys without Ctrl, Cmd or Alt can be switched off, for those who speak to their computer (WCAG 2.1.4). */
  readonly areSingleKeysOn: boolean
}

const STORED_AS = 'algiers.keys'
const stored = z.object({
  keys: z.record(z.string(), z.array(z.string())),
  areSingleKeysOn: z.boolean(),
})

const read = (): KeyPreferences => {
  try {
    const { keys, areSingleKeysOn } = stored.parse(JSON.parse(localStorage.getItem(STORED_AS) ?? 'null'))
    const known = DESK_ACTIONS.map((action) => [action, keys[action] ?? USUAL_KEYS[action]])
    return { keys: Object.fromEntries(known) as KeyMap, areSingleKeysOn }
  } catch {
    // Nothing kept, or by another version.
    return { keys: USUAL_KEYS, areSingleKeysOn: true }
  }
}

export const useKeyPreferences = create<KeyPreferences>(read)

const write = (): void => localStorage.setItem(STORED_AS, JSON.stringify(useKeyPreferences.getState()))

export const switchSingleKeys = (areSingleKeysOn: boolean): void => {
  useKeyPreferences.setState({ areSingleKeysOn })
  write()
}

/** @returns the action that has the key already: nothing is changed then */
export const assignKey = (action: DeskAction, key: string): DeskAction | null => {
  const { keys } = useKeyPreferences.getState()
  const taken = DESK_ACTIONS.find((other) => other !== action && keys[other].includes(key))
  if (taken !== undefined) return taken
  useKeyPreferences.setState({ keys: { ...keys, [action]: [key] } })
  write()
  return null
}

export const restoreKeys = (): void => {
  useKeyPreferences.setState({ keys: USUAL_KEYS })
  write()
}
