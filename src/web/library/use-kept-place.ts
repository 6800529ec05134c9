import { useEffect, useRef } from 'react'
import { useLibrary } from './library-state.ts'

/** Remembers the place in the table when it is left. @param scrolled in pixels */
export const useKeptPlace = (row: number, scrolled: () => number): void => {
  const latest = useRef({ row, scrolled })
  latest.current = { row, scrolled }
  useEffect(
    () => () => useLibrary.setState({ place: { row: latest.current.row, scrolled: latest.current.scrolled() } }),
    [],
  )
}
