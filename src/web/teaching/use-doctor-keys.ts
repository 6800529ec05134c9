import { useEffect } from 'react'
import { isTyping } from '../kit/keys/is-typing.ts'
import { useKeyPreferences } from '../kit/keys/key-preferences.ts'
import { actionOf } from '../kit/keys/key-tables.ts'
import { DOCTOR_KEYS } from './teaching-keys.ts'

type Action = keyof typeof DOCTOR_KEYS.actions

/** Held down, these would settle one finding after the other. */
const ONCE: ReadonlySet<Action> = new Set(['mend', 'dismiss finding', 'undo step'])

/** A field of text has the keys for itself, and so has what is open over the screen. */
export const useDoctorKeys = (act: (action: Action) => void): void => {
  const { chosen } = useKeyPreferences()
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const action = actionOf(DOCTOR_KEYS, event, chosen)
      if (action === null || event.defaultPrevented || isTyping(event.target as Element)) return
      if (document.querySelector('[role="dialog"], [role="menu"]') !== null) return
      event.preventDefault()
      if (!event.repeat || !ONCE.has(action)) act(action)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [act, chosen])
}
