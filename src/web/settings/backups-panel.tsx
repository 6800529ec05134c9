import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import type { z } from 'zod'
import type { backups } from '../../api/operations/backups.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { ConfirmedButton } from '../kit/elements/confirmed-button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { bytesText } from '../kit/words/bytes-text.ts'
import { dateText } from '../kit/words/time-text.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './backups-panel.module.css'

type Backups = z.output<typeof backups>
type Backup = Backups['backups'][number]
type Counts = Backups['current']

const KINDS: Readonly<Record<Backup['kind'], string>> = {
  day: 'daily copy',
  hand: 'made by you',
  update: 'before an update',
  restore: 'before a restore',
}
const FIRST_SHOWN = 5

const countsText = ({ tracks, labels }: Counts): string =>
  `${labels} ${labels === 1 ? 'label' : 'labels'}, ${tracks} ${tracks === 1 ? 'track' : 'tracks'}`

type RestoreProps = { readonly backup: Backup; readonly current: Counts; readonly onEnd: () => void }

/** Says what is replaced by what before anything happens. */
const AskRestore = ({ backup, current, onEnd }: RestoreProps): ReactElement => {
  const [isRestoring, setIsRestoring] = useState(false)
  const restore = (): void => {
    setIsRestoring(true)
    client
      .restoreBackup({ params: { name: backup.name } })
      .then(() =>
        notify({
          tone: 'plain',
          title: `The library is back to ${dateText(backup.made_at)}`,
          detail: 'The library as it was before is in the list of copies, as “before a restore”.',
        }),
      )
      .catch(notifyProblem)
      .finally(onEnd)
  }
  return (
    <div className={styles.ask} role="group" aria-label="Restore this copy?">
      <p>
        The current library ({countsText(current)}) is set aside as a copy and replaced by this one
        {backup.holds && ` (${countsText(backup.holds)})`}. What you have done since {dateText(backup.made_at)} will
        then be in that copy only. Music files and models stay as they are.
      </p>
      <Button look="danger" disabled={isRestoring} onClick={restore}>
        {isRestoring ? 'Restoring…' : 'Restore'}
      </Button>
      <Button disabled={isRestoring} onClick={onEnd}>
        Keep the current library
      </Button>
    </div>
  )
}

/** Copies of the library: one a day by itself, more by hand, and the way back to each. */
export const BackupsPanel = (): ReactElement => {
  const queries = useQueryClient()
  const { data, error } = useQuery({ ...queryOf('listBackups'), staleTime: 0 })
  const [asked, setAsked] = useState<string | null>(null)
  const [isWhole, setIsWhole] = useState(false)
  const [isMaking, setIsMaking] = useState(false)
  const refresh = (): Promise<unknown> =>
    Promise.all([queries.invalidateQueries(queryOf('listBackups')), queries.invalidateQueries(queryOf('storage'))])
  const make = (): void => {
    setIsMaking(true)
    client
      .makeBackup()
      .then(refresh)
      .catch(notifyProblem)
      .finally(() => setIsMaking(false))
  }
  const remove = (name: string): void =>
    void client.deleteBackup({ params: { name } }).then(refresh).catch(notifyProblem)
  const shown = data?.backups.slice(0, isWhole ? undefined : FIRST_SHOWN) ?? []
  return (
    <Panel
      title="Copies of the library"
      aside={
        <Button disabled={isMaking} onClick={make}>
          {isMaking ? 'Copying…' : 'Make a copy now'}
        </Button>
      }
    >
      {error && <ProblemNote error={error} />}
      <p className="quiet">
        Labels, grids, folders and settings. Algiers makes one copy a day and keeps the last seven.
      </p>
      {data?.backups.length === 0 && <p className="quiet">None yet.</p>}
      <ul className={styles.backups}>
        {shown.map((backup) => (
          <li key={backup.name}>
            <span>
              {dateText(backup.made_at)} <span className="quiet">{KINDS[backup.kind]}</span>
            </span>
            <span className="quiet figures">
              {backup.holds ? countsText(backup.holds) : 'cannot be read'}, {bytesText(backup.bytes)}
            </span>
            {asked === backup.name ? (
              <AskRestore
                backup={backup}
                current={data!.current}
                onEnd={() => {
                  setAsked(null)
                  void refresh()
                }}
              />
            ) : (
              <span className={styles.actions}>
                <Button
                  disabled={backup.holds === null}
                  aria-label={`Restore… ${dateText(backup.made_at)}, ${KINDS[backup.kind]}`}
                  onClick={() => setAsked(backup.name)}
                >
                  Restore…
                </Button>
                <ConfirmedButton
                  look="bare"
                  aria-label={`Delete: ${dateText(backup.made_at)}, ${KINDS[backup.kind]}`}
                  answer="Delete for good"
                  onConfirm={() => remove(backup.name)}
                >
                  Delete
                </ConfirmedButton>
              </span>
            )}
          </li>
        ))}
      </ul>
      {data && data.backups.length > FIRST_SHOWN && (
        <Button look="bare" aria-expanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
          {isWhole ? 'Show fewer' : `Show all ${data.backups.length}`}
        </Button>
      )}
    </Panel>
  )
}
