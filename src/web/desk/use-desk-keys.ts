import { useEffect } from 'react'
import { isTyping } from '../kit/keys/is-typing.ts'
import { useKeyPreferences } from '../kit/keys/key-preferences.ts'
import { actionOf } from '../kit/keys/key-tables.ts'
import { nameOfKey } from '../kit/keys/name-of-key.ts'
import { useOwnKinds } from '../queries/use-own-kinds.ts'
import { perform } from './desk-actions.ts'
import { type DeskTools, labelWith } from './desk-edits.ts'
import { DESK_KEYS } from './desk-keys.ts'

/** Buttons and lists keep the keys that work them. */
const OWN_KEYS: readonly string[] = [
  'Space',
  ' ',
  'Enter',
  'Tab',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Delete',
  'Backspace',
]

const WITHOUT_TEXT = 'select, input[type="range"], input[type="checkbox"]'

/** The desk takes keys while the focus is in it or nowhere, and `Tab` only on the waveform itself, so that it can leave. */
export const useDeskKeys = (tools: DeskTools, root: { readonly current: HTMLElement | null }): void => {
  const { chosen, areSingleKeysOn } = useKeyPreferences()
  const ownKinds = useOwnKinds()
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const target = event.target as Element
      const isInDesk = root.current?.contains(target) === true
      const isOnWaveform = target.closest('[data-desk-focus]') !== null
      if (event.defaultPrevented || !(isInDesk || target === document.body)) return
      // What is open over the desk has the keys, wherever the focus fell.
      if (target === document.body && document.querySelector('[role="dialog"], [role="menu"]') !== null) return
      const action = actionOf(DESK_KEYS, event, chosen)
      // A list or a fader has no past of its own.
      const isStep = action === 'undo' || action === 'redo'
      if (isTyping(target) && !(isStep && isInDesk && target.matches(WITHOUT_TEXT))) return
      if (!isOnWaveform && target !== document.body && OWN_KEYS.includes(event.key)) return
      const own = [...ownKinds.values()].find(({ key, is_removed }) => key === nameOfKey(event) && !is_removed)
      if (own !== undefined && action === null && areSingleKeysOn && !isTyping(target)) {
        labelWith(tools, own.maps_to, own.id)
        event.preventDefault()
        return
      }
      if (
        action === null ||
        (!areSingleKeysOn && !event.ctrlKey && !event.metaKey && !event.altKey && event.key.length === 1)
      )
        return
      if (event.key === 'Tab' && !isOnWaveform) return
      if (perform(tools, action)) event.preventDefault()
    }
    // Before the keys of every screen, which listen to the window.
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [tools, root, chosen, areSingleKeysOn, ownKinds])
}
