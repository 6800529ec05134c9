import { type FormEvent, type ReactElement, useRef, useState } from 'react'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { notifyProblem } from '../kit/notices.tsx'
import { noteQuit } from '../queries/server-events.ts'
import styles from './setting-rows.module.css'

const WORD = 'delete'

/** Typing takes longer than any click that was not meant. */
const Question = ({ onClose }: { readonly onClose: () => void }): ReactElement => {
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const isMeant = typed.trim().toLowerCase() === WORD
  const erase = (event: FormEvent): void => {
    event.preventDefault()
    if (!isMeant) return
    client
      .eraseLibrary({ body: { confirm: WORD } })
      .then(() => noteQuit(true))
      .catch(notifyProblem)
  }
  return (
    <DialogFrame title="Delete the library?" isOpen onClose={onClose} focused={field}>
      <form onSubmit={erase}>
        <p>
          Labels, grids, notes, playlists, sets, models, settings and all copies of the library go, for good. Algiers
          quits then. Your music files stay as they are.
        </p>
        <label>
          Type “{WORD}” to confirm{' '}
          <input ref={field} value={typed} autoComplete="off" onChange={({ target }) => setTyped(target.value)} />
        </label>
        <p className={styles.actions}>
          <Button onClick={onClose}>Keep the library</Button>
          <Button type="submit" look="danger" disabled={!isMeant}>
            Delete the library
          </Button>
        </p>
      </form>
    </DialogFrame>
  )
}

/** For whoever is done with Algiers: to remove the program leaves the library where it is. */
export const EraseLibrary = (): ReactElement => {
  const [isAsking, setIsAsking] = useState(false)
  return (
    <p className={styles.actions}>
      <Button onClick={() => setIsAsking(true)}>Delete the library…</Button>
      {isAsking && <Question onClose={() => setIsAsking(false)} />}
    </p>
  )
}
