import { type ReactElement, useState } from 'react'
import { countText } from '../../core/units/count-text.ts'
import { Button } from '../kit/elements/button.tsx'
import { analyseAgain, readSectionsAgain } from '../queries/job-requests.ts'
import { useIsCatalogue } from '../queries/use-health.ts'
import { FilesMenu } from './files-menu.tsx'
import styles from './library-screen.module.css'
import { useLibrary } from './library-state.ts'
import { openNotes } from './notes-dialog.tsx'
import { askFor } from './playlists/playlist-state.ts'
import { TransitionDialog } from './transition-dialog.tsx'

/** What can be done with several tracks at once; nothing while one or none is selected. */
export const SelectionBar = (): ReactElement | null => {
  const selected = useLibrary((state) => state.selected)
  const isShared = useIsCatalogue() === true
  const [isJudging, setJudging] = useState(false)
  if (selected.size < 2) return null
  const [one, other] = [...selected]
  return (
    <span className={styles.selection} role="group" aria-label="Selected tracks">
      <span role="status">{countText(selected.size)} selected</span>
      {!isShared && (
        <>
          {selected.size === 2 && <Button onClick={() => setJudging(true)}>Judge the transition</Button>}
          {isJudging && selected.size === 2 && (
            <TransitionDialog pair={[one!, other!]} onClose={() => setJudging(false)} />
          )}
        </>
      )}
      <Button onClick={() => openNotes({ trackIds: [...selected], track: null })}>Rate and tag</Button>
      <Button onClick={() => askFor({ kind: 'add', trackIds: [...selected] })}>Add to a playlist</Button>
      {!isShared && (
        <>
          <Button onClick={() => void analyseAgain([...selected])}>Analyse again</Button>
          <Button onClick={() => void readSectionsAgain([...selected])}>Read sections again</Button>
          <FilesMenu />
        </>
      )}
      <Button look="bare" onClick={() => useLibrary.setState({ selected: new Set() })}>
        Select none
      </Button>
    </span>
  )
}
