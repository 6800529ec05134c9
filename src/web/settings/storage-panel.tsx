import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { Button } from '../elements/button.tsx'
import { bytesText } from '../elements/bytes-text.ts'
import { Panel } from '../elements/panel.tsx'
import { ProblemNote } from '../elements/problem-note.tsx'
import { client } from '../queries/client.ts'
import { keys } from '../queries/query-keys.ts'
import { useHealth } from '../queries/use-health.ts'
import { notify, notifyProblem } from '../shell/notices.tsx'
import styles from './setting-rows.module.css'

const PARTS = [
  ['database', 'Library, labels, grids'],
  ['models', 'Models'],
  ['backups', 'Copies of the library'],
  ['cache', 'Waveforms and features'],
  ['other', 'Demo tracks and the rest'],
] as const

/** Where everything lies and how much room it takes; what can be made again can be cleared. */
export const StoragePanel = (): ReactElement => {
  const queries = useQueryClient()
  const { data: storage, error } = useQuery({ queryKey: keys.storage, queryFn: () => client.storage(), staleTime: 0 })
  const { data: health } = useHealth()
  const [isAsking, setIsAsking] = useState(false)
  const clear = async (): Promise<void> => {
    setIsAsking(false)
    const freed = storage?.cache ?? 0
    queries.setQueryData(keys.storage, await client.clearCache())
    await queries.invalidateQueries({ queryKey: keys.doctor })
    notify({
      tone: 'plain',
      title: `${bytesText(freed)} freed`,
      detail: 'Scan again to have the tracks ready at once.',
    })
  }
  return (
    <Panel title="Storage" aside={health && `${bytesText(health.free_bytes)} free on this disk`}>
      {error && <ProblemNote error={error} />}
      {storage && (
        <>
          <dl className={styles.facts}>
            <dt>Everything lies in</dt>
            <dd>{storage.data_dir}</dd>
            {PARTS.map(([part, words]) => (
              <div key={part} className={styles.fact}>
                <dt>{words}</dt>
                <dd className="figures">{bytesText(storage[part])}</dd>
              </div>
            ))}
          </dl>
          <p className={styles.actions}>
            {isAsking ? (
              <>
                <span>Tracks are read again when they are needed next. Labels and models stay.</span>
                <Button look="danger" onClick={() => void clear().catch(notifyProblem)}>
                  Clear {bytesText(storage.cache)}
                </Button>
                <Button onClick={() => setIsAsking(false)}>Keep it</Button>
              </>
            ) : (
              <Button disabled={storage.cache === 0} onClick={() => setIsAsking(true)}>
                Clear waveforms and features…
              </Button>
            )}
          </p>
        </>
      )}
    </Panel>
  )
}
