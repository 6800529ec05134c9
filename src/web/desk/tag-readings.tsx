import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { refreshAfter, refreshTrack } from '../queries/make-stale.ts'
import { TOLD_AS_NOTICE } from '../queries/query-client.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './tag-readings.module.css'

type Reading = Parameters<typeof client.chooseTagReading>[0]['body']['reading']

/** Tags that may be written in another alphabet: the person sees at once which reading is right. */
export const TagReadings = ({ trackId }: { readonly trackId: number }): ReactElement | null => {
  const queries = useQueryClient()
  const { data } = useQuery({ ...queryOf('tagReadings', { params: { id: trackId } }), meta: TOLD_AS_NOTICE })
  if (!data || data.offered.length === 0) return null
  const choose = async (reading: Reading): Promise<void> => {
    await client.chooseTagReading({ params: { id: trackId }, body: { reading } })
    await Promise.all([refreshTrack(queries, trackId), refreshAfter(queries, 'tags')])
  }
  const decide = (reading: Reading): void => {
    const before = data.reading
    const title = reading === 'as written' ? 'The tags stay as they are' : 'The tags are read in another alphabet'
    choose(reading).then(() => {
      const action = { name: 'Undo', run: () => void choose(before).catch(notifyProblem) }
      notify({ tone: 'plain', title, detail: 'Only here: the file is not changed.', action })
    }, notifyProblem)
  }
  return (
    <details className={styles.readings} open={data.reading === null}>
      <summary>The tags may be in another alphabet</summary>
      <ul>
        {data.offered.map(({ encoding, title, artist }) => (
          <li key={encoding}>
            <Button aria-pressed={data.reading === encoding} onClick={() => decide(encoding)}>
              {[artist, title].filter(Boolean).join(' – ')}
            </Button>
          </li>
        ))}
        <li>
          <Button aria-pressed={data.reading === 'as written'} onClick={() => decide('as written')}>
            Keep as they are
          </Button>
        </li>
      </ul>
    </details>
  )
}
