import { z } from 'zod'
import { create } from 'zustand'

const STORED_AS = 'algiers.dismissed-jobs'
/** The server lists as many; older ones are not shown anyway. */
const MOST_KEPT = 100

const read = (): readonly number[] => {
  try {
    return z.array(z.number()).parse(JSON.parse(localStorage.getItem(STORED_AS) ?? '[]'))
  } catch {
    // By another version.
    return []
  }
}

type TrayState = { readonly isOpen: boolean; readonly dismissed: readonly number[] }

/** Jobs are the server's; what this page keeps is which ended ones the user has put away. */
export const useTray = create<TrayState>(() => ({ isOpen: false, dismissed: read() }))

export const dismissJobs = (ids: readonly number[]): void => {
  useTray.setState(({ dismissed }) => ({ dismissed: [...dismissed, ...ids].slice(-MOST_KEPT) }))
  localStorage.setItem(STORED_AS, JSON.stringify(useTray.getState().dismissed))
}

export const showTray = (): void => useTray.setState({ isOpen: true })
