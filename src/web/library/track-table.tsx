import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactElement,
  useCallback,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useKeyPreferences } from '../kit/keys/key-preferences.ts'
import { PAGE_ROWS, type TrackRow, type TrackSearch, useTrackRows } from '../queries/use-tracks.ts'
import { useLibrary } from './library-state.ts'
import { editNotes } from './note-edits.ts'
import { openNotes } from './notes-dialog.tsx'
import { stepTracks, takeOutTracks } from './playlists/playlist-edits.ts'
import { askFor } from './playlists/playlist-state.ts'
import type { Playlist } from './playlists/playlist-tree.ts'
import { takingOf } from './selection.ts'
import { leastWidthOf, templateOf } from './table-columns.ts'
import { TableHead } from './table-head.tsx'
import { isExtending, rowAfter, type TableAction, tableActionOf } from './table-keys.ts'
import { type RowActions, rowId, TableRow } from './table-row.tsx'
import { TrackMenu } from './track-menu.tsx'
import styles from './track-table.module.css'
import { redoGesture, undoGesture } from './undo-gesture.ts'
import { useDraggedTracks } from './use-dragged-tracks.ts'
import { useEnteringTable } from './use-entering-table.ts'
import { useKeptPlace } from './use-kept-place.ts'
import { useSelecting } from './use-selecting.ts'

const ROW_PIXELS = { roomy: 34, compact: 26 } as const
const ROWS_BEYOND_VIEW = 12
const HEAD_PIXELS = 31

type TrackTableProps = {
  readonly search: TrackSearch
  readonly total: number
  /** The playlist that is open and whose tracks a person chose. */
  readonly playlist: Playlist | null
  /** Whether it is shown in its own order. */
  readonly isOrdered: boolean
  readonly onOpen: (track: TrackRow) => void
  readonly onPlay: (track: TrackRow) => void
}

const pageOf = (index: number | undefined): number => Math.floor((index ?? 0) / PAGE_ROWS)

/** However many tracks there are, only those in view are asked for and drawn. */
export const TrackTable = ({ search, total, playlist, isOrdered, onOpen, onPlay }: TrackTableProps): ReactElement => {
  const columns = useLibrary((state) => state.columns)
  const widths = useLibrary((state) => state.widths)
  const rowPixels = ROW_PIXELS[useLibrary((state) => state.density)]
  const selected = useLibrary((state) => state.selected)
  const areSingleKeysOn = useKeyPreferences((state) => state.areSingleKeysOn)
  const box = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  useEnteringTable(box)
  const [said, say] = useState('')
  const [current, setCurrent] = useState(() => useLibrary.getState().place.row)
  const last = Math.max(0, total - 1)
  // At once, and not in an effect: a key that is pressed on the shorter list as soon as it is seen means a row of it.
  if (current > last) setCurrent(last)
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowPixels,
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
  const look = useMemo(
    () => ({
      '--columns': templateOf(columns, widths),
      '--least-width': `${leastWidthOf(columns, widths)}px`,
      '--row-height': `${rowPixels}px`,
    }),
    [columns, widths, rowPixels],
  )
  useEffect(() => rows.measure(), [rowPixels])

  const onTake: RowActions['onTake'] = useCallback(
    (index, event) => {
      take(index, takingOf(event))
      setCurrent(index)
    },
    [take],
  )
  /** What keys change: the selection where the marked track is in it, else that track. */
  const aimed = (): { readonly trackIds: readonly number[]; readonly track: TrackRow | null } => {
    const track = rowAt(current)
    if (track === null) return { trackIds: [], track }
    return selected.size > 1 && selected.has(track.id)
      ? { trackIds: [...selected], track: null }
      : { trackIds: [track.id], track }
  }
  const rate = (stars: number): void => {
    const { trackIds, track } = aimed()
    const seen = track && { rating: track.notes.rating }
    const change = { rating: stars || null }
    if (trackIds.length > 0)
      void editNotes({ trackIds, change, ...(seen ? { seen } : {}), what: 'rating', title: track?.title })
  }
  const ordered = isOrdered ? playlist : null
  const dragging = useDraggedTracks({ body, rowPixels, total, rowAt, ordered })
  const step = async (by: -1 | 1): Promise<void> => {
    if (ordered === null)
      return say(playlist === null ? 'No playlist is open' : 'Sort by the order of the playlist first')
    const { trackIds } = aimed()
    if (trackIds.length === 0 || !(await stepTracks(ordered.id, trackIds, by))) return
    setCurrent((index) => Math.max(0, Math.min(total - 1, index + by)))
    say(by < 0 ? 'Moved up' : 'Moved down')
  }
  const perform = (action: TableAction, key: string): void => {
    const track = rowAt(current)
    const pageRows = Math.max(1, Math.floor((box.current!.clientHeight - HEAD_PIXELS) / rowPixels) - 1)
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
    else if (action === 'rate') rate(Number(key))
    else if (action === 'note') openNotes(aimed())
    else if (action === 'undo') void undoGesture()
    else if (action === 'redo') void redoGesture()
    else if (action === 'add to playlist') askFor({ kind: 'add', trackIds: aimed().trackIds })
    else if (action === 'move up') void step(-1)
    else if (action === 'move down') void step(1)
    else if (action === 'take out' && playlist !== null) takeOutTracks(playlist.id, aimed().trackIds)
  }
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== box.current) return
    const action = tableActionOf(event.nativeEvent, areSingleKeysOn)
    if (action === null) return
    perform(action, event.key)
    event.preventDefault()
  }
  const isCurrentDrawn = items.some(({ index }) => index === current)
  return (
    <TrackMenu
      rowAt={rowAt}
      current={current}
      playlist={playlist}
      isOrdered={isOrdered}
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
        style={look as CSSProperties}
        role="grid"
        aria-label="Tracks"
        aria-rowcount={total + 1}
        aria-multiselectable="true"
        {...(isCurrentDrawn ? { 'aria-activedescendant': rowId(current) } : {})}
        tabIndex={0}
        onKeyDown={press}
        {...dragging.handlers}
      >
        <TableHead columns={columns} onSay={say} />
        <div ref={body} role="rowgroup" className={styles.body} style={{ height: rows.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const track = rowAt(index)
            return (
              <TableRow
                key={index}
                index={index}
                top={start}
                track={track}
                columns={columns}
                isSelected={track !== null && selected.has(track.id)}
                isCurrent={index === current}
                onTake={onTake}
                onOpen={onOpen}
                onPlay={onPlay}
              />
            )
          })}
          {dragging.place !== null && (
            <div aria-hidden="true" className={styles.drop} style={{ top: dragging.place * rowPixels - 1 }} />
          )}
        </div>
      </div>
      <span className="sr-only" role="status">
        {said}
      </span>
    </TrackMenu>
  )
}
