import { actionOf, registerKeys } from '../kit/keys/key-tables.ts'
import { nameOfKey, type Pressed } from '../kit/keys/name-of-key.ts'

/** The keys of every screen. */
export const SHELL_KEYS = registerKeys({
  title: 'Everywhere',
  isChangeable: false,
  actions: {
    palette: { keys: ['Mod+K'], does: 'find a track, a screen or an action' },
    help: { keys: ['?'], does: 'show the keys of this screen' },
    play: { keys: ['Space'], does: 'play or pause' },
    'play next': { keys: ['Shift+N'], does: 'play the next track of the list' },
    'play previous': { keys: ['Shift+P'], does: 'play the previous track' },
    dismiss: { keys: ['Escape'], does: 'close the newest notice' },
  },
})

export type ShellAction = keyof typeof SHELL_KEYS.actions

/** Letters and signs that mean something by themselves. */
const WITH_SINGLE_KEYS: readonly ShellAction[] = ['help', 'play next', 'play previous']

export const shellActionOf = (pressed: Pressed, areSingleKeysOn: boolean): ShellAction | null => {
  const action = actionOf(SHELL_KEYS, pressed)
  return action !== null && WITH_SINGLE_KEYS.includes(action) && !areSingleKeysOn ? null : action
}

/** G, and then within this time the letter of a screen. */
const SECOND_KEY_MS = 1500

/** The first key of two that lead to a screen, and when it was pressed. */
export type Leading = number | null

type Step = { readonly leading: Leading; readonly goTo: string | null; readonly isTaken: boolean }
type Destination = { readonly path: string; readonly key: string | null }

/** One key press on the way to one of the screens. @param nowMs the clock of the event */
export const stepTowardsScreen = (
  screens: readonly Destination[],
  pressed: Pressed,
  { leading, nowMs }: { readonly leading: Leading; readonly nowMs: number },
): Step => {
  const name = nameOfKey(pressed)
  const isSecond = leading !== null && nowMs - leading <= SECOND_KEY_MS
  if (isSecond) {
    const screen = screens.find(({ key }) => key === name)
    return { leading: null, goTo: screen?.path ?? null, isTaken: screen !== undefined }
  }
  return name === 'G' ? { leading: nowMs, goTo: null, isTaken: true } : { leading: null, goTo: null, isTaken: false }
}
