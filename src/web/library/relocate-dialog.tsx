import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useId, useRef, useState } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notify } from '../kit/notices.tsx'
import { scanAgain } from '../queries/job-requests.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './add-folder.module.css'
import { FolderPicker } from './folder-picker.tsx'
import { closeTrackFiles } from './track-files-state.ts'

type RelocateDialogProps = {
  /** Null: all that are missing. */
  readonly ids: readonly number[] | null
  readonly title: string
}

/** Says where the files of tracks lie now: a folder that is searched, or the file itself. */
export const RelocateDialog = ({ ids, title }: RelocateDialogProps): ReactElement => {
  const field = useRef<HTMLInputElement>(null)
  const fieldId = useId()
  /** Null: where the server begins. */
  const [place, setPlace] = useState<string | null>(null)
  /** Null: the folder that is listed. */
  const [chosen, setChosen] = useState<string | null>(null)
  const listing = useQuery({
    ...queryOf('listFolders', { query: place === null ? {} : { path: place } }),
    staleTime: 0,
  })
  const path = chosen ?? listing.data?.path ?? ''
  const relocate = useMutation({
    mutationFn: () => client.relocateTracks({ body: { path: path.trim(), ...(ids ? { track_ids: [...ids] } : {}) } }),
    onSuccess: ({ relocated, not_found: rest, added_root: root }) => {
      closeTrackFiles()
      const parts = [
        ...(rest.length > 0 ? [`${countText(rest.length)} not found there.`] : []),
        ...(root ? [`${root.path} is one of your folders now, and is being read.`] : []),
      ]
      notify({ tone: 'plain', title: `${countText(relocated.length)} found`, detail: parts.join(' ') })
      if (root) void scanAgain()
    },
  })
  const go = (to: string): void => {
    setPlace(to)
    setChosen(null)
    relocate.reset()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    relocate.mutate()
  }
  return (
    <DialogFrame title={`Relocate ${title}`} size="wide" isOpen onClose={closeTrackFiles} focused={field}>
      <form className={styles.form} onSubmit={submit}>
        <div className={styles.path}>
          <label htmlFor={fieldId}>Folder or file where {ids?.length === 1 ? 'it lies' : 'they lie'} now</label>
          <input
            ref={field}
            id={fieldId}
            value={path}
            spellCheck={false}
            autoComplete="off"
            onChange={({ target }) => setChosen(target.value)}
          />
          {chosen !== null && <Button onClick={() => go(chosen.trim())}>Look inside</Button>}
          <Button look="main" type="submit" disabled={path.trim() === '' || relocate.isPending}>
            {relocate.isPending ? 'Looking…' : 'Look here'}
          </Button>
        </div>
        {relocate.error && <ProblemNote error={relocate.error} />}
        {listing.error && <ProblemNote error={listing.error} />}
        <FolderPicker
          listing={listing.data}
          onGo={go}
          onFile={(name) => {
            setChosen(`${listing.data?.path ?? ''}/${name}`)
            relocate.reset()
          }}
        />
        <p className="quiet">
          Tracks are known by their sound, whatever the files are called. Folders inside are searched too. A folder
          outside yours is added to the library. No file is changed.
        </p>
      </form>
    </DialogFrame>
  )
}
