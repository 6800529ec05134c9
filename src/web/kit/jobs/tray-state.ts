import { z } from 'zod'
import { create } from 'zustand'

const STORED_AS = 'algiers.dismissed-jobs'
/** The server lists no more than these; older jobs are not shown anyway. */
const MOST_KEPT = 100

const read = (): readonly number[] => {
  try {
    return z.array(z.number()).parse(JSON.parse(localStorage.getItem(STORED_AS) ?? '[]'))
  } catch {
    // Another version wrote it.
    return []
  }
}

type TrayState = { readonly isOpen: boolean; readonly dismissed: readonly number[] }

/** The jobs are the server's; this page keeps only which ended ones the person has put away. */
export const useTray = create<TrayState>(() => ({ isOpen: false, dismissed: read() }))

export const dismissJobs = (ids: readonly number[]): void => {
  useTray.setState(({ dismissed }) => ({ dismissed: [...dismissed, ...ids].slice(-MOST_KEPT) }))
  localStorage.setItem(STORED_AS, JSON.stringify(useTray.getState().dismissed))
}

export const showTray = (): void => useTray.setState({ isOpen: true })
