import { type RefObject, useEffect } from 'react'

/** From nowhere any of these begins in the table; from the search field, those that mean nothing else there. */
const ENTERING = ['ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End']
const ENTERING_FROM_SEARCH = ['ArrowDown', 'Enter']

/** The table is reached without many a Tab: its row is marked first, and moves with the next key. */
export const useEnteringTable = (table: RefObject<HTMLElement | null>): void => {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return
      const target = event.target as Element
      const isSearch = target instanceof HTMLInputElement && target.type === 'search'
      const keys = target === document.body ? ENTERING : isSearch ? ENTERING_FROM_SEARCH : []
      if (!keys.includes(event.key)) return
      event.preventDefault()
      table.current?.focus({ preventScroll: true })
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [table])
}
