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
import { useLibrary } from '../library-state.ts'
import { drag, useDropTarget } from './dragged.ts'
import { addTracks, duplicatePlaylist, freezePlaylist, placePlaylist, removePlaylist } from './playlist-edits.ts'
import { askFor, editFilter, openPlaylist } from './playlist-state.ts'
import { type Playlist, type PlaylistFolder, stepOfPlaylist } from './playlist-tree.ts'
import styles from './side-bar.module.css'

type PlaylistLineProps = { readonly playlist: Playlist; readonly tree: PlaylistFolder }

const downloadOf = (id: number, format: LibraryFileName): string =>
  addressOf('downloadForProgram', { query: { format, playlist: id, grid: 'true', key: 'true' } })

const Item = ({ name, run }: { readonly name: string; readonly run: () => void }): ReactElement => (
  <Menu.Item className={menu.item} onClick={run}>
    {name}
  </Menu.Item>
)

const PlaylistMenu = ({ playlist, tree }: PlaylistLineProps): ReactElement => {
  const [up, down] = [stepOfPlaylist(tree, playlist, -1), stepOfPlaylist(tree, playlist, 1)]
  return (
    <Menu.Root>
      <Menu.Trigger
        render={<Button look="bare" className={styles.more ?? ''} aria-label={`Menu of ${playlist.name}`} />}
      >
        <Ellipsis size={14} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={menu.positioner} align="start" sideOffset={2}>
          <Menu.Popup className={menu.popup}>
            <Item name="Rename…" run={() => askFor({ kind: 'rename', playlist })} />
            {playlist.filter !== null && (
              <>
                <Item name="Change the filter" run={() => editFilter(playlist)} />
                <Item name="Make it a plain playlist" run={() => freezePlaylist(playlist)} />
              </>
            )}
            <Item name="Duplicate" run={() => duplicatePlaylist(playlist)} />
            <Item name="Move to a folder…" run={() => askFor({ kind: 'move', playlist })} />
            {up && <Item name="Move up" run={() => placePlaylist(playlist.id, up)} />}
            {down && <Item name="Move down" run={() => placePlaylist(playlist.id, down)} />}
            <Menu.Separator className={menu.line} />
            {LIBRARY_FILE_NAMES.map((format) => (
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
            <Item name="Delete" run={() => removePlaylist(playlist)} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
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
