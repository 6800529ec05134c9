import { type ReactElement, useEffect, useState } from 'react'
import { notify } from '../shell/notices.tsx'
import styles from './drop-folder.module.css'
import { openFolders } from './folders-state.ts'
import type { DroppedFolder } from './match-folder.ts'

const entriesOf = (folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> =>
  new Promise((resolve, reject) => folder.createReader().readEntries(resolve, reject))

const readDropped = async (folder: FileSystemDirectoryEntry): Promise<DroppedFolder> => {
  // A browser that refuses to list it still told its name.
  const entries = await entriesOf(folder).catch(() => [])
  return {
    name: folder.name,
    folders: entries.filter(({ isDirectory, name }) => isDirectory && !name.startsWith('.')).map(({ name }) => name),
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
      detail: 'Algiers reads whole folders of music where they are: drop the folder that the files are in.',
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
  return isOver ? <div className={styles.over}>Drop a folder of music to add it to the library</div> : null
}
