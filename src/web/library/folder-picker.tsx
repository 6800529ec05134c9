import { CornerLeftUp, Folder, Music } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Answer } from '../../api/operations/client.ts'
import { Button } from '../kit/elements/button.tsx'
import styles from './add-folder.module.css'

type FolderPickerProps = {
  readonly listing: Answer<'listFolders'> | undefined
  readonly onGo: (path: string) => void
  /** Lists audio files, too, which can be chosen. */
  readonly onFile?: (name: string) => void
  /** Said in place of the list, of which only the places stay. */
  readonly whyNothing?: string
}

/** Walks through the folders of the machine that Algiers runs on. */
export const FolderPicker = ({ listing, onGo, onFile, whyNothing }: FolderPickerProps): ReactElement => {
  const { places = [] } = listing ?? {}
  const { parent = null, folders = [], audio_names: names = [] } = whyNothing === undefined ? (listing ?? {}) : {}
  const files = onFile ? names : []
  return (
    <div className={styles.picker}>
      <ul className={styles.places} aria-label="Places">
        {places.map(({ name, path: to }) => (
          <li key={to}>
            <Button look="bare" onClick={() => onGo(to)}>
              {name}
            </Button>
          </li>
        ))}
      </ul>
      <ul
        className={styles.folders}
        aria-label={whyNothing === undefined ? `Folders in ${listing?.path ?? ''}` : 'No folder'}
      >
        {parent !== null && (
          <li>
            <Button look="bare" className={styles.folder ?? ''} onClick={() => onGo(parent)}>
              <CornerLeftUp size={15} aria-hidden="true" /> Up to {parent}
            </Button>
          </li>
        )}
        {folders.map(({ name, path: to }) => (
          <li key={to}>
            <Button look="bare" className={styles.folder ?? ''} onClick={() => onGo(to)}>
              <Folder size={15} aria-hidden="true" /> {name}
            </Button>
          </li>
        ))}
        {files.map((name) => (
          <li key={`file ${name}`}>
            <Button look="bare" className={styles.folder ?? ''} onClick={() => onFile?.(name)}>
              <Music size={15} aria-hidden="true" /> {name}
            </Button>
          </li>
        ))}
        {whyNothing !== undefined && <li className={styles.none}>{whyNothing}</li>}
        {listing && whyNothing === undefined && folders.length === 0 && files.length === 0 && (
          <li className={styles.none}>{onFile ? 'No folders or audio files in here.' : 'No folders in here.'}</li>
        )}
      </ul>
    </div>
  )
}
