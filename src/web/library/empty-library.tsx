import type { ReactElement } from 'react'
import { Button } from '../elements/button.tsx'
import type { RootDocument } from '../queries/use-roots.ts'
import { useTray } from '../shell/tray-state.ts'
import { openFolders } from './folders-state.ts'
import { scanAgain } from './library-actions.ts'
import styles from './library-screen.module.css'

type EmptyLibraryProps = { readonly roots: readonly RootDocument[]; readonly isBusy: boolean }

/** There are folders but no tracks: why, and what to do next. */
export const EmptyLibrary = ({ roots, isBusy }: EmptyLibraryProps): ReactElement => {
  const offline = roots.filter(({ offline_since }) => offline_since !== null)
  if (isBusy)
    return (
      <div className={styles.nothing}>
        <p>Your folders are being read. Tracks appear here as they are found.</p>
        <Button onClick={() => useTray.setState({ isOpen: true })}>Show what is going on</Button>
      </div>
    )
  if (roots.length > 0 && offline.length === roots.length)
    return (
      <div className={styles.nothing}>
        <p>{offline.map(({ path }) => path).join(', ')} cannot be reached. Connect the drive, then scan again.</p>
        <Button look="main" onClick={() => void scanAgain()}>
          Scan again
        </Button>
      </div>
    )
  return (
    <div className={styles.nothing}>
      <p>
        No audio file was found in {roots.map(({ path }) => path).join(', ')}. Add the folder that your tracks are in,
        or scan again after copying some there.
      </p>
      <span className={styles.selection}>
        <Button look="main" onClick={() => openFolders()}>
          Add a folder
        </Button>
        <Button onClick={() => void scanAgain()}>Scan again</Button>
      </span>
    </div>
  )
}
