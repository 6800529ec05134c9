import { type RefObject, type UIEventHandler, useLayoutEffect, useRef } from 'react'
import { useLocation } from 'react-router'

/** How far each entry of the history was scrolled when it was left, in pixels. */
const kept = new Map<string, number>()

type KeptScroll = { readonly ref: RefObject<HTMLElement | null>; readonly onScroll: UIEventHandler<HTMLElement> }

/** So long a screen that one comes back to may take to show what it showed before. */
const ARRIVAL_MS = 2000

/** Scrolls there as soon as there is enough to scroll, unless the user has done something else by then. @returns stops it */
const scrollOnceShown = (box: HTMLElement, wanted: number): (() => void) => {
  const done = new AbortController()
  const stop = (): void => done.abort()
  const scroll = (): void => {
    box.scrollTop = wanted
    if (box.scrollTop >= wanted - 1) stop()
  }
  const observer = new MutationObserver(scroll)
  observer.observe(box, { childList: true, subtree: true })
  const timer = setTimeout(stop, ARRIVAL_MS)
  done.signal.addEventListener('abort', () => {
    observer.disconnect()
    clearTimeout(timer)
  })
  for (const act of ['wheel', 'keydown', 'pointerdown']) window.addEventListener(act, stop, { signal: done.signal })
  scroll()
  return stop
}

/** A new address begins at its top; back and forward lead to where one was. */
export const useKeptScroll = (): KeptScroll => {
  const { key } = useLocation()
  const ref = useRef<HTMLElement>(null)
  useLayoutEffect(() => scrollOnceShown(ref.current!, kept.get(key) ?? 0), [key])
  return { ref, onScroll: ({ currentTarget }) => void kept.set(key, currentTarget.scrollTop) }
}
