import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useEffect, useRef } from 'react'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { queryOf } from '../queries/query-of.ts'
import styles from './log-dialog.module.css'

/** The end of the log, which stays on this machine. */
export const LogDialog = ({ onClose }: { readonly onClose: () => void }): ReactElement => {
  const { data: log, error } = useQuery({ ...queryOf('log'), staleTime: 0 })
  const text = useRef<HTMLElement>(null)
  // What happened last is what is looked for.
  useEffect(() => {
    if (log && text.current) text.current.scrollTop = text.current.scrollHeight
  }, [log])
  return (
    <DialogFrame title="Log" size="wide" isOpen onClose={onClose} focused={text}>
      {error && <ProblemNote error={error} />}
      {log && (
        <>
          <p className="quiet">It stays on this machine, in {log.path}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
          <section ref={text} className={styles.log} tabIndex={0} aria-label="End of the log">
            {log.text || 'Nothing has been noted yet.'}
          </section>
        </>
      )}
    </DialogFrame>
  )
}
