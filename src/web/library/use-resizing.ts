import { type PointerEvent, useRef } from 'react'
import { columnCells, widthsUpTo } from './column-widths.ts'
import { changeView, useLibrary } from './library-state.ts'
import { allowedWidth, type Column, type Widths } from './table-columns.ts'

type Grip = { readonly x: number; readonly pixels: number; readonly widths: Widths }

type Handlers = Readonly<
  Record<
    'onPointerDown' | 'onPointerMove' | 'onPointerUp' | 'onPointerCancel',
    (event: PointerEvent<HTMLElement>) => void
  >
>

/** Dragging the edge of a column: the columns before it keep the widths they have. */
export const useResizing = (column: Column): Handlers => {
  const grip = useRef<Grip | null>(null)
  const letGo = (): void => {
    if (grip.current !== null) changeView({})
    grip.current = null
  }
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return
      event.preventDefault()
      event.stopPropagation()
      event.currentTarget.setPointerCapture(event.pointerId)
      const table = event.currentTarget.closest<HTMLElement>('[role=grid]')!
      const { columns, widths } = useLibrary.getState()
      const { width: pixels } = columnCells(table, columns.indexOf(column))[0]!.getBoundingClientRect()
      grip.current = { x: event.clientX, pixels, widths: { ...widths, ...widthsUpTo(table, columns, column) } }
    },
    onPointerMove: ({ clientX }) => {
      if (grip.current === null) return
      const { x, pixels, widths } = grip.current
      // A click, or the first of a double click, changes nothing.
      if (clientX !== x) useLibrary.setState({ widths: { ...widths, [column]: allowedWidth(pixels + clientX - x) } })
    },
    onPointerUp: letGo,
    onPointerCancel: letGo,
  }
}
