import type { ReactElement } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { DialogFrame } from '../kit/elements/dialog-frame.tsx'
import styles from './library-screen.module.css'
import { RelocateDialog } from './relocate-dialog.tsx'
import { closeTrackFiles, removeFromLibrary, useTrackFiles } from './track-files-state.ts'

/** What is asked about tracks and their files, from wherever it is asked for. */
export const TrackFilesDialogs = (): ReactElement | null => {
  const asked = useTrackFiles((state) => state.asked)
  if (asked === null) return null
  if (asked.kind === 'relocate') return <RelocateDialog ids={asked.ids} title={asked.title} />
  const { ids, work } = asked
  const parts = [
    ...(work.labels > 0 ? [countText(work.labels, 'label')] : []),
    ...(work.edited_grids > 0 ? [countText(work.edited_grids, 'edited grid')] : []),
    ...(work.decisions > 0
      ? [countText(work.decisions, 'decision about a suggestion', 'decisions about suggestions')]
      : []),
    ...(work.notes > 0 ? ['your notes'] : []),
    ...(work.tag_readings > 0 ? ['your reading of the tags'] : []),
    ...(work.transitions > 0 ? [countText(work.transitions, 'transition of your own', 'transitions of your own')] : []),
  ]
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
