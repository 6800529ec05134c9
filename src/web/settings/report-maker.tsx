import { type ReactElement, useState } from 'react'
import { addressOf } from '../../api/operations/client.ts'
import { Button } from '../kit/elements/button.tsx'
import { LogDialog } from './log-dialog.tsx'
import styles from './setting-rows.module.css'

/** What helps whoever mends Algiers: the person reads it and sends it, or does not. */
export const ReportMaker = (): ReactElement => {
  const [withNames, setWithNames] = useState(false)
  const [isLogOpen, setIsLogOpen] = useState(false)
  return (
    <>
      <label className={styles.tick}>
        <input type="checkbox" checked={withNames} onChange={({ target }) => setWithNames(target.checked)} /> Include
        titles, file names and folders
      </label>
      <p className={styles.actions}>
        <a href={addressOf('report', { query: { names: withNames ? 'true' : 'false' } })} download>
          Make a report
        </a>
        <Button onClick={() => setIsLogOpen(true)}>Show log</Button>
      </p>
      <p className="quiet">
        A report says how this machine, the library and Algiers are, and what went wrong last. It is a file for you to
        read and send; nothing is sent by itself.
      </p>
      {isLogOpen && <LogDialog onClose={() => setIsLogOpen(false)} />}
    </>
  )
}
