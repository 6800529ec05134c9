import { type ReactElement, useEffect, useState } from 'react'
import { notify } from '../kit/notices.tsx'
import styles from './drop-folder.module.css'
import { openFolders } from './folders-state.ts'
import type { DroppedFolder } from './match-folder.ts'

/** The most that the server looks at in one folder. */
const MOST_ENTRIES = 5000

const entriesOf = async (folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> => {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    // Browsers hand out a hundred at a time, and an empty list at the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    all.push(...some)
    if (some.length === 0 || all.length >= MOST_ENTRIES) return all
  }
}

const readDropped = async (folder: FileSystemDirectoryEntry): Promise<DroppedFolder> => {
  // A browser that refuses to list a folder still tells its name.
  const entries = await entriesOf(folder).catch(() => [])
  const shown = entries.filter(({ name }) => !name.startsWith('.'))
  return {
    name: folder.name,
    folders: shown.filter(({ isDirectory }) => isDirectory).map(({ name }) => name),
    files: shown.filter(({ isFile }) => isFile).map(({ name }) => name),
  }
}

const isFolder = (entry: FileSystemEntry | null): entry is FileSystemDirectoryEntry => entry?.isDirectory === true

const take = async (items: DataTransferItemList | undefined): Promise<void> => {
  const folder = [...(items ?? [])].map((item) => item.webkitGetAsEntry()).find(isFolder)
  if (folder) openFolders(await readDropped(folder))
  else
    notify({
      tone: 'plain',
      title: 'Drop a folder',
      detail: 'Algiers reads whole folders where they are. Drop the folder that holds the files.',
    })
}

/** Takes a folder that is dropped anywhere onto the page. */
export const DropFolder = (): ReactElement | null => {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const over = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setIsOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setIsOver(false)
    }
    const drop = (event: DragEvent): void => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setIsOver(false)
      void take(event.dataTransfer.items)
    }
    window.addEventListener('dragover', over)
    window.addEventListener('dragleave', leave)
    window.addEventListener('drop', drop)
    return () => {
      window.removeEventListener('dragover', over)
      window.removeEventListener('dragleave', leave)
      window.removeEventListener('drop', drop)
    }
  }, [])
  return isOver ? (
    <div className={styles.over}>
      <span className={styles.words}>Drop a folder of music to add it to the library</span>
    </div>
  ) : null
}
