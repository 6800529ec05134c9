import { Copy, CopyPlus, Download, ListMusic, Printer, Redo2, Scale, Trash2, Undo2 } from 'lucide-react'
import { type FormEvent, type ReactElement, useState } from 'react'
import { useNavigate } from 'react-router'
import { addressOf } from '../../api/operations/client.ts'
import { LIBRARY_FILE_NAMES, WRITTEN_LIBRARIES } from '../../core/interop/libraries/written-library-traits.ts'
import { RenderMix } from '../audition/render-mix.tsx'
import { Button } from '../kit/elements/button.tsx'
import { ConfirmedButton } from '../kit/elements/confirmed-button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { notify } from '../kit/notices.tsx'
import { CompareVersions } from './compare-versions.tsx'
import styles from './set-bar.module.css'
import { copySet, deleteSet, keepAsPlaylist, redoChange, renameSet, undoChange } from './set-changes.ts'
import type { ShownSet } from './set-state.ts'
import { trackListText } from './track-list-text.ts'

const copyList = async (set: ShownSet): Promise<void> => {
  try {
    await navigator.clipboard.writeText(trackListText(set))
    notify({ tone: 'plain', title: 'Track list copied' })
  } catch {
    notify({ tone: 'problem', title: 'The browser does not let this page copy', detail: trackListText(set) })
  }
}

/** The name, which is changed where it stands. */
const SetName = ({ set }: { readonly set: ShownSet }): ReactElement => {
  const [name, setName] = useState<string | null>(null)
  const rename = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    const wanted = name?.trim() ?? ''
    if (wanted === '' || wanted === set.name || (await renameSet(set, wanted))) setName(null)
  }
  return (
    <form className={styles.name} data-name={name ?? set.name} onSubmit={(event) => void rename(event)}>
      <input
        aria-label="Name of the set"
        value={name ?? set.name}
        maxLength={200}
        onChange={({ target }) => setName(target.value)}
        onBlur={(event) => void rename(event)}
      />
    </form>
  )
}

const Export = ({ set }: { readonly set: ShownSet }): ReactElement => {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setIsOpen(true)}>
        <Download size={14} aria-hidden="true" /> Export…
      </Button>
      <DialogFrame title={`Export ${set.name}`} isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <p>
          The tracks in their order as a playlist. Where the format holds cues, each track has memory cues “Mix in” and
          “Mix out” at the bars of this set.
        </p>
        <ul className={styles.files}>
          {LIBRARY_FILE_NAMES.map((format) => (
            <li key={format}>
              <a href={addressOf('exportSet', { params: { id: set.id }, query: { format } })} download>
                {WRITTEN_LIBRARIES[format].title}
              </a>{' '}
              <span className="quiet">{WRITTEN_LIBRARIES[format].holdsCues ? 'playlist and cues' : 'playlist'}</span>
            </li>
          ))}
        </ul>
        <p className={styles.actions}>
          <RenderMix
            name="Make one WAV file"
            body={{
              track_ids: set.places.map(({ track_id }) => track_id),
              transitions: set.transitions.map((transition) => transition?.move ?? null),
              trims_db: set.places.map(({ trim_db }) => trim_db),
            }}
            isReady
          />
        </p>
        <Button
          onClick={() => {
            setIsOpen(false)
            void keepAsPlaylist(set)
          }}
        >
          <ListMusic size={14} aria-hidden="true" /> Keep as a playlist
        </Button>
      </DialogFrame>
    </>
  )
}

/** What can be done with a set as a whole. */
export const SetBar = ({ set }: { readonly set: ShownSet }): ReactElement => {
  const navigate = useNavigate()
  const [isComparing, setIsComparing] = useState(false)
  const isEmpty = set.places.length === 0
  return (
    <>
      <div className={styles.bar}>
        <SetName set={set} />
        <span className={styles.actions}>
          <Button
            disabled={set.undoes === null}
            title={set.undoes === null ? 'Nothing to undo' : `Undo: ${set.undoes}`}
            onClick={() => void undoChange(set)}
          >
            <Undo2 size={14} aria-hidden="true" /> Undo
          </Button>
          <Button
            disabled={set.redoes === null}
            title={set.redoes === null ? 'Nothing to redo' : `Redo: ${set.redoes}`}
            onClick={() => void redoChange(set)}
          >
            <Redo2 size={14} aria-hidden="true" /> Redo
          </Button>
          <Button aria-expanded={isComparing} onClick={() => setIsComparing(!isComparing)}>
            <Scale size={14} aria-hidden="true" /> Compare
          </Button>
          <Button onClick={() => void copySet(set, navigate)}>
            <CopyPlus size={14} aria-hidden="true" /> Duplicate
          </Button>
          <Button disabled={isEmpty} onClick={() => void copyList(set)}>
            <Copy size={14} aria-hidden="true" /> Copy the track list
          </Button>
          <Button disabled={isEmpty} onClick={() => window.print()}>
            <Printer size={14} aria-hidden="true" /> Print
          </Button>
          {!isEmpty && <Export set={set} />}
          <ConfirmedButton
            question={`Delete ${set.name} with all its versions? The tracks stay.`}
            answer="Delete"
            onConfirm={() => void deleteSet(set, navigate)}
          >
            <Trash2 size={14} aria-hidden="true" /> Delete
          </ConfirmedButton>
        </span>
      </div>
      {isComparing && <CompareVersions set={set} />}
    </>
  )
}
