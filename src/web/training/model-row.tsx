import { type ReactElement, useState } from 'react'
import { addressOf } from '../../api/operations/client.ts'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import { Button } from '../kit/elements/button.tsx'
import { ConfirmedButton } from '../kit/elements/confirmed-button.tsx'
import { percentText } from '../kit/words/percent-text.ts'
import { dateText } from '../kit/words/time-text.ts'
import { useIsCatalogue } from '../queries/use-health.ts'
import type { ModelRow as Model } from '../queries/use-training.ts'
import { BetterOnes } from './better-ones.tsx'
import styles from './models-panel.module.css'
import { OwnLine } from './own-figures.tsx'
import { VersionWordsForm } from './version-words-form.tsx'

type ModelRowProps = {
  readonly model: Model
  /** The version whose sections are shown now, which the others are compared with. */
  readonly active: number | null
  readonly isOpen: boolean
  readonly onReport: () => void
  readonly onActivate: () => void
  /** Settled when it is known what came of it. */
  readonly onBlend: () => Promise<void>
  readonly onCompare: (versions: readonly [number, number]) => void
  readonly onDelete: () => void
  readonly onDescribe: (words: { readonly name: string; readonly notes: string }) => void
}

const isMeasuredHere = ({ origin }: Model): boolean => origin === 'trained' || origin === 'blend'

/** A version that somebody else made was measured on labels of theirs. */
const Figures = ({ model }: { readonly model: Model }): ReactElement | null => {
  if (model.accuracy === null || model.f1_score === null) return null
  const figures = `Accuracy: ${percentText(model.accuracy)} · F1: ${percentText(model.f1_score)}`
  if (isMeasuredHere(model)) return <span className="figures">{figures}</span>
  const makers = model.origin === 'imported' ? 'Its maker measured' : 'Its makers measured, on open music'
  return (
    <span className="quiet figures">
      {makers}: {figures}
    </span>
  )
}

const Unknown = ({ model }: { readonly model: Model }): ReactElement | null => {
  const unknown = SECTION_KINDS.filter((kind) => !model.kinds.includes(kind))
  return unknown.length === 0 ? null : <p className="quiet">Does not know {unknown.join(', ')}.</p>
}

/** A version that was damaged on the disk: what is wrong with it, and the way to be rid of it. */
const DamagedRow = ({
  model: { version, is_active },
  onDelete,
}: Pick<ModelRowProps, 'model' | 'onDelete'>): ReactElement => (
  <li data-active={is_active || undefined} className={styles.model} aria-label={`v${version}`}>
    <div className={styles.line}>
      <strong>v{version}</strong>
      <span className={styles.mark}>Damaged</span>
      {is_active && <span className={styles.active}>Active</span>}
    </div>
    <p className={styles.incompatible}>
      This version cannot be used: its files are damaged. Your labels are all here: start a training, or import the
      version again.
    </p>
    <div className={styles.actions}>
      <DeleteVersion version={version} isActive={is_active} onConfirm={onDelete} />
    </div>
  </li>
)

type DeleteVersionProps = {
  readonly version: number
  readonly isActive: boolean
  readonly onConfirm: () => void
}

const DeleteVersion = ({ version, isActive, onConfirm }: DeleteVersionProps): ReactElement => (
  <ConfirmedButton
    disabled={isActive}
    title={isActive ? 'The active version cannot be deleted: activate another one first' : ''}
    answer={`Delete v${version} for good`}
    onConfirm={onConfirm}
  >
    Delete
  </ConfirmedButton>
)

/** A version: what it is worth, and what can be done with it. */
export const ModelRow = (row: ModelRowProps): ReactElement =>
  row.model.damage === null ? <SoundRow {...row} /> : <DamagedRow model={row.model} onDelete={row.onDelete} />

const SoundRow = ({ model, active, isOpen, ...does }: ModelRowProps): ReactElement => {
  const [isDescribed, setIsDescribed] = useState(false)
  const [isBlending, setIsBlending] = useState(false)
  const isShared = useIsCatalogue() === true
  const blend = async (): Promise<void> => {
    setIsBlending(true)
    await does.onBlend()
    setIsBlending(false)
  }
  const { version, name, notes, origin, scope, is_active, is_compatible, created_at } = model
  const isOurs = origin !== 'shipped'
  return (
    <li data-active={is_active || undefined} className={styles.model} aria-label={`v${version}`}>
      <div className={styles.line}>
        <strong>{isOurs ? `v${version}` : `v${version}, ${name}`}</strong>
        {isOurs && name !== null && <span className={styles.name}>{name}</span>}
        {scope !== null && <span className={styles.mark}>for {scope.name}</span>}
        {origin === 'imported' && <span className={styles.mark}>Imported</span>}
        {origin === 'blend' && <span className={styles.mark}>Blend</span>}
        <Figures model={model} />
        {is_active && <span className={styles.active}>Active</span>}
      </div>
      {!isMeasuredHere(model) && <OwnLine version={version} />}
      <BetterOnes version={version} />
      {isOurs && <p className="quiet">{dateText(created_at)}</p>}
      {notes !== null && <p className={styles.notes}>{notes}</p>}
      <Unknown model={model} />
      {!is_compatible && (
        <p className={styles.incompatible}>
          Incompatible model: another version of Algiers measured what it was trained on, so it cannot be used now. Your
          labels are all here: start a training.
        </p>
      )}
      {isDescribed && (
        <VersionWordsForm
          model={model}
          onClose={() => setIsDescribed(false)}
          onSave={(words) => {
            setIsDescribed(false)
            does.onDescribe(words)
          }}
        />
      )}
      <div className={styles.actions}>
        <Button aria-expanded={isOpen} onClick={does.onReport}>
          Report
        </Button>
        {!is_active && is_compatible && !(isShared && scope !== null) && (
          <Button onClick={does.onActivate}>Activate</Button>
        )}
        {!is_active && active !== null && (
          <Button onClick={() => does.onCompare([active, version])}>Compare with v{active}</Button>
        )}
        {origin === 'imported' && is_compatible && !isShared && (
          <Button disabled={isBlending} onClick={() => void blend()}>
            {isBlending ? 'Blending…' : 'Blend with mine'}
          </Button>
        )}
        {isOurs && (
          <>
            {!isDescribed && <Button onClick={() => setIsDescribed(true)}>Name…</Button>}
            <a className={styles.export} href={addressOf('exportModel', { params: { version } })} download>
              Export
            </a>
            <DeleteVersion version={version} isActive={is_active} onConfirm={does.onDelete} />
          </>
        )}
      </div>
    </li>
  )
}
