import { useMutation, useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, type RefObject, useId, useState } from 'react'
import { ApiProblem } from '../../api/operations/client.ts'
import { countText } from '../../core/units/count-text.ts'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { notify } from '../kit/notices.tsx'
import { useRested } from '../kit/use-rested.ts'
import { scanAgain } from '../queries/job-requests.ts'
import { queryOf } from '../queries/query-of.ts'
import styles from './add-folder.module.css'
import { DroppedMatches } from './dropped-matches.tsx'
import { FolderPicker } from './folder-picker.tsx'
import { closeFolders } from './folders-state.ts'
import type { DroppedFolder } from './match-folder.ts'

/** Long enough for the next letter, short enough to seem at once. */
const TYPING_RESTS_MS = 300

type AddFolderProps = {
  readonly dropped: DroppedFolder | null
  /** Where a path is typed. */
  readonly field: RefObject<HTMLInputElement | null>
}

/** Chooses a folder of the machine that Algiers runs on: by its path, or by walking there. */
export const AddFolder = ({ dropped, field }: AddFolderProps): ReactElement => {
  /** Null: where the server begins. */
  const [place, setPlace] = useState<string | null>(null)
  /** Null: what is listed. */
  const [typed, setTyped] = useState<string | null>(null)
  const fieldId = useId()
  /** What is typed, once the typing rests. */
  const rested = useRested(typed?.trim() ?? '', TYPING_RESTS_MS)
  const wanted = typed === null || rested === '' ? place : rested
  const listing = useQuery({
    ...queryOf('listFolders', { query: wanted === null ? {} : { path: wanted } }),
    staleTime: 0,
    placeholderData: (before) => before,
  })
  /** A path that is being typed is often not there yet, which is no problem. */
  const isNowhere = typed !== null && listing.error instanceof ApiProblem
  const path = typed ?? listing.data?.path ?? ''
  const add = useMutation({
    mutationFn: () => client.addRoot({ body: { path: path.trim() } }),
    onSuccess: (root) => {
      closeFolders()
      notify({ tone: 'plain', title: 'Folder added', detail: `${root.path} is being read.` })
      void scanAgain()
    },
  })
  const go = (to: string): void => {
    setPlace(to)
    setTyped(null)
    add.reset()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    add.mutate()
  }
  const { audio_files: audioFiles = 0 } = listing.data ?? {}
  return (
    <form className={styles.form} onSubmit={submit}>
      {dropped && <DroppedMatches dropped={dropped} onChoose={go} />}
      <div className={styles.path}>
        <label htmlFor={fieldId}>Folder to add</label>
        <input
          ref={field}
          id={fieldId}
          value={path}
          spellCheck={false}
          autoComplete="off"
          placeholder="Paste the path of a folder"
          onChange={({ target }) => setTyped(target.value)}
        />
        <Button look="main" type="submit" disabled={path.trim() === '' || add.isPending}>
          {add.isPending ? 'Adding…' : 'Add this folder'}
        </Button>
      </div>
      {add.error && <ProblemNote error={add.error} />}
      {listing.error && !isNowhere && <ProblemNote error={listing.error} />}
      <FolderPicker
        listing={listing.data}
        onGo={go}
        {...(isNowhere ? { whyNothing: (listing.error as ApiProblem).problem.detail } : {})}
      />
      <p className={`quiet ${styles.about}`} role="status">
        {listing.data &&
          !isNowhere &&
          `${countText(audioFiles, 'audio file')} directly in it. Folders inside are read too. Nothing is copied, moved or changed.`}
      </p>
    </form>
  )
}
