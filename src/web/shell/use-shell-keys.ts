import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { isTyping } from '../kit/keys/is-typing.ts'
import { useKeyPreferences } from '../kit/keys/key-preferences.ts'
import { dismissNewest } from '../kit/notices.tsx'
import { goTo } from '../player/go-to.ts'
import { isInList, toggle, usePlayer } from '../player/player.ts'
import { closeOverlay, openOverlay, useShell } from './overlay.ts'
import { NAVIGATION } from './screens.tsx'
import { type Leading, shellActionOf, stepTowardsScreen } from './shell-keys.ts'

/** What is worked by the space bar itself. */
const HAS_OWN_SPACE = 'button, a, summary, [role="menuitem"], [role="slider"], [role="grid"]'

/** There, Escape closes the dialog. */
const isInDialog = (target: Element): boolean => target.closest('[role="dialog"], [role="menu"]') !== null

/** An overlay that is asked for and not there yet has the keys already: below it they would change labels. */
const typeAhead = (event: KeyboardEvent): void => {
  event.preventDefault()
  event.stopPropagation()
  if (event.key === 'Escape') closeOverlay()
  else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey)
    useShell.setState(({ sought }) => ({ sought: sought + event.key }))
}

/** The keys of every screen. Those that lead to a screen are taken first, so that their second letter does nothing else. */
export const useShellKeys = (): void => {
  const navigate = useNavigate()
  const areSingleKeysOn = useKeyPreferences((state) => state.areSingleKeysOn)
  const leading = useRef<Leading>(null)
  useEffect(() => {
    const hearFirst = (event: KeyboardEvent): void => {
      const target = event.target as Element
      if (shellActionOf(event, areSingleKeysOn) === 'palette') {
        event.preventDefault()
        event.stopPropagation()
        if (useShell.getState().overlay === 'palette') closeOverlay()
        else openOverlay('palette')
        return
      }
      if (useShell.getState().overlay !== null && !isTyping(target)) {
        typeAhead(event)
        return
      }
      if (!areSingleKeysOn || isTyping(target)) return
      const step = stepTowardsScreen(NAVIGATION, event, { leading: leading.current, nowMs: event.timeStamp })
      leading.current = step.leading
      if (!step.isTaken) return
      event.preventDefault()
      event.stopPropagation()
      if (step.goTo !== null) void navigate(step.goTo)
    }
    const hearLast = (event: KeyboardEvent): void => {
      const target = event.target as Element
      if (event.defaultPrevented || isTyping(target)) return
      const action = shellActionOf(event, areSingleKeysOn)
      if (action === 'help') openOverlay('keys')
      else if (action === 'play' && usePlayer.getState().trackId !== null && !target.closest(HAS_OWN_SPACE)) toggle()
      else if (action === 'play next' && isInList()) goTo(1)
      else if (action === 'play previous' && isInList()) goTo(-1)
      else if (action !== 'dismiss' || isInDialog(target) || !dismissNewest()) return
      event.preventDefault()
    }
    window.addEventListener('keydown', hearFirst, true)
    window.addEventListener('keydown', hearLast)
    return () => {
      window.removeEventListener('keydown', hearFirst, true)
      window.removeEventListener('keydown', hearLast)
    }
  }, [navigate, areSingleKeysOn])
}
