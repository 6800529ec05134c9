import { type RefObject, useEffect, useRef } from 'react'

/**
 * The focus goes to what opened away from its button, and back when it is closed from inside.
 * @param isNew false for what was open already when its screen came back: there the focus stays where it is
 */
export const useArrival = <Place extends HTMLElement>(isNew = true): RefObject<Place | null> => {
  const place = useRef<Place>(null)
  useEffect(() => {
    const from = document.activeElement
    const here = place.current
    if (isNew) here?.focus()
    return () => {
      // React removes the place first: whatever was focused in it has lost the focus by then, or is about to.
      const now = document.activeElement ?? document.body
      if (from instanceof HTMLElement && (now === document.body || here?.contains(now))) from.focus()
    }
  }, [isNew])
  return place
}
