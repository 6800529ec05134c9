import { Menu } from '@base-ui/react/menu'
import { ChevronDown, ChevronRight, Ellipsis } from 'lucide-react'
import type { ReactElement } from 'react'
import { folderKey, isWithin } from '../../../core/library/playlist-folders.ts'
import { Button } from '../../kit/elements/button.tsx'
import menu from '../../kit/elements/menu.module.css'
import { drag, useDropTarget } from './dragged.ts'
import { moveFolder, placePlaylist, removeFolder } from './playlist-edits.ts'
import { PlaylistLine } from './playlist-line.tsx'
import { askFor, toggleFolder, usePlaylists } from './playlist-state.ts'
import type { Playlist, PlaylistFolder } from './playlist-tree.ts'
import styles from './side-bar.module.css'

type FolderProps = { readonly folder: PlaylistFolder; readonly tree: PlaylistFolder }

const insideOf = ({ folders, playlists }: PlaylistFolder): readonly Playlist[] => [
  ...folders.flatMap(insideOf),
  ...playlists,
]

const FolderMenu = ({ folder }: { readonly folder: PlaylistFolder }): ReactElement => {
  const { path, name } = folder
  const items: readonly (readonly [name: string, run: () => void])[] = [
    ['New playlist…', () => askFor({ kind: 'new', folders: path, trackIds: [] })],
    ['New folder…', () => askFor({ kind: 'new folder', folders: path })],
    ['Rename…', () => askFor({ kind: 'rename folder', path })],
    ...(path.length > 1 ? [['Move out', () => moveFolder(path, [...path.slice(0, -2), name])] as const] : []),
    ['Delete with all that is in it', () => removeFolder(path, insideOf(folder))],
  ]
  return (
    <Menu.Root>
      <Menu.Trigger
        render={<Button look="bare" className={styles.more ?? ''} aria-label={`Menu of the folder ${name}`} />}
      >
        <Ellipsis size={14} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="start" sideOffset={2}>
          <Menu.Popup className={menu.popup}>
            {items.map(([words, run]) => (
              <Menu.Item key={words} className={menu.item} onClick={run}>
                {words}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
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
