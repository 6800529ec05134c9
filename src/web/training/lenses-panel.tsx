import { useQueryClient } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { LONGEST_KIND_NAME, OWN_KIND_KEYS } from '../../core/labels/own-kind.ts'
import { SECTION_COLOURS, SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { OwnKindChip } from '../kit/elements/own-kind-chip.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { makeStep } from '../queries/label-step-changes.ts'
import { refreshAfter } from '../queries/make-stale.ts'
import { type Lens, useLenses } from '../queries/use-own-kinds.ts'
import styles from './lenses-panel.module.css'

type Run = (work: Promise<unknown>) => void

const isOwnKey = (key: string): key is (typeof OWN_KIND_KEYS)[number] =>
  (OWN_KIND_KEYS as readonly string[]).includes(key)

const NewKind = ({ lens, run }: { readonly lens: Lens; readonly run: Run }): ReactElement => {
  const [name, setName] = useState('')
  const [mapsTo, setMapsTo] = useState<SectionKind>('drop')
  const [colour, setColour] = useState<string>(SECTION_COLOURS.drop)
  const [key, setKey] = useState('')
  const add = (): void => {
    const body = { name: name.trim(), maps_to: mapsTo, colour, key: isOwnKey(key) ? key : null }
    run(client.addOwnKind({ params: { id: lens.id }, body }).then(() => setName('')))
  }
  return (
    <form
      className={styles.fields}
      aria-label={`New kind in ${lens.name}`}
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <label>
        Kind <input value={name} maxLength={LONGEST_KIND_NAME} onChange={({ target }) => setName(target.value)} />
      </label>
      <label>
        Stands for{' '}
        <select
          value={mapsTo}
          onChange={({ target }) => {
            setMapsTo(target.value as SectionKind)
            setColour(SECTION_COLOURS[target.value as SectionKind])
          }}
        >
          {SECTION_KINDS.map((kind) => (
            <option key={kind}>{kind}</option>
          ))}
        </select>
      </label>
      <label>
        Colour <input type="color" value={colour} onChange={({ target }) => setColour(target.value)} />
      </label>
      <label>
        Key{' '}
        <select value={key} onChange={({ target }) => setKey(target.value)}>
          <option value="">none</option>
          {OWN_KIND_KEYS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </label>
      <Button type="submit" disabled={name.trim() === ''}>
        Add kind
      </Button>
    </form>
  )
}

type LensRowProps = {
  readonly lens: Lens
  readonly run: Run
  /** What was removed can be taken back. */
  readonly onRemove: (removal: ReturnType<typeof client.removeLens>) => void
}

const LensRow = ({ lens, run, onRemove }: LensRowProps): ReactElement => (
  <li className={styles.lens} aria-label={lens.name}>
    <h3>{lens.name}</h3>
    <ul className={styles.kinds}>
      {lens.kinds.map((kind) => (
        <li key={kind.id}>
          <OwnKindChip kind={kind} />
          <span className="quiet">
            {kind.maps_to}, {countText(kind.labels, 'label')}
          </span>
          <Button
            look="bare"
            aria-label={`Remove ${kind.name}; labels keep it`}
            title="Labels keep it"
            onClick={() => onRemove(client.removeOwnKind({ params: { id: kind.id } }))}
          >
            ✕
          </Button>
        </li>
      ))}
    </ul>
    <NewKind lens={lens} run={run} />
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
  const run: Run = (work) => void work.then(() => refreshAfter(queries, 'lenses'), notifyProblem)
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
          run(client.addLens({ body: { name: name.trim() } }).then(() => setName('')))
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
