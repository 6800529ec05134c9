import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type ReactElement, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useKeyPreferences } from '../kit/keys/key-preferences.ts'
import { PAGE_ROWS, type TrackRow, type TrackSearch, useTrackRows } from '../queries/use-tracks.ts'
import { COLUMNS, useLibrary } from './library-state.ts'
import { takingOf } from './selection.ts'
import { templateOf } from './table-columns.ts'
import { TableHead } from './table-head.tsx'
import { isExtending, rowAfter, type TableAction, tableActionOf } from './table-keys.ts'
import { type RowActions, rowId, TableRow } from './table-row.tsx'
import { TrackMenu } from './track-menu.tsx'
import styles from './track-table.module.css'
import { useEnteringTable } from './use-entering-table.ts'
import { useKeptPlace } from './use-kept-place.ts'
import { useSelecting } from './use-selecting.ts'

const ROW_PIXELS = 34
const ROWS_BEYOND_VIEW = 12
const HEAD_PIXELS = 31

type TrackTableProps = {
  readonly search: TrackSearch
  readonly total: number
  readonly onOpen: (track: TrackRow) => void
  readonly onPlay: (track: TrackRow) => void
}

const pageOf = (index: number | undefined): number => Math.floor((index ?? 0) / PAGE_ROWS)

/** However many tracks there are, only those in view are asked for and drawn. */
export const TrackTable = ({ search, total, onOpen, onPlay }: TrackTableProps): ReactElement => {
  const hidden = useLibrary((state) => state.hidden)
  const selected = useLibrary((state) => state.selected)
  const areSingleKeysOn = useKeyPreferences((state) => state.areSingleKeysOn)
  const box = useRef<HTMLDivElement>(null)
  useEnteringTable(box)
  const [current, setCurrent] = useState(() => useLibrary.getState().place.row)
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PIXELS,
    overscan: ROWS_BEYOND_VIEW,
    scrollPaddingEnd: HEAD_PIXELS,
    initialOffset: () => useLibrary.getState().place.scrolled,
  })
  useKeptPlace(current, () => rows.scrollOffset ?? 0)
  const items = rows.getVirtualItems()
  const rowAt = useTrackRows(search, { first: pageOf(items[0]?.index), last: pageOf(items.at(-1)?.index) })
  const latestRowAt = useRef(rowAt)
  latestRowAt.current = rowAt
  const idAt = useCallback((index: number) => latestRowAt.current(index)?.id, [])
  const { take, takeAll, clear } = useSelecting(search, total, idAt)
  const columns = useMemo(() => COLUMNS.filter((column) => !hidden.includes(column)), [hidden])
  const template = templateOf(['title', ...columns])
  useEffect(() => {
    setCurrent((index) => Math.min(index, Math.max(0, total - 1)))
  }, [total])

  const onTake: RowActions['onTake'] = useCallback(
    (index, event) => {
      take(index, takingOf(event))
      setCurrent(index)
    },
    [take],
  )
  const perform = (action: TableAction): void => {
    const track = rowAt(current)
    const pageRows = Math.max(1, Math.floor((box.current!.clientHeight - HEAD_PIXELS) / ROW_PIXELS) - 1)
    const target = rowAfter(action, { current, total, pageRows })
    if (target !== null) {
      rows.scrollToIndex(target)
      setCurrent(target)
      if (isExtending(action)) take(target, 'range')
    } else if (action === 'select all') takeAll()
    else if (action === 'clear') clear()
    else if (action === 'select') take(current, 'toggle')
    else if (action === 'open' && track) onOpen(track)
    else if (action === 'play' && track) onPlay(track)
  }
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== box.current) return
    const action = tableActionOf(event.nativeEvent, areSingleKeysOn)
    if (action === null) return
    perform(action)
    event.preventDefault()
  }
  const isCurrentDrawn = items.some(({ index }) => index === current)
  return (
    <TrackMenu
      rowAt={rowAt}
      current={current}
      onTarget={(index) => {
        setCurrent(index)
        if (!selected.has(rowAt(index)?.id ?? -1)) take(index, 'replace')
      }}
      onOpen={onOpen}
      onPlay={onPlay}
    >
      <div
        ref={box}
        className={styles.table}
        role="grid"
        aria-label="Tracks"
        aria-rowcount={total + 1}
        aria-multiselectable="true"
        {...(isCurrentDrawn ? { 'aria-activedescendant': rowId(current) } : {})}
        tabIndex={0}
        onKeyDown={press}
      >
        <TableHead columns={['title', ...columns]} />
        <div role="rowgroup" className={styles.body} style={{ height: rows.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const track = rowAt(index)
            return (
              <TableRow
                key={index}
                index={index}
                top={start}
                track={track}
                columns={columns}
                template={template}
                isSelected={track !== null && selected.has(track.id)}
                isCurrent={index === current}
                onTake={onTake}
                onOpen={onOpen}
                onPlay={onPlay}
              />
            )
          })}
        </div>
      </div>
    </TrackMenu>
  )
}
