import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { OwnKindChip } from '../kit/elements/own-kind-chip.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { takeFocus } from '../kit/take-focus.ts'
import { makeStep } from '../queries/label-step-changes.ts'
import { refreshAfter } from '../queries/make-stale.ts'
import { type Lens, useLenses } from '../queries/use-own-kinds.ts'
import { LensName, type Run } from './lens-name.tsx'
import styles from './lenses-panel.module.css'
import { OwnKindForm } from './own-kind-form.tsx'

type OwnKind = Lens['kinds'][number]

type KindRowProps = {
  readonly kind: OwnKind
  readonly taken: ReadonlySet<string>
  readonly run: Run
  readonly onRemove: () => void
}

const KindRow = ({ kind, taken, run, onRemove }: KindRowProps): ReactElement => {
  const [state, setState] = useState<'quiet' | 'changing' | 'done'>('quiet')
  if (state === 'changing')
    return (
      <OwnKindForm
        title={`Change ${kind.name}`}
        does="Keep the change"
        kind={kind}
        labels={kind.labels}
        taken={taken}
        onCancel={() => setState('done')}
        onKeep={async (body) => {
          if (await run(client.changeOwnKind({ params: { id: kind.id }, body }))) setState('done')
          return false
        }}
      />
    )
  return (
    <>
      <OwnKindChip kind={kind} />
      <span className="quiet">
        {kind.maps_to}, {countText(kind.labels, 'label')}
      </span>
      <Button
        ref={state === 'done' ? takeFocus : null}
        look="bare"
        aria-label={`Change ${kind.name}`}
        onClick={() => setState('changing')}
      >
        Change
      </Button>
      <Button look="bare" aria-label={`Remove ${kind.name}; labels keep it`} title="Labels keep it" onClick={onRemove}>
        ✕
      </Button>
    </>
  )
}

type LensRowProps = {
  readonly lens: Lens
  /** Keys of the kinds of all lenses. */
  readonly keys: readonly string[]
  readonly run: Run
  /** What was removed can be taken back. */
  readonly onRemove: (removal: ReturnType<typeof client.removeLens>) => void
}

const LensRow = ({ lens, keys, run, onRemove }: LensRowProps): ReactElement => (
  <li className={styles.lens} aria-label={lens.name}>
    <LensName lens={lens} run={run} />
    <ul className={styles.kinds}>
      {lens.kinds.map((kind) => (
        <li key={kind.id}>
          <KindRow
            kind={kind}
            taken={new Set(keys.filter((key) => key !== kind.key))}
            run={run}
            onRemove={() => onRemove(client.removeOwnKind({ params: { id: kind.id } }))}
          />
        </li>
      ))}
    </ul>
    <OwnKindForm
      title={`New kind in ${lens.name}`}
      does="Add kind"
      taken={new Set(keys)}
      onKeep={(body) => run(client.addOwnKind({ params: { id: lens.id }, body }))}
    />
    <Button title="Labels keep its kinds" onClick={() => onRemove(client.removeLens({ params: { id: lens.id } }))}>
      Remove lens
    </Button>
  </li>
)

/** Vocabularies of the person's own: kinds beside the seven, each of which is one of them for everybody else. */
export const LensesPanel = (): ReactElement => {
  const queries = useQueryClient()
  const { data: lenses, error } = useLenses()
  const [name, setName] = useState('')
  const run: Run = async (work) => {
    try {
      await work
      await refreshAfter(queries, 'lenses')
      return true
    } catch (problem) {
      notifyProblem(problem)
      return false
    }
  }
  const keys = lenses?.flatMap(({ kinds }) => kinds.flatMap(({ key }) => key ?? [])) ?? []
  return (
    <Panel title="Lenses">
      {error && <ProblemNote error={error} />}
      <p className="quiet">
        A lens holds kinds of your own, such as “second drop”. Each stands for one of the seven, which is what other
        programs get.
      </p>
      <ul className={styles.lenses}>
        {lenses?.map((lens) => (
          <LensRow
            key={lens.id}
            lens={lens}
            keys={keys}
            run={run}
            onRemove={(removal) => void makeStep(queries, removal, 'lenses')}
          />
        ))}
      </ul>
      <form
        className={styles.fields}
        aria-label="New lens"
        onSubmit={(event) => {
          event.preventDefault()
          void run(client.addLens({ body: { name: name.trim() } })).then((isAdded) => isAdded && setName(''))
        }}
      >
        <label>
          Lens <input value={name} maxLength={200} onChange={({ target }) => setName(target.value)} />
        </label>
        <Button type="submit" disabled={name.trim() === ''}>
          Add lens
        </Button>
      </form>
    </Panel>
  )
}
