import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import { changeView, useLibrary } from './library-state.ts'
import { type Column, moveColumn, placeAt } from './table-columns.ts'

/** A hand that trembles does not move a column. */
const DRAG_PIXELS = 6

type DraggedHeading = {
  readonly dragged: Column | null
  /** The column whose place it takes when it is let go. */
  readonly target: Column | null
  readonly begin: (column: Column, event: PointerEvent) => void
  /** Whether the click that comes now only ends a drag. */
  readonly hasJustMoved: () => boolean
}

/** Dragging a heading to another place; Escape leaves it where it was. A finger pushes the table instead. */
export const useDraggedHeading = (row: RefObject<HTMLElement | null>): DraggedHeading => {
  const [drag, setDrag] = useState<{ readonly dragged: Column; readonly target: Column } | null>(null)
  const hasMoved = useRef(false)
  const begin = (column: Column, event: PointerEvent): void => {
    hasMoved.current = false
    if (event.button !== 0 || event.pointerType === 'touch') return
    const { clientX: from } = event
    const follow = new AbortController()
    const { signal } = follow
    let place: number | null = null
    const stop = (): void => {
      follow.abort()
      setDrag(null)
    }
    const move = ({ clientX }: globalThis.PointerEvent): void => {
      if (place === null && Math.abs(clientX - from) < DRAG_PIXELS) return
      hasMoved.current = true
      const headings = [...row.current!.children].map((heading) => heading.getBoundingClientRect())
      place = placeAt(headings, clientX)
      setDrag({ dragged: column, target: useLibrary.getState().columns[place]! })
    }
    const drop = (): void => {
      stop()
      if (place !== null) changeView({ columns: moveColumn(useLibrary.getState().columns, column, place) })
    }
    window.addEventListener('pointermove', move, { signal })
    window.addEventListener('pointerup', drop, { signal })
    window.addEventListener('pointercancel', stop, { signal })
    window.addEventListener('keydown', ({ key }) => key === 'Escape' && stop(), { signal })
  }
  return {
    dragged: drag?.dragged ?? null,
    target: drag?.target ?? null,
    begin,
    hasJustMoved: () => {
      const moved = hasMoved.current
      hasMoved.current = false
      return moved
    },
  }
}
