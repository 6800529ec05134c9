import { useEffect } from 'react'
import { isTyping } from '../kit/keys/is-typing.ts'
import { useKeyPreferences } from '../kit/keys/key-preferences.ts'
import { actionOf } from '../kit/keys/key-tables.ts'
import { redoChange, undoChange } from './set-changes.ts'
import { SET_KEYS } from './set-keys.ts'
import type { ShownSet } from './set-state.ts'

/** A field of text has a past of its own, and what is open over the screen has the keys. */
export const useSetKeys = (set: ShownSet | undefined): void => {
  const { chosen } = useKeyPreferences()
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const action = actionOf(SET_KEYS, event, chosen)
      const target = event.target as Element
      if (set === undefined || action === null || event.defaultPrevented || isTyping(target)) return
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return
      event.preventDefault()
      void (action === 'undo' ? undoChange(set) : redoChange(set))
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [set, chosen])
}
