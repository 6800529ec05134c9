import { type ReactElement, useEffect, useRef } from 'react'
import { create } from 'zustand'
import { ApiProblem } from '../../api/operations/client.ts'
import { Button } from './elements/button.tsx'
import styles from './notices.module.css'
import { useIsTold } from './told-problems.ts'

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

/** Closes the newest notice. @returns whether there was one */
export const dismissNewest = (): boolean => {
  const newest = useNotices.getState().notices.at(-1)
  if (newest !== undefined) dismiss(newest.id)
  return newest !== undefined
}

const MOST_NOTICES = 4

/** Shows a notice for a while. One that says the same as another takes its place, so that it is read out once. */
export const notify = (notice: Omit<Notice, 'id'>): void => {
  const isSame = (other: Notice): boolean => other.title === notice.title && other.detail === notice.detail
  const { notices } = useNotices.getState()
  const same = notice.action ? undefined : notices.find(isSame)
  if (same === undefined)
    useNotices.setState({ notices: [...notices.slice(1 - MOST_NOTICES), { ...notice, id: ++lastId }] })
}

/** What failed, why, and what to do: in the server's words where it has some. */
export const notifyProblem = (error: unknown): void => {
  if (error instanceof ApiProblem) {
    const { title, detail, hint } = error.problem
    notify({ tone: 'problem', title, detail: `${detail} ${hint}` })
  } else
    notify({
      tone: 'problem',
      title: 'The server does not answer',
      detail: 'Start Algiers again: this page will reconnect. Nothing that was saved is lost.',
    })
}

/** Problems are read more slowly, and long texts longer. */
const SHOWN_MS: Readonly<Record<Notice['tone'], number>> = { plain: 6000, problem: 12_000 }
const READING_MS_PER_CHARACTER = 40
const HELD_MS = 1000

const NoticeCard = ({ id, tone, title, detail = '', action }: Notice): ReactElement => {
  const card = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const leave = (): void => {
      // Whoever points at it, or is in it, has not read it yet.
      if (card.current?.matches(':hover, :focus-within')) timer = setTimeout(leave, HELD_MS)
      else dismiss(id)
    }
    timer = setTimeout(leave, SHOWN_MS[tone] + READING_MS_PER_CHARACTER * detail.length)
    return () => clearTimeout(timer)
  }, [id, tone, detail])
  return (
    <div
      ref={card}
      className={styles.notice}
      data-tone={tone}
      data-notice
      role={tone === 'problem' ? 'alert' : 'status'}
    >
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

/** Stands in its own place between the screen and the player, so that it covers nothing. */
export const Notices = (): ReactElement => {
  const { notices } = useNotices()
  const isTold = useIsTold()
  return (
    <aside aria-label="Notices">
      <div className={styles.notices}>
        {notices
          .filter((notice) => notice.tone === 'plain' || !isTold(notice))
          .map((notice) => (
            <NoticeCard key={notice.id} {...notice} />
          ))}
      </div>
    </aside>
  )
}
