import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Link } from 'react-router'
import { deskPath } from '../kit/desk-path.ts'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { sureText } from '../kit/words/percent-text.ts'
import { rowBars } from '../kit/words/row-bars.ts'
import { queryOf } from '../queries/query-of.ts'
import { useTrackCount } from '../queries/use-tracks.ts'
import styles from './review-queue.module.css'

const SHOWN = 8

/** Where to begin: the sections that the model is least sure of teach it most; without a model, any analysed track without labels. */
export const ReviewQueue = (): ReactElement => {
  const { data: suggestions, error } = useQuery(
    queryOf('listSuggestions', { query: { order: 'teaching', limit: SHOWN } }),
  )
  const { data: tracks, error: trackless } = useTrackCount({ has_labels: 'false', status: 'analysed' })
  const problem = error ?? trackless
  return (
    <Panel title="What to label next">
      {problem ? (
        <ProblemNote error={problem} />
      ) : suggestions && suggestions.length > 0 ? (
        <ol className={styles.queue}>
          {suggestions.map((suggestion) => (
            <li key={`${suggestion.track_id}${suggestion.id}`}>
              <Link to={deskPath(suggestion.track_id, suggestion.start_beat)}>{suggestion.track_title}</Link>
              <span className="figures">{rowBars(suggestion)}</span>
              <KindChip kind={suggestion.kind} />
              <span className="quiet">
                {suggestion.imported ? `from ${suggestion.imported.program}` : sureText(suggestion.confidence)}
              </span>
            </li>
          ))}
        </ol>
      ) : tracks && tracks.tracks.length > 0 ? (
        <ul className={styles.queue}>
          {tracks.tracks.slice(0, SHOWN).map(({ id, title, artist }) => (
            <li key={id}>
              <Link to={deskPath(id)}>{title}</Link>
              <span className="quiet">{artist}</span>
            </li>
          ))}
        </ul>
      ) : (
        <p className="quiet">
          Choose a track in the <Link to="/library">library</Link>: double-click it, or press Enter on it.
        </p>
      )}
    </Panel>
  )
}
