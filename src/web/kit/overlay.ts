import { create } from 'zustand'

type ShellState = {
  readonly overlay: 'palette' | 'keys' | null
  /** What the palette looks for; typed from the first key after it was asked for, whether it is drawn yet or not. */
  readonly sought: string
}

/** What lies over the screen, asked for from anywhere. */
export const useShell = create<ShellState>(() => ({ overlay: null, sought: '' }))

export const openOverlay = (overlay: NonNullable<ShellState['overlay']>): void =>
  useShell.setState({ overlay, sought: '' })
export const closeOverlay = (): void => useShell.setState({ overlay: null })
