import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { queryOf } from '../queries/query-of.ts'
import styles from './suggestion-bar.module.css'

/** Labels here that came with many others: the person can say that they are right. */
export const BulkNote = ({ trackId }: { readonly trackId: number }): ReactElement | null => {
  const { data } = useQuery(queryOf('bulkLabels', { params: { id: trackId } }))
  if (!data || data.label_ids.length === 0) return null
  const look = (): void => void client.lookAtLabels({ params: { id: trackId } }).catch(notifyProblem)
  return (
    <section className={styles.bar} aria-label="Labels accepted in bulk">
      <span>
        {countText(data.label_ids.length, 'label')} here came with many others. Nobody has looked at them yet.
      </span>
      <Button onClick={look}>They are right</Button>
    </section>
  )
}
