import { type ReactElement, useEffect, useMemo, useState } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { KeyBadge } from '../kit/elements/key-badge.tsx'
import { Tempo } from '../kit/elements/tempo.tsx'
import type { GraphModel, GraphTrack } from './graph-model.ts'
import { useGraph, walkOn } from './graph-state.ts'
import styles from './graph-table.module.css'
import { addToPath, goTo } from './graph-walk.ts'

const PAGE_ROWS = 100

const byTitle = (one: GraphTrack, other: GraphTrack): number =>
  one.title.localeCompare(other.title) || one.id - other.id

const Row = ({ track, model }: { readonly track: GraphTrack; readonly model: GraphModel }): ReactElement => {
  const isCurrent = useGraph(({ walk }) => walk.current === track.id)
  const isOnPath = useGraph(({ walk }) => walk.path.includes(track.id))
  const exits = model.exitsOf(track.id)
  const next = exits[0] && model.trackOf.get(exits[0].id)
  const island = model.islandOf(track.id)
  return (
    <tr aria-current={isCurrent ? 'true' : undefined}>
      <th scope="row">
        <Button look="bare" onClick={() => walkOn((walk) => goTo(walk, track.id))}>
          {track.title}
        </Button>
        <span className="quiet">{track.artist}</span>
      </th>
      <td>
        <KeyBadge camelot={track.camelot} name={track.camelot} />
      </td>
      <td className="figures">{track.tempoBpm !== null && <Tempo bpm={track.tempoBpm} />}</td>
      <td className="figures">{track.energy}</td>
      <td>
        {next && (
          <Button look="bare" onClick={() => walkOn((walk) => goTo(walk, next.id))}>
            {next.title}
          </Button>
        )}
        {model.isConnected && !next && <span className="quiet">nowhere</span>}
      </td>
      <td className="figures">{exits[0]?.score.toFixed(2)}</td>
      <td className="figures">{model.isConnected && exits.length}</td>
      <td className="figures">{model.isConnected && model.entriesOf(track.id).length}</td>
      <td className="figures">{island !== null && island + 1}</td>
      <td>
        <Button
          disabled={isOnPath}
          aria-label={`Add ${track.title} to the path`}
          onClick={() => walkOn((walk) => addToPath(walk, track.id))}
        >
          Add
        </Button>
      </td>
    </tr>
  )
}

/** The same graph in rows, for those who do not see it or would rather read it. @param standing tracks that alone are shown; all when null */
export const GraphTable = ({
  model,
  standing,
}: {
  readonly model: GraphModel
  readonly standing: ReadonlySet<number> | null
}): ReactElement => {
  const [page, setPage] = useState(0)
  const rows = useMemo(
    () => model.tracks.filter(({ id }) => standing?.has(id) ?? true).sort(byTitle),
    [model, standing],
  )
  useEffect(() => setPage(0), [rows])
  const pages = Math.max(1, Math.ceil(rows.length / PAGE_ROWS))
  const shown = rows.slice(page * PAGE_ROWS, (page + 1) * PAGE_ROWS)
  return (
    <div className={styles.frame}>
      <div className={styles.scrolling}>
        <table>
          <caption className="sr-only">Tracks of the graph and where they lead</caption>
          <thead>
            <tr>
              <th scope="col">Track</th>
              <th scope="col">Key</th>
              <th scope="col">BPM</th>
              <th scope="col">Energy</th>
              <th scope="col">Leads best into</th>
              <th scope="col">Fits</th>
              <th scope="col">Ways out</th>
              <th scope="col">Ways in</th>
              <th scope="col">Island</th>
              <th scope="col">Path</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((track) => (
              <Row key={track.id} track={track} model={model} />
            ))}
          </tbody>
        </table>
      </div>
      {pages > 1 && (
        <p className={styles.pages}>
          <Button disabled={page === 0} onClick={() => setPage(page - 1)}>
            Before
          </Button>
          <span role="status" className="figures">
            {page * PAGE_ROWS + 1}–{page * PAGE_ROWS + shown.length} of {countText(rows.length)}
          </span>
          <Button disabled={page === pages - 1} onClick={() => setPage(page + 1)}>
            Next
          </Button>
        </p>
      )}
    </div>
  )
}
