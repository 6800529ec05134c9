import { type ReactElement, useEffect } from 'react'
import { create } from 'zustand'
import { ApiProblem } from '../../api/operations/client.ts'
import { Button } from './elements/button.tsx'
import styles from './notices.module.css'

type Notice = {
  readonly id: number
  readonly tone: 'plain' | 'problem'
  readonly title: string
  readonly detail?: string
  readonly action?: { readonly name: string; readonly run: () => void }
}

const useNotices = create<{ readonly notices: readonly Notice[] }>(() => ({ notices: [] }))
let lastId = 0

const dismiss = (id: number): void =>
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }))

/** Shows a notice at the edge of the screen: a problem stays until it is dismissed, anything else for a while. */
export const notify = (notice: Omit<Notice, 'id'>): void =>
  useNotices.setState(({ notices }) => ({ notices: [...notices.slice(-3), { ...notice, id: ++lastId }] }))

/** What failed, why, and what to do: in the server's words where it has some. */
export const notifyProblem = (error: unknown): void => {
  if (error instanceof ApiProblem) {
    const { title, detail, hint } = error.problem
    notify({ tone: 'problem', title, detail: `${detail} ${hint}` })
  } else
    notify({
      tone: 'problem',
      title: 'The server does not answer',
      detail: 'Start Algiers again: this page will find it. Nothing that was saved is lost.',
    })
}

const SHOWN_MS = 6000

const NoticeCard = ({ id, tone, title, detail, action }: Notice): ReactElement => {
  useEffect(() => {
    if (tone === 'problem') return
    const timer = setTimeout(() => dismiss(id), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [id, tone])
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'problem' ? 'alert' : 'status'}>
      <div>
        <strong>{title}</strong>
        {detail && <p className="quiet">{detail}</p>}
      </div>
      {action && (
        <Button
          onClick={() => {
            action.run()
            dismiss(id)
          }}
        >
          {action.name}
        </Button>
      )}
      <Button look="bare" aria-label="Dismiss" onClick={() => dismiss(id)}>
        ✕
      </Button>
    </div>
  )
}

export const Notices = (): ReactElement => {
  const { notices } = useNotices()
  return (
    <aside aria-label="Notices">
      <div className={styles.notices}>
        {notices.map((notice) => (
          <NoticeCard key={notice.id} {...notice} />
        ))}
      </div>
    </aside>
  )
}
