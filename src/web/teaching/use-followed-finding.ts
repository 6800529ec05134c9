import { type RefObject, useCallback, useEffect, useRef } from 'react'

/**
 * Keeps the focus on the chosen finding, and it in view, once somebody works through the list: by then a key or a button has led there, and
 * what had the focus may be gone.
 * @returns the list, and what says that somebody does
 */
export const useFollowedFinding = (
  chosen: string | undefined,
): { readonly list: RefObject<HTMLOListElement | null>; readonly follow: () => void } => {
  const list = useRef<HTMLOListElement>(null)
  const isFollowed = useRef(false)
  useEffect(() => {
    const focused = document.activeElement
    // Whoever works elsewhere on the screen is left there when the list changes.
    const isElsewhere = focused !== null && focused !== document.body && !list.current?.contains(focused)
    if (!isFollowed.current || isElsewhere) return
    const card = list.current?.querySelector<HTMLElement>('[aria-current]')
    card?.focus({ preventScroll: true })
    card?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const follow = useCallback((): void => {
    isFollowed.current = true
  }, [])
  return { list, follow }
}
