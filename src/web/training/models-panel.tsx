import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useRef, useState } from 'react'
import { ApiProblem, addressOf } from '../../api/operations/client.ts'
import { BUNDLE_ENDING } from '../../core/models/bundle-file.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notify, notifyProblem } from '../kit/notices.tsx'
import { refreshAfter } from '../queries/make-stale.ts'
import { type ModelRow as Model, useModels } from '../queries/use-training.ts'
import { ActivationDialog, type ActivationPreview } from './activation-dialog.tsx'
import { blendWithMine, notifyImported } from './blend-with-mine.ts'
import { ModelRow } from './model-row.tsx'
import styles from './models-panel.module.css'

type ModelsPanelProps = {
  /** The version whose report is open. */
  readonly open: number | null
  readonly onOpen: (version: number | null) => void
  readonly onCompare: (versions: readonly [number, number]) => void
}

/** A bundle goes up as bytes, which the typed client does not send. */
const importBundle = async (file: File): Promise<number> => {
  const answer = await fetch(addressOf('importModel'), {
    method: 'POST',
    headers: { 'content-type': 'application/octet-stream' },
    body: file,
  })
  const document = await answer.json()
  if (!answer.ok) throw new ApiProblem(document)
  return (document as Model).version
}

/** All versions there are: which one reads the library, and what each is worth. */
export const ModelsPanel = ({ open, onOpen, onCompare }: ModelsPanelProps): ReactElement => {
  const queries = useQueryClient()
  const { data: models, error } = useModels()
  const file = useRef<HTMLInputElement>(null)
  const [preview, setPreview] = useState<ActivationPreview | null>(null)
  const active = models?.find(({ is_active, scope }) => is_active && scope === null)?.version ?? null
  const run = (work: Promise<unknown>): void => void work.then(() => refreshAfter(queries, 'models'), notifyProblem)
  const activate = (version: number): void => {
    setPreview(null)
    const scope = models?.find((model) => model.version === version)?.scope ?? null
    run(
      client.activateModel({ params: { version } }).then(() =>
        notify({
          tone: 'plain',
          title: `v${version} is active${scope === null ? '' : ` for ${scope.name}`}`,
          detail: 'The library is read again in the background. Your labels stay as they are.',
          ...(active === null || scope !== null
            ? {}
            : { action: { name: `Back to v${active}`, run: () => activate(active) } }),
        }),
      ),
    )
  }
  const ask = (version: number): void =>
    void client
      .previewActivation({ params: { version } })
      .then((found) => (found.warnings.length > 0 ? setPreview(found) : activate(version)))
      .catch(notifyProblem)
  const remove = (version: number): void => {
    if (open === version) onOpen(null)
    run(client.deleteModel({ params: { version } }))
  }
  const take = (chosen: File | undefined): void => {
    if (chosen) run(importBundle(chosen).then((version) => notifyImported(queries, version)))
  }
  return (
    <Panel
      title="Model Versions"
      aside={
        <>
          <input
            ref={file}
            type="file"
            accept={`${BUNDLE_ENDING},.zip`}
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
      {models?.every(({ origin }) => origin === 'shipped') && (
        <p className="quiet">No model of your own yet. Label sections, then start a training.</p>
      )}
      <ul className={styles.models}>
        {models?.map((model) => (
          <ModelRow
            key={model.version}
            model={model}
            active={active}
            isOpen={open === model.version}
            onReport={() => onOpen(open === model.version ? null : model.version)}
            onActivate={() => ask(model.version)}
            onBlend={() => blendWithMine(queries, model.version)}
            onCompare={onCompare}
            onDelete={() => remove(model.version)}
            onDescribe={(body) => run(client.describeModel({ params: { version: model.version }, body }))}
          />
        ))}
      </ul>
      {preview && <ActivationDialog preview={preview} onClose={() => setPreview(null)} onActivate={activate} />}
    </Panel>
  )
}
