import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactElement, useId, useState } from 'react'
import { Button } from '../kit/elements/button.tsx'
import { Panel } from '../kit/elements/panel.tsx'
import { FolderPicker } from '../library/folder-picker.tsx'
import { queryOf } from '../queries/query-of.ts'
import styles from './bring-in.module.css'
import { change, look, useBringIn } from './bring-in-state.ts'

/** Where the other program's library lies: by its path, or by walking there. */
export const SourcePanel = ({ isBusy }: { readonly isBusy: boolean }): ReactElement => {
  const path = useBringIn((state) => state.path)
  const [place, setPlace] = useState<string | null>(null)
  const fieldId = useId()
  const { data: listing } = useQuery({
    ...queryOf('listFolders', { query: place === null ? {} : { path: place } }),
    staleTime: 0,
    placeholderData: (before) => before,
  })
  const go = (to: string): void => {
    setPlace(to)
    change({ path: to })
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    look({ moves: [], answers: [], leftOut: [] })
  }
  return (
    <Panel title="Where is it?">
      <form className={styles.form} onSubmit={submit}>
        <p className="quiet">
          A rekordbox, iTunes or VirtualDJ XML, a Traktor collection, a playlist, or the folder or drive that holds the
          library. Nothing in it is changed.
        </p>
        <div className={styles.line}>
          <label htmlFor={fieldId}>File, folder or drive</label>
          <input
            id={fieldId}
            value={path}
            spellCheck={false}
            autoComplete="off"
            placeholder="Paste a path, or choose a folder below"
            onChange={({ target }) => change({ path: target.value })}
          />
          <Button look="main" type="submit" disabled={path.trim() === '' || isBusy}>
            {isBusy ? 'Looking…' : 'Look through it'}
          </Button>
        </div>
        <details className={styles.walk}>
          <summary>Choose a folder</summary>
          <FolderPicker listing={listing} onGo={go} />
        </details>
      </form>
    </Panel>
  )
}
