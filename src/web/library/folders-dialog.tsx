import { type ReactElement, useRef } from 'react'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import { AddFolder } from './add-folder.tsx'
import { closeFolders, useFolders } from './folders-state.ts'
import { RootList } from './root-list.tsx'

/** Which folders the library reads, and how to add one. */
export const FoldersDialog = (): ReactElement => {
  const { isOpen, dropped } = useFolders()
  const field = useRef<HTMLInputElement>(null)
  return (
    <DialogFrame title="Folders of the library" size="wide" isOpen={isOpen} onClose={closeFolders} focused={field}>
      <RootList />
      <AddFolder key={dropped?.name ?? ''} dropped={dropped} field={field} />
    </DialogFrame>
  )
}
