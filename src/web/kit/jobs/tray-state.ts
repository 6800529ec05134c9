import { z } from 'zod'
import { create } from 'zustand'

const STORED_AS = { dismissed: 'algiers.dismissed-jobs', seen: 'algiers.seen-jobs' } as const
type Kept = keyof typeof STORED_AS
/** The server lists no more than these; older jobs are not shown anyway. */
const MOST_KEPT = 100

const read = (kept: Kept): readonly number[] => {
  try {
    return z.array(z.number()).parse(JSON.parse(localStorage.getItem(STORED_AS[kept]) ?? '[]'))
  } catch {
    // Another version wrote it.
    return []
  }
}

type TrayState = {
  readonly isOpen: boolean
  readonly dismissed: readonly number[]
  /** Those whose end the person has seen in the tray. */
  readonly seen: readonly number[]
}

/** The jobs are the server's; this page keeps only which ended ones the person has seen or put away. */
export const useTray = create<TrayState>(() => ({ isOpen: false, dismissed: read('dismissed'), seen: read('seen') }))

const keep = (kept: Kept, ids: readonly number[]): void => {
  const before = useTray.getState()[kept]
  const fresh = ids.filter((id) => !before.includes(id))
  if (fresh.length === 0) return
  const all = [...before, ...fresh].slice(-MOST_KEPT)
  useTray.setState(kept === 'seen' ? { seen: all } : { dismissed: all })
  localStorage.setItem(STORED_AS[kept], JSON.stringify(all))
}

export const dismissJobs = (ids: readonly number[]): void => keep('dismissed', ids)

export const markSeen = (ids: readonly number[]): void => keep('seen', ids)

export const showTray = (): void => useTray.setState({ isOpen: true })
