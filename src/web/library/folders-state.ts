import { create } from 'zustand'
import type { DroppedFolder } from './match-folder.ts'

type FoldersState = {
  readonly isOpen: boolean
  /** What was dropped onto the page; the browser does not tell where it lies. */
  readonly dropped: DroppedFolder | null
}

/** The dialog with the folders of the library: opened from the header, the welcome, the palette and by dropping a folder. */
export const useFolders = create<FoldersState>(() => ({ isOpen: false, dropped: null }))

export const openFolders = (dropped: DroppedFolder | null = null): void =>
  useFolders.setState({ isOpen: true, dropped })
export const closeFolders = (): void => useFolders.setState({ isOpen: false, dropped: null })
