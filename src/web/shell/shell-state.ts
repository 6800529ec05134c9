import { create } from 'zustand'

type ShellState = { readonly overlay: 'palette' | 'keys' | null }

/** What lies over the screen, asked for from anywhere. */
export const useShell = create<ShellState>(() => ({ overlay: null }))

export const closeOverlay = (): void => useShell.setState({ overlay: null })
