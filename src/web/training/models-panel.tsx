import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useRef } from 'react'
import { ApiProblem } from '../../api/contract/client.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { ConfirmedButton } from '../kit/elements/confirmed-button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { dateText } from '../kit/words/time-text.ts'
import { keys } from '../queries/query-keys.ts'
import { type ModelRow, useModels } from '../queries/use-training.ts'
import styles from './models-panel.module.css'

type ModelsPanelProps = {
  /** The version whose report is open. */
  readonly open: number | null
  readonly onOpen: (version: number | null) => void
  readonly onCompare: (versions: readonly [number, number]) => void
}

/** A bundle goes up as bytes, which the typed client does not send. */
const importBundle = async (file: File): Promise<number> => {
  const answer = await fetch('/api/training/models/import', {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
  const document = await answer.json()
  if (!answer.ok) throw new ApiProblem(document)
  return (document as ModelRow).version
}

/** All versions there are: which one reads the library, and what each is worth. */
export const ModelsPanel = ({ open, onOpen, onCompare }: ModelsPanelProps): ReactElement => {
  const queries = useQueryClient()
  const { data: models, error } = useModels()
  const file = useRef<HTMLInputElement>(null)
  const active = models?.find(({ is_active }) => is_active)
  const run = (work: Promise<unknown>): void =>
    void work.then(() => queries.invalidateQueries({ queryKey: keys.models }), notifyProblem)
  const activate = (version: number): void =>
    run(
      client.activateModel({ params: { version } }).then(({ previous_version: before }) =>
        notify({
          tone: 'plain',
          title: `v${version} is active`,
          detail: 'The library is read again in the background. Your labels stay as they are.',
          ...(before === null ? {} : { action: { name: `Back to v${before}`, run: () => activate(before) } }),
        }),
      ),
    )
  const remove = (version: number): void => {
    if (open === version) onOpen(null)
    run(client.deleteModel({ params: { version } }))
  }
  const take = (chosen: File | undefined): void => {
    if (chosen) run(importBundle(chosen).then((version) => notify({ tone: 'plain', title: `Imported as v${version}` })))
  }
  return (
    <Panel
      title="Model Versions"
      aside={
        <>
          <input
            ref={file}
            type="file"
            accept=".algiers-model,.zip"
            hidden
            aria-label="Model bundle"
            onChange={({ target }) => {
              take(target.files?.[0])
              target.value = ''
            }}
          />
          <Button look="bare" onClick={() => file.current?.click()}>
            Import…
          </Button>
        </>
      }
    >
      {error && <ProblemNote error={error} />}
      {models?.length === 0 && <p className="quiet">No model yet. Label sections, then start a training.</p>}
      <ul className={styles.models}>
        {models?.toReversed().map(({ version, accuracy, f1_score, is_active, is_compatible, created_at }) => (
          <li key={version} data-active={is_active || undefined} className={styles.model}>
            <div className={styles.line}>
              <strong>v{version}</strong>
              <span className="figures">
                Accuracy: {percentText(accuracy)} · F1: {percentText(f1_score)}
              </span>
              {is_active && <span className={styles.active}>Active</span>}
            </div>
            <p className="quiet">{dateText(created_at)}</p>
            {!is_compatible && (
              <p className={styles.incompatible}>
                Incompatible model: it was trained on what another version of Algiers measured, and reads nothing now.
                Your labels are all there: start a training.
              </p>
            )}
            <div className={styles.actions}>
              <Button aria-expanded={open === version} onClick={() => onOpen(open === version ? null : version)}>
                Report
              </Button>
              {!is_active && is_compatible && <Button onClick={() => activate(version)}>Activate</Button>}
              {!is_active && active && (
                <Button onClick={() => onCompare([active.version, version])}>Compare with v{active.version}</Button>
              )}
              <a className={styles.export} href={`/api/training/models/${version}/export`} download>
                Export
              </a>
              <ConfirmedButton
                disabled={is_active}
                title={is_active ? 'The active version cannot be deleted: activate another one first' : ''}
                answer={`Delete v${version} for good`}
                onConfirm={() => remove(version)}
              >
                Delete
              </ConfirmedButton>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
