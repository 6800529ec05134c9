import { type FormEvent, type ReactElement, useState } from 'react'
import { LONGEST_VERSION_NAME, LONGEST_VERSION_NOTES } from '../../core/models/version-words.ts'
import { Button } from '../kit/elements/button.tsx'
import type { ModelRow } from '../queries/use-training.ts'
import styles from './models-panel.module.css'

type Words = { readonly name: string; readonly notes: string }
type VersionWordsProps = {
  readonly model: ModelRow
  readonly onSave: (words: Words) => void
  readonly onClose: () => void
}

/** The name of a version, and what the person wants to remember about it. */
export const VersionWordsForm = ({ model, onSave, onClose }: VersionWordsProps): ReactElement => {
  const [name, setName] = useState(model.name ?? '')
  const [notes, setNotes] = useState(model.notes ?? '')
  const save = (event: FormEvent): void => {
    event.preventDefault()
    onSave({ name, notes })
  }
  return (
    <form className={styles.words} onSubmit={save}>
      <label>
        Name <input value={name} maxLength={LONGEST_VERSION_NAME} onChange={({ target }) => setName(target.value)} />
      </label>
      <label>
        Notes{' '}
        <textarea
          value={notes}
          rows={3}
          maxLength={LONGEST_VERSION_NOTES}
          onChange={({ target }) => setNotes(target.value)}
        />
      </label>
      <p className="quiet">Both go with the version when you export it.</p>
      <div className={styles.actions}>
        <Button type="submit" look="main">
          Save
        </Button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </form>
  )
}
