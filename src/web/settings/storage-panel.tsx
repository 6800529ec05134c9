import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { client } from '../kit/client.ts'
import { ConfirmedButton } from '../kit/elements/confirmed-button.tsx'
import { FactList } from '../kit/elements/fact-list.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { bytesText } from '../kit/words/bytes-text.ts'
import { queryOf } from '../queries/query-of.ts'
import { useHealth } from '../queries/use-health.ts'
import { EraseLibrary } from './erase-library.tsx'
import styles from './setting-rows.module.css'

const PARTS = [
  ['database', 'Library, labels, grids'],
  ['models', 'Models'],
  ['backups', 'Copies of the library'],
  ['cache', 'Waveforms and features'],
  ['other', 'Demo tracks and everything else'],
] as const

/** Where everything lies and how much room it takes; what can be made again can be cleared. */
export const StoragePanel = (): ReactElement => {
  const queries = useQueryClient()
  const { data: storage, error } = useQuery({ ...queryOf('storage'), staleTime: 0 })
  const { data: health } = useHealth()
  const clear = async (): Promise<void> => {
    const freed = storage?.cache ?? 0
    queries.setQueryData(queryOf('storage').queryKey, await client.clearCache())
    await queries.invalidateQueries(queryOf('doctor'))
    notify({
      tone: 'plain',
      title: `${bytesText(freed)} freed`,
      detail: 'Scan again to prepare the tracks now.',
    })
  }
  return (
    <Panel title="Storage" aside={health?.free_bytes != null && `${bytesText(health.free_bytes)} free on this disk`}>
      {error && <ProblemNote error={error} />}
      {storage && (
        <>
          <FactList>
            <dt>Everything is stored in</dt>
            <dd>{storage.data_dir}</dd>
            {PARTS.map(([part, words]) => (
              <div key={part} className={styles.fact}>
                <dt>{words}</dt>
                <dd className="figures">{bytesText(storage[part])}</dd>
              </div>
            ))}
          </FactList>
          <p className={styles.actions}>
            <ConfirmedButton
              disabled={storage.cache === 0}
              question="Tracks are read again when they are needed next. Labels and models stay."
              answer={`Clear ${bytesText(storage.cache)}`}
              onConfirm={() => void clear().catch(notifyProblem)}
            >
              Clear waveforms and features…
            </ConfirmedButton>
          </p>
          <EraseLibrary />
        </>
      )}
    </Panel>
  )
}
