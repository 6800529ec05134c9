import type { ReactElement } from 'react'
import { Button } from '../../kit/elements/button.tsx'
import { showListing, useLibrary } from '../library-state.ts'
import { listingOfQuery } from '../list-address.ts'
import styles from './overview.module.css'

/** A bar or a slice of a chart, and a line of its table. */
export type Figure = {
  /** As it is written out, e.g. `124–124.99 BPM`. */
  readonly name: string
  /** As it stands below its bar; nothing where left out. */
  readonly short?: string
  readonly tracks: number
  /** What lists its tracks, as the server writes it; null where there are none. */
  readonly filter: string | null
  /** More of it, such as minutes, in the order of the columns. */
  readonly more?: readonly string[]
  readonly colour?: string
}

/** Lists the tracks of a bar. */
export const listFigure = (filter: string | null): void => {
  if (filter === null) return
  const { sort, order } = useLibrary.getState()
  showListing({ sort, order, filters: listingOfQuery(filter).filters })
  useLibrary.setState({ pane: 'list', selected: new Set() })
}

type FigureTableProps = {
  readonly figures: readonly Figure[]
  /** Heading of the names, and of what there is more. */
  readonly columns: readonly string[]
  readonly label: string
}

/** The figures of a chart in words and numbers; each leads to its tracks. */
export const FigureTable = ({ figures, columns, label }: FigureTableProps): ReactElement => (
  <details className={styles.twin}>
    <summary>As a table</summary>
    <table aria-label={label}>
      <thead>
        <tr>
          {[columns[0], 'Tracks', ...columns.slice(1)].map((column) => (
            <th key={column} scope="col">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="figures">
        {figures
          .filter(({ tracks }) => tracks > 0)
          .map(({ name, tracks, filter, more = [] }) => (
            <tr key={name}>
              <th scope="row">
                {filter === null ? (
                  name
                ) : (
                  <Button look="bare" onClick={() => listFigure(filter)}>
                    {name}
                  </Button>
                )}
              </th>
              <td>{tracks.toLocaleString('en-GB')}</td>
              {more.map((text, at) => (
                <td key={columns[at + 1]}>{text}</td>
              ))}
            </tr>
          ))}
      </tbody>
    </table>
  </details>
)
