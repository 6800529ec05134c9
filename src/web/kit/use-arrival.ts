import { type RefObject, useEffect, useRef } from 'react'

/** For what opens away from the button that asked for it: the focus goes there, and back when it is closed from inside. */
export const useArrival = <Place extends HTMLElement>(): RefObject<Place | null> => {
  const place = useRef<Place>(null)
  useEffect(() => {
    const from = document.activeElement
    const here = place.current
    here?.focus()
    return () => {
      // React takes the place away first; what was focused in it has lost its focus by then, or is about to.
      const now = document.activeElement ?? document.body
      if (from instanceof HTMLElement && (now === document.body || here?.contains(now))) from.focus()
    }
  }, [])
  return place
}
