import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type ReactElement, useEffect, useRef, useState } from 'react'
import { PAGE_ROWS, type TrackRow, type TrackSearch, useTrackRows } from '../queries/use-tracks.ts'
import { COLUMNS, type Column, type Sort, sortBy, useLibrary } from './library-state.ts'
import { TrackCells } from './track-cells.tsx'
import styles from './track-table.module.css'

const ROW_PIXELS = 34
const ROWS_BEYOND_VIEW = 12

const HEADINGS: Readonly<Record<'title' | Column, { readonly name: string; readonly sort: Sort | null }>> = {
  title: { name: 'Title', sort: 'title' },
  artist: { name: 'Artist', sort: 'artist' },
  bpm: { name: 'BPM', sort: 'bpm' },
  key: { name: 'Key', sort: 'key' },
  energy: { name: 'Energy', sort: 'energy' },
  duration: { name: 'Length', sort: 'duration' },
  sections: { name: 'Sections', sort: null },
  labels: { name: 'Labels', sort: 'labels' },
  status: { name: 'Status', sort: null },
}
const WIDTHS: Readonly<Record<'title' | Column, string>> = {
  title: 'minmax(180px, 3fr)',
  artist: 'minmax(110px, 2fr)',
  bpm: '74px',
  key: '64px',
  energy: '72px',
  duration: '66px',
  sections: 'minmax(160px, 3fr)',
  labels: '64px',
  status: 'minmax(96px, 1fr)',
}

type TrackTableProps = {
  readonly search: TrackSearch
  readonly total: number
  readonly onOpen: (track: TrackRow) => void
  readonly onPlay: (track: TrackRow) => void
}

/** However many tracks there are, only those in view are asked for and drawn. */
export const TrackTable = ({ search, total, onOpen, onPlay }: TrackTableProps): ReactElement => {
  const { hidden, sort, order, selected } = useLibrary()
  const box = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(0)
  const anchor = useRef(0)
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PIXELS,
    overscan: ROWS_BEYOND_VIEW,
  })
  const items = rows.getVirtualItems()
  const pageOf = (index: number | undefined): number => Math.floor((index ?? 0) / PAGE_ROWS)
  const rowAt = useTrackRows(search, { first: pageOf(items[0]?.index), last: pageOf(items.at(-1)?.index) })
  const columns = COLUMNS.filter((column) => !hidden.includes(column))
  const template = ['title' as const, ...columns].map((column) => WIDTHS[column]).join(' ')
  useEffect(() => {
    setCurrent((index) => Math.min(index, Math.max(0, total - 1)))
  }, [total])

  const select = (index: number, event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }): void => {
    const range = event.shiftKey ? [Math.min(anchor.current, index), Math.max(anchor.current, index)] : [index, index]
    const ids = Array.from({ length: range[1]! - range[0]! + 1 }, (_, at) => rowAt(range[0]! + at)?.id).filter(
      (id) => id !== undefined,
    )
    const isAdding = event.ctrlKey || event.metaKey
    const kept = isAdding || event.shiftKey ? [...selected] : []
    const isTakingOff = isAdding && ids.length === 1 && selected.has(ids[0]!)
    useLibrary.setState({ selected: new Set(isTakingOff ? kept.filter((id) => id !== ids[0]) : [...kept, ...ids]) })
    if (!event.shiftKey) anchor.current = index
    setCurrent(index)
  }
  const go = (index: number, event: KeyboardEvent): void => {
    const target = Math.max(0, Math.min(total - 1, index))
    rows.scrollToIndex(target)
    if (event.shiftKey) select(target, event)
    else setCurrent(target)
  }
  const press = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: current + 1,
      j: current + 1,
      ArrowUp: current - 1,
      k: current - 1,
      PageDown: current + 15,
      PageUp: current - 15,
      Home: 0,
      End: total - 1,
    }
    const track = rowAt(current)
    const target = steps[event.key]
    if (target !== undefined) go(target, event)
    else if (event.key === ' ' && track) select(current, { shiftKey: false, ctrlKey: true, metaKey: false })
    else if (event.key === 'Enter' && track) onOpen(track)
    else if (event.key === 'p' && track) onPlay(track)
    else return
    event.preventDefault()
  }
  const heading = (column: 'title' | Column): ReactElement => {
    const { name, sort: by } = HEADINGS[column]
    const isSorted = by === sort
    return (
      <div
        key={column}
        role="columnheader"
        aria-sort={isSorted ? (order === 'asc' ? 'ascending' : 'descending') : 'none'}
        className={styles.heading}
      >
        {by === null ? (
          name
        ) : (
          <button type="button" onClick={() => sortBy(by)}>
            {name} {isSorted && <span aria-hidden="true">{order === 'asc' ? '↑' : '↓'}</span>}
          </button>
        )}
      </div>
    )
  }
  return (
    <div
      ref={box}
      className={styles.table}
      role="grid"
      aria-label="Tracks"
      aria-rowcount={total + 1}
      aria-multiselectable="true"
      aria-activedescendant={`track-${current}`}
      tabIndex={0}
      onKeyDown={press}
    >
      <div role="rowgroup" className={styles.head}>
        <div role="row" aria-rowindex={1} className={styles.row} style={{ gridTemplateColumns: template }}>
          {heading('title')}
          {columns.map(heading)}
        </div>
      </div>
      <div role="rowgroup" className={styles.body} style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const track = rowAt(index)
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys for its rows
            <div
              key={index}
              id={`track-${index}`}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={track !== null && selected.has(track.id)}
              tabIndex={-1}
              data-current={index === current || undefined}
              className={styles.row}
              style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
              onClick={(event: MouseEvent) => select(index, event)}
              onDoubleClick={() => track && onOpen(track)}
            >
              {track ? <TrackCells track={track} columns={columns} onPlay={onPlay} /> : <div role="gridcell">…</div>}
            </div>
          )
        })}
      </div>
    </div>
  )
}
