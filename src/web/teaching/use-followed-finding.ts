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
  const isAsked = useRef(false)
  useEffect(() => {
    const wasAsked = isAsked.current
    isAsked.current = false
    const focused = document.activeElement
    // Whoever works elsewhere on the screen is left there when the list changes; a link that led to it is no work.
    const isElsewhere = focused?.closest('main') != null && !list.current?.contains(focused)
    if (!isFollowed.current) return
    const card = list.current?.querySelector<HTMLElement>('[aria-current]')
    if (!isElsewhere) card?.focus({ preventScroll: true })
    if (!isElsewhere || wasAsked) card?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  const follow = useCallback((): void => {
    isFollowed.current = true
    isAsked.current = true
  }, [])
  return { list, follow }
}
