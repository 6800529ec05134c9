import { create } from 'zustand'

type ShellState = {
  readonly overlay: 'palette' | 'keys' | null
  /** What the palette looks for; keys are collected from the moment it was asked for, drawn or not. */
  readonly sought: string
}

/** The overlay that lies over the screen, and can be opened from anywhere. */
export const useShell = create<ShellState>(() => ({ overlay: null, sought: '' }))

export const openOverlay = (overlay: NonNullable<ShellState['overlay']>): void =>
  useShell.setState({ overlay, sought: '' })
export const closeOverlay = (): void => useShell.setState({ overlay: null })
