import { type ReactElement, useState } from 'react'
import { client } from '../kit/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { takeFocus } from '../kit/take-focus.ts'
import type { Lens } from '../queries/use-own-kinds.ts'
import styles from './lenses-panel.module.css'

/** @returns whether it was done */
export type Run = (work: Promise<unknown>) => Promise<boolean>

/** The name of a lens, and a way to change it. */
export const LensName = ({ lens, run }: { readonly lens: Lens; readonly run: Run }): ReactElement => {
  const [name, setName] = useState<string | null>(null)
  const [wasOpen, setWasOpen] = useState(false)
  const open = (): void => {
    setName(lens.name)
    setWasOpen(true)
  }
  const rename = async (asked: string): Promise<void> => {
    if (await run(client.renameLens({ params: { id: lens.id }, body: { name: asked } }))) setName(null)
  }
  return (
    <>
      <h3>{lens.name}</h3>
      {name === null ? (
        <Button ref={wasOpen ? takeFocus : null} look="bare" aria-label={`Rename ${lens.name}`} onClick={open}>
          Rename
        </Button>
      ) : (
        <form
          className={styles.fields}
          aria-label={`Name of ${lens.name}`}
          onSubmit={(event) => {
            event.preventDefault()
            void rename(name.trim())
          }}
        >
          <label>
            New name{' '}
            <input ref={takeFocus} value={name} maxLength={200} onChange={({ target }) => setName(target.value)} />
          </label>
          <Button type="submit" disabled={name.trim() === ''}>
            Keep the name
          </Button>
          <Button onClick={() => setName(null)}>Cancel</Button>
        </form>
      )}
    </>
  )
}
