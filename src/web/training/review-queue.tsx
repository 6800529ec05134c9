import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Link } from 'react-router'
import type { z } from 'zod'
import type { nextLabels } from '../../api/operations/teaching.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { holdFocus } from '../kit/hold-focus.ts'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { sureText } from '../kit/words/percent-text.ts'
import { rowBars } from '../kit/words/row-bars.ts'
import { refreshAfter } from '../queries/make-stale.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './review-queue.module.css'

const SHOWN = 8

type Group = z.output<typeof nextLabels>['groups'][number]

/** Parts of one form in one track: the first stands for all, and one press takes all of them over. */
const NextGroup = ({ group }: { readonly group: Group }): ReactElement => {
  const queries = useQueryClient()
  const [isAccepting, setAccepting] = useState(false)
  const [first, ...alike] = group as [Group[number], ...Group]
  const accept = async (): Promise<void> => {
    if (isAccepting) return
    setAccepting(true)
    let accepted = 0
    try {
      for (const { track_id, id } of group) {
        const { labels } = await client.acceptSuggestion({ params: { id: track_id, suggestion: id } })
        accepted += labels.length
      }
    } catch (error) {
      notifyProblem(error)
    }
    if (accepted > 0)
      notify({ tone: 'plain', title: `Accepted ${countText(accepted, 'label')} in “${first.track_title}”` })
    await refreshAfter(queries, 'labels')
    setAccepting(false)
  }
  const name = `${first.kind} of ${first.track_title}, ${rowBars(first)}`
  return (
    <li>
      <Link to={deskPath(first.track_id, first.start_beat)}>{first.track_title}</Link>
      <span className="figures">{rowBars(first)}</span>
      <KindChip kind={first.kind} />
      <span className="quiet">
        {first.imported ? `from ${first.imported.program}` : sureText(first.confidence)}
        {alike.length > 0 && `, and ${alike.length} alike`}
      </span>
      <Button
        aria-disabled={isAccepting}
        aria-label={`Accept the ${name}${alike.length > 0 ? ` and ${alike.length} alike` : ''}`}
        onClick={() => void accept()}
      >
        {alike.length > 0 ? `Accept ${group.length}` : 'Accept'}
      </Button>
    </li>
  )
}

/** Where to begin: what teaches the model most for the fewest presses; without suggestions, the most typical tracks without labels. */
export const ReviewQueue = (): ReactElement => {
  const { data, error } = useQuery(queryOf('nextLabels', { query: { limit: SHOWN } }))
  const { data: agreement } = useQuery(queryOf('selfAgreement'))
  return (
    <Panel title="What to label next">
      {error ? (
        <ProblemNote error={error} />
      ) : data && data.groups.length > 0 ? (
        <ol ref={holdFocus} className={styles.queue}>
          {data.groups.map((group) => (
            <NextGroup key={`${group[0]!.track_id}${group[0]!.id}`} group={group} />
          ))}
        </ol>
      ) : data && data.tracks.length > 0 ? (
        <ul className={styles.queue}>
          {data.tracks.map(({ track_id, title, artist }) => (
            <li key={track_id}>
              <Link to={deskPath(track_id)}>{title}</Link>
              <span className="quiet">{artist}</span>
            </li>
          ))}
        </ul>
      ) : data === undefined ? (
        <p className="quiet">Looking for what would teach most…</p>
      ) : (
        <p className="quiet">
          Choose a track in the <Link to="/library">library</Link>: double-click it, or press Enter on it.
        </p>
      )}
      {data?.gains.map((words) => (
        <p key={words} className="quiet">
          {words}
        </p>
      ))}
      {agreement && agreement.due > 0 && agreement.question && (
        <p className="quiet">
          {countText(agreement.due, 'label')} of yours would be worth <Link to="/review">calling again</Link> without
          looking.
        </p>
      )}
    </Panel>
  )
}
