import type { ReactElement } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import styles from './library-screen.module.css'
import { ownWorkWords } from './own-work-words.ts'
import { RelocateDialog } from './relocate-dialog.tsx'
import { closeTrackFiles, removeFromLibrary, useTrackFiles } from './track-files-state.ts'

/** What is asked about tracks and their files, from wherever it is asked for. */
export const TrackFilesDialogs = (): ReactElement | null => {
  const asked = useTrackFiles((state) => state.asked)
  if (asked === null) return null
  if (asked.kind === 'relocate') return <RelocateDialog ids={asked.ids} title={asked.title} />
  const { ids, work } = asked
  const parts = ownWorkWords(work)
  return (
    <DialogFrame title={`Remove ${countText(ids.length)} from the library?`} isOpen onClose={closeTrackFiles}>
      <p>
        Your work on {ids.length === 1 ? 'it' : `${work.tracks} of them`} goes too: {parts.join(', ')}. The library is
        copied first, and restoring that copy brings everything back. No file is deleted.
      </p>
      <span className={styles.selection}>
        <Button onClick={closeTrackFiles}>Keep {ids.length === 1 ? 'it' : 'them'}</Button>
        <Button look="danger" onClick={() => void removeFromLibrary(ids, true)}>
          Remove with {parts.length === 1 ? parts[0] : 'all of it'}
        </Button>
      </span>
    </DialogFrame>
  )
}
