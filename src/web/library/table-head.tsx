import type { ReactElement } from 'react'
import { sortBy, useLibrary } from './library-state.ts'
import { HEADINGS, type TableColumn, templateOf } from './table-columns.ts'
import styles from './track-table.module.css'

const HeadCell = ({ column }: { readonly column: TableColumn }): ReactElement => {
  const sort = useLibrary((state) => state.sort)
  const order = useLibrary((state) => state.order)
  const { name, sort: by } = HEADINGS[column]
  const isSorted = by === sort
  if (by === null)
    return (
      <div role="columnheader" className={styles.heading}>
        {name}
      </div>
    )
  return (
    <div
      role="columnheader"
      aria-sort={isSorted ? (order === 'asc' ? 'ascending' : 'descending') : 'none'}
      className={styles.heading}
    >
      <button type="button" onClick={() => sortBy(by)}>
        {name} {isSorted && <span aria-hidden="true">{order === 'asc' ? '↑' : '↓'}</span>}
      </button>
    </div>
  )
}

export const TableHead = ({ columns }: { readonly columns: readonly TableColumn[] }): ReactElement => (
  <div role="rowgroup" className={styles.head}>
    <div role="row" aria-rowindex={1} className={styles.row} style={{ gridTemplateColumns: templateOf(columns) }}>
      {columns.map((column) => (
        <HeadCell key={column} column={column} />
      ))}
    </div>
  </div>
)
