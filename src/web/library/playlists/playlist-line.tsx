import { Menu } from '@base-ui/react/menu'
import { Ellipsis, ListMusic, Sparkles } from 'lucide-react'
import type { ReactElement } from 'react'
import { addressOf } from '../../../api/operations/client.ts'
import {
  LIBRARY_FILE_NAMES,
  type LibraryFileName,
  WRITTEN_LIBRARIES,
} from '../../../core/interop/libraries/written-library-traits.ts'
import { countText } from '../../../core/units/count-text.ts'
import { Button } from '../../kit/elements/button.tsx'
import menu from '../../kit/elements/menu.module.css'
import { MenuButton, MenuItem } from '../../kit/elements/menu-button.tsx'
import { useIsCatalogue } from '../../queries/use-health.ts'
import { useLibrary } from '../library-state.ts'
import { drag, useDropTarget } from './dragged.ts'
import { addTracks, duplicatePlaylist, freezePlaylist, placePlaylist, removePlaylist } from './playlist-edits.ts'
import { askFor, editFilter, openPlaylist } from './playlist-state.ts'
import { type Playlist, type PlaylistFolder, stepOfPlaylist } from './playlist-tree.ts'
import styles from './side-bar.module.css'

type PlaylistLineProps = { readonly playlist: Playlist; readonly tree: PlaylistFolder }

const downloadOf = (id: number, format: LibraryFileName): string =>
  addressOf('downloadForProgram', { query: { format, playlist: id, grid: 'true', key: 'true' } })

const PlaylistMenu = ({ playlist, tree }: PlaylistLineProps): ReactElement => {
  const [up, down] = [stepOfPlaylist(tree, playlist, -1), stepOfPlaylist(tree, playlist, 1)]
  const isShared = useIsCatalogue() === true
  const exported = isShared ? [] : LIBRARY_FILE_NAMES
  return (
    <MenuButton
      button={<Button look="bare" className={styles.more ?? ''} aria-label={`Menu of ${playlist.name}`} />}
      face={<Ellipsis size={14} aria-hidden="true" />}
    >
      <MenuItem name="Rename…" run={() => askFor({ kind: 'rename', playlist })} />
      {playlist.filter !== null && (
        <>
          <MenuItem name="Change the filter" run={() => editFilter(playlist)} />
          <MenuItem name="Make it a plain playlist" run={() => freezePlaylist(playlist)} />
        </>
      )}
      <MenuItem name="Duplicate" run={() => duplicatePlaylist(playlist)} />
      <MenuItem name="Move to a folder…" run={() => askFor({ kind: 'move', playlist })} />
      {up && <MenuItem name="Move up" run={() => placePlaylist(playlist.id, up)} />}
      {down && <MenuItem name="Move down" run={() => placePlaylist(playlist.id, down)} />}
      {!isShared && <Menu.Separator className={menu.line} />}
      {exported.map((format) => (
        <Menu.Item
          key={format}
          className={menu.item}
          render={
            <a
              href={downloadOf(playlist.id, format)}
              download
              aria-label={`Export for ${WRITTEN_LIBRARIES[format].title}`}
            />
          }
        >
          Export: {WRITTEN_LIBRARIES[format].title}
        </Menu.Item>
      ))}
      <Menu.Separator className={menu.line} />
      <MenuItem name="Delete" run={() => removePlaylist(playlist)} />
    </MenuButton>
  )
}

/** A playlist in the side bar: opens by a click, takes tracks that are dropped on it, and is dragged to another place. */
export const PlaylistLine = ({ playlist, tree }: PlaylistLineProps): ReactElement => {
  const { id, name, filter, tracks, problem, folders } = playlist
  const isOpen = useLibrary((state) => state.filters.playlist === String(id))
  const target = useDropTarget({
    tracks: filter === null ? (trackIds) => addTracks(playlist, trackIds) : undefined,
    playlist: (other) => other !== id && placePlaylist(other, { folders, before: id }),
  })
  const Icon = filter === null ? ListMusic : Sparkles
  const kind = filter === null ? 'playlist' : 'smart playlist'
  return (
    <li className={styles.line} draggable onDragStart={(event) => drag(event, 'playlist', id)} {...target}>
      <button
        type="button"
        className={styles.open}
        aria-current={isOpen || undefined}
        title={problem ?? (filter === null ? name : `${name}: finds its tracks by a filter`)}
        onClick={() => openPlaylist(id)}
      >
        <Icon size={14} aria-hidden="true" />
        <span className={styles.name}>{name}</span>
        <span className="sr-only">, {kind},</span>
        <span className={`figures ${styles.count}`}>
          {problem === null ? tracks.toLocaleString('en-GB') : '!'}
          <span className="sr-only"> {countText(tracks).replace(/^\S+ /, '')}</span>
        </span>
      </button>
      <PlaylistMenu playlist={playlist} tree={tree} />
    </li>
  )
}
