import { type RefObject, useEffect, useRef } from 'react'

/** The focus goes to what opened away from its button, and back when it is closed from inside. */
export const useArrival = <Place extends HTMLElement>(): RefObject<Place | null> => {
  const place = useRef<Place>(null)
  useEffect(() => {
    const from = document.activeElement
    const here = place.current
    here?.focus()
    return () => {
      // React removes the place first: whatever was focused in it has lost the focus by then, or is about to.
      const now = document.activeElement ?? document.body
      if (from instanceof HTMLElement && (now === document.body || here?.contains(now))) from.focus()
    }
  }, [])
  return place
}
