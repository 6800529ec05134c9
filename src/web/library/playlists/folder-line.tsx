import { ChevronDown, ChevronRight, Ellipsis } from 'lucide-react'
import type { ReactElement } from 'react'
import { folderKey, isWithin } from '../../../core/library/playlist-folders.ts'
import { Button } from '../../kit/elements/button.tsx'
import { MenuButton, MenuItem } from '../../kit/elements/menu-button.tsx'
import { drag, useDropTarget } from './dragged.ts'
import { moveFolder, placePlaylist, removeFolder } from './playlist-edits.ts'
import { PlaylistLine } from './playlist-line.tsx'
import { askFor, toggleFolder, usePlaylists } from './playlist-state.ts'
import { type PlaylistFolder, playlistsIn } from './playlist-tree.ts'
import styles from './side-bar.module.css'

type FolderProps = { readonly folder: PlaylistFolder; readonly tree: PlaylistFolder }

const FolderMenu = ({ folder }: { readonly folder: PlaylistFolder }): ReactElement => {
  const { path, name } = folder
  return (
    <MenuButton
      button={<Button look="bare" className={styles.more ?? ''} aria-label={`Menu of the folder ${name}`} />}
      face={<Ellipsis size={14} aria-hidden="true" />}
    >
      <MenuItem name="New playlist…" run={() => askFor({ kind: 'new', folders: path, trackIds: [] })} />
      <MenuItem name="New folder…" run={() => askFor({ kind: 'new folder', folders: path })} />
      <MenuItem name="Rename…" run={() => askFor({ kind: 'rename folder', path })} />
      {path.length > 1 && <MenuItem name="Move out" run={() => moveFolder(path, [...path.slice(0, -2), name])} />}
      <MenuItem name="Delete with all that is in it" run={() => removeFolder(path, playlistsIn(folder))} />
    </MenuButton>
  )
}

/** What lies in a folder: folders first. */
export const FolderContents = ({ folder, tree }: FolderProps): ReactElement => (
  <ul className={styles.contents}>
    {folder.folders.map((one) => (
      <FolderLine key={folderKey(one.path)} folder={one} tree={tree} />
    ))}
    {folder.playlists.map((playlist) => (
      <PlaylistLine key={playlist.id} playlist={playlist} tree={tree} />
    ))}
  </ul>
)

/** A folder opens and closes, and takes playlists and folders that are dropped on it. */
const FolderLine = ({ folder, tree }: FolderProps): ReactElement => {
  const { path, name } = folder
  const isOpen = usePlaylists((state) => !state.closed.includes(folderKey(path)))
  const target = useDropTarget({
    playlist: (id) => placePlaylist(id, { folders: path }),
    folder: (other) => !isWithin(path, other) && moveFolder(other, [...path, other.at(-1)!]),
  })
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <li draggable onDragStart={(event) => drag(event, 'folder', path)} className={styles.folder} {...target}>
      <div className={styles.line}>
        <button type="button" className={styles.open} aria-expanded={isOpen} onClick={() => toggleFolder(path)}>
          <Chevron size={14} aria-hidden="true" />
          <span className={styles.name}>{name}</span>
        </button>
        <FolderMenu folder={folder} />
      </div>
      {isOpen && <FolderContents folder={folder} tree={tree} />}
    </li>
  )
}
