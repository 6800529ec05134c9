import { type RefObject, type UIEventHandler, useLayoutEffect, useRef } from 'react'
import { useLocation } from 'react-router'

/** How far each entry of the history was scrolled when it was left, in pixels. */
const kept = new Map<string, number>()

type KeptScroll = { readonly ref: RefObject<HTMLElement | null>; readonly onScroll: UIEventHandler<HTMLElement> }

/** A new address begins at its top; back and forward lead to where one was. */
export const useKeptScroll = (): KeptScroll => {
  const { key } = useLocation()
  const ref = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    ref.current!.scrollTop = kept.get(key) ?? 0
  }, [key])
  return { ref, onScroll: ({ currentTarget }) => void kept.set(key, currentTarget.scrollTop) }
}
