import { nameOfKey } from '../desk/key-map.ts'
import { SCREENS, type ScreenPath } from './screens.ts'

/** What is heard on every screen, in the order of its help. */
export const SHELL_KEYS = {
  palette: { keys: ['Mod+K'], does: 'find a track, a screen or an action' },
  help: { keys: ['?'], does: 'show the keys of this screen' },
  play: { keys: ['Space'], does: 'play or pause' },
} as const satisfies Record<string, { readonly keys: readonly string[]; readonly does: string }>

export type ShellAction = keyof typeof SHELL_KEYS
type Pressed = Parameters<typeof nameOfKey>[0]

const ACTIONS = Object.keys(SHELL_KEYS) as ShellAction[]

export const shellActionOf = (pressed: Pressed, areSingleKeysOn: boolean): ShellAction | null => {
  const name = nameOfKey(pressed)
  if (name === '?' && !areSingleKeysOn) return null
  return ACTIONS.find((action) => (SHELL_KEYS[action].keys as readonly string[]).includes(name)) ?? null
}

/** G, and then within this time the letter of a screen. */
const SECOND_KEY_MS = 1500

/** The first key of two that lead to a screen, and when it was pressed. */
export type Leading = number | null

type Step = { readonly leading: Leading; readonly goTo: ScreenPath | null; readonly isTaken: boolean }

/** One key press on the way to a screen. @param nowMs the clock of the event */
export const stepTowardsScreen = (pressed: Pressed, leading: Leading, nowMs: number): Step => {
  const name = nameOfKey(pressed)
  const isSecond = leading !== null && nowMs - leading <= SECOND_KEY_MS
  if (isSecond) {
    const screen = SCREENS.find(({ key }) => key === name)
    return { leading: null, goTo: screen?.path ?? null, isTaken: screen !== undefined }
  }
  return name === 'G' ? { leading: nowMs, goTo: null, isTaken: true } : { leading: null, goTo: null, isTaken: false }
}
