import { type MouseEvent, memo, type ReactElement } from 'react'
import type { TrackRow } from '../queries/use-tracks.ts'
import type { Column } from './table-columns.ts'
import { TrackCells } from './track-cells.tsx'
import styles from './track-table.module.css'

export type RowActions = {
  readonly onTake: (index: number, event: MouseEvent) => void
  readonly onOpen: (track: TrackRow) => void
  readonly onPlay: (track: TrackRow) => void
}

type TableRowProps = RowActions & {
  readonly index: number
  readonly top: number
  readonly track: TrackRow | null
  readonly columns: readonly Column[]
  readonly isSelected: boolean
  readonly isCurrent: boolean
}

export const rowId = (index: number): string => `track-row-${index}`

/** A row is drawn again only when something in it changed: rows that stay in view while the table scrolls are left alone. */
export const TableRow = memo(
  ({ index, top, track, columns, isSelected, isCurrent, onTake, onOpen, onPlay }: TableRowProps): ReactElement => (
    <div
      id={rowId(index)}
      data-index={index}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-current={isCurrent || undefined}
      className={styles.row}
      style={{ transform: `translateY(${top}px)` }}
      draggable={track !== null}
      onClick={(event) => onTake(index, event)}
      onDoubleClick={() => track && onOpen(track)}
    >
      {track ? (
        <TrackCells track={track} columns={columns} onPlay={onPlay} />
      ) : (
        <div role="gridcell" className="quiet">
          …
        </div>
      )}
    </div>
  ),
)
