import { type KeyboardEvent, type PointerEvent, type ReactElement, useRef, useState } from 'react'
import { actionOf } from '../kit/keys/key-tables.ts'
import { useIsCatalogue } from '../queries/use-health.ts'
import { columnCells, fittingWidth, widthsUpTo } from './column-widths.ts'
import { HEAD_KEYS } from './head-keys.ts'
import { changeView, sortBy, useLibrary } from './library-state.ts'
import { OWN_SORTS } from './own-library.ts'
import { allowedWidth, type Column, HEADINGS, moveColumn } from './table-columns.ts'
import styles from './table-head.module.css'
import { useDraggedHeading } from './use-dragged-heading.ts'
import { useResizing } from './use-resizing.ts'

/** What one press of a key adds to a width. */
const STEP_PIXELS = 16

const tableOf = (element: Element): HTMLElement => element.closest<HTMLElement>('[role=grid]')!

/** The column is as wide as its widest content that is drawn. */
const fit = (element: Element, column: Column): void => {
  const table = tableOf(element)
  const { columns, widths } = useLibrary.getState()
  const pixels = fittingWidth(table, columns.indexOf(column))
  changeView({ widths: { ...widths, ...widthsUpTo(table, columns, column), [column]: allowedWidth(pixels) } })
}

const ResizeHandle = ({ column }: { readonly column: Column }): ReactElement => {
  const resizing = useResizing(column)
  return (
    <span
      aria-hidden="true"
      role="separator"
      aria-orientation="vertical"
      className={styles.handle}
      title="Drag to resize; double-click to fit"
      onDoubleClick={({ currentTarget }) => fit(currentTarget, column)}
      {...resizing}
    />
  )
}

type HeadCellProps = {
  readonly column: Column
  readonly isTabStop: boolean
  readonly onFocus: () => void
  readonly onSay: (text: string) => void
  readonly drag: ReturnType<typeof useDraggedHeading>
}

const HeadCell = ({ column, isTabStop, onFocus, onSay, drag }: HeadCellProps): ReactElement => {
  const sort = useLibrary((state) => state.sort)
  const order = useLibrary((state) => state.order)
  const isShared = useIsCatalogue() === true
  const { name, sort: own } = HEADINGS[column]
  const by = isShared && own !== null && OWN_SORTS.has(own) ? null : own
  const isSorted = by !== null && by === sort
  const ariaSort = isSorted ? (order === 'asc' ? 'ascending' : 'descending') : 'none'
  const press = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const action = actionOf(HEAD_KEYS, event.nativeEvent)
    if (action === null) return
    event.preventDefault()
    event.stopPropagation()
    const button = event.currentTarget
    const { columns, widths } = useLibrary.getState()
    const place = columns.indexOf(column)
    if (action === 'next' || action === 'before') {
      const buttons = [...tableOf(button).querySelectorAll<HTMLElement>('[role=columnheader] button')]
      buttons[place + (action === 'next' ? 1 : -1)]?.focus()
    } else if (action === 'wider' || action === 'narrower') {
      const table = tableOf(button)
      const own = columnCells(table, place)[0]!.getBoundingClientRect().width
      const pixels = allowedWidth(own + (action === 'wider' ? STEP_PIXELS : -STEP_PIXELS))
      changeView({ widths: { ...widths, ...widthsUpTo(table, columns, column), [column]: pixels } })
      onSay(`${name}: ${pixels} pixels wide`)
    } else if (action === 'fit') {
      fit(button, column)
      onSay(`${name}: as wide as its content`)
    } else {
      const moved = moveColumn(columns, column, place + (action === 'right' ? 1 : -1))
      changeView({ columns: moved })
      onSay(`${name}: column ${moved.indexOf(column) + 1} of ${moved.length}`)
    }
  }
  return (
    <div
      role="columnheader"
      {...(by === null ? {} : { 'aria-sort': ariaSort })}
      className={styles.heading}
      data-dragged={drag.dragged === column || undefined}
      data-target={drag.target === column || undefined}
    >
      <button
        type="button"
        className={styles.name}
        tabIndex={isTabStop ? 0 : -1}
        aria-disabled={by === null || undefined}
        title={by === null ? `${name} have no order to sort by` : `Sort by ${name}`}
        onFocus={onFocus}
        onKeyDown={press}
        onPointerDown={(event: PointerEvent) => drag.begin(column, event)}
        onClick={() => {
          if (by !== null && !drag.hasJustMoved()) sortBy(by)
        }}
      >
        {name} {isSorted && <span aria-hidden="true">{order === 'asc' ? '↑' : '↓'}</span>}
      </button>
      <ResizeHandle column={column} />
    </div>
  )
}

type TableHeadProps = {
  readonly columns: readonly Column[]
  /** Is told what a key has done. */
  readonly onSay: (text: string) => void
}

/** The headings: each sorts wherever it is clicked, and its column is resized and moved, by mouse and by keys. */
export const TableHead = ({ columns, onSay }: TableHeadProps): ReactElement => {
  const [tabStop, setTabStop] = useState<Column>('title')
  const row = useRef<HTMLDivElement>(null)
  const drag = useDraggedHeading(row)
  const stop = columns.includes(tabStop) ? tabStop : columns[0]
  return (
    <div role="rowgroup" className={styles.head}>
      <div ref={row} role="row" aria-rowindex={1} className={styles.row}>
        {columns.map((column) => (
          <HeadCell
            key={column}
            column={column}
            isTabStop={column === stop}
            onFocus={() => setTabStop(column)}
            onSay={onSay}
            drag={drag}
          />
        ))}
      </div>
    </div>
  )
}
