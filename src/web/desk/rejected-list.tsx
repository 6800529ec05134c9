import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { KindChip } from '../kit/elements/kind-chip.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { TOLD_AS_NOTICE } from '../queries/query-client.ts'
import { keys } from '../queries/query-keys.ts'
import { useDeskTools } from './desk-context.ts'
import { seekBeat } from './desk-edits.ts'
import styles from './rejected-list.module.css'

/** What was turned down on this track; a second thought brings it back. */
export const RejectedList = ({ trackId }: { readonly trackId: number }): ReactElement | null => {
  const tools = useDeskTools()
  const queries = useQueryClient()
  const { data: rejections } = useQuery({
    queryKey: [...keys.track(trackId), 'rejections'],
    meta: TOLD_AS_NOTICE,
    queryFn: () => client.listRejections({ params: { id: trackId } }),
  })
  if (!rejections || rejections.length === 0) return null
  const restore = (rejection: number): void =>
    void client
      .restoreSuggestion({ params: { id: trackId, rejection } })
      .then(() => queries.invalidateQueries({ queryKey: keys.track(trackId) }))
      .catch(notifyProblem)
  return (
    <details className={styles.rejected}>
      <summary>
        {rejections.length} rejected {rejections.length === 1 ? 'suggestion' : 'suggestions'}
      </summary>
      <ul>
        {rejections.map(({ id, kind, start_beat, end_beat, version }) => (
          <li key={id}>
            <KindChip kind={kind} />
            <Button look="bare" title="Go there" onClick={() => seekBeat(tools, start_beat)}>
              beats {start_beat}–{end_beat}
            </Button>
            <span className="quiet">by v{version}</span>
            <Button
              aria-label={`Suggest again: ${kind}, beats ${start_beat} to ${end_beat}`}
              onClick={() => restore(id)}
            >
              Suggest again
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}
