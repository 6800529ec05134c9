import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import { BarChart3, Library, Plus, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { useNavigate } from 'react-router'
import { Button } from '../../kit/elements/button.tsx'
import { MenuButton, MenuItem } from '../../kit/elements/menu-button.tsx'
import { TOLD_AS_NOTICE } from '../../queries/query-client.ts'
import { queryOf } from '../../queries/query-of.ts'
import { useIsCatalogue } from '../../queries/use-health.ts'
import { useLibrary } from '../library-state.ts'
import { useDropTarget } from './dragged.ts'
import { FolderContents } from './folder-line.tsx'
import { filterAsListed } from './listed-filter.ts'
import { moveFolder, placePlaylist } from './playlist-edits.ts'
import { askFor, openAllTracks, usePlaylists } from './playlist-state.ts'
import { playlistTree } from './playlist-tree.ts'
import styles from './side-bar.module.css'

const NewMenu = (): ReactElement => {
  const navigate = useNavigate()
  const isShared = useIsCatalogue() === true
  return (
    <MenuButton
      button={<Button look="bare" aria-label="New playlist or folder" />}
      face={<Plus size={15} aria-hidden="true" />}
    >
      <MenuItem name="New playlist…" run={() => askFor({ kind: 'new', folders: [], trackIds: [] })} />
      <MenuItem
        name="Smart playlist of these filters…"
        run={() => askFor({ kind: 'new smart', filter: filterAsListed() })}
      />
      <MenuItem name="New folder…" run={() => askFor({ kind: 'new folder', folders: [] })} />
      {!isShared && <MenuItem name="Bring in playlists…" run={() => void navigate('/bring-in')} />}
    </MenuButton>
  )
}

const showOverview = (): void => {
  usePlaylists.setState({ isDrawerOpen: false })
  useLibrary.setState({ pane: 'overview' })
}

const Contents = (): ReactElement => {
  const { data: playlists = [] } = useQuery({ ...queryOf('listPlaylists'), meta: TOLD_AS_NOTICE })
  const { data: folders = [] } = useQuery({ ...queryOf('listPlaylistFolders'), meta: TOLD_AS_NOTICE })
  const pane = useLibrary((state) => state.pane)
  const isShared = useIsCatalogue() === true
  const isWhole = useLibrary((state) => state.filters.playlist === '')
  const tree = playlistTree(playlists, folders)
  const top = useDropTarget({
    tracks: (trackIds) => askFor({ kind: 'new', folders: [], trackIds }),
    playlist: (id) => placePlaylist(id, { folders: [], before: null }),
    folder: (path) => moveFolder(path, path.slice(-1)),
  })
  return (
    <>
      <ul className={styles.contents}>
        <li className={styles.line}>
          <button
            type="button"
            className={styles.open}
            aria-current={(isWhole && pane === 'list') || undefined}
            onClick={openAllTracks}
          >
            <Library size={14} aria-hidden="true" /> <span className={styles.name}>All tracks</span>
          </button>
        </li>
        {!isShared && (
          <li className={styles.line}>
            <button
              type="button"
              className={styles.open}
              aria-current={pane === 'overview' || undefined}
              onClick={showOverview}
            >
              <BarChart3 size={14} aria-hidden="true" /> <span className={styles.name}>At a glance</span>
            </button>
          </li>
        )}
      </ul>
      <div className={styles.heading}>
        <h2>Playlists</h2>
        <NewMenu />
      </div>
      <div className={styles.tree} {...top}>
        <FolderContents folder={tree} tree={tree} />
        {tree.playlists.length + tree.folders.length === 0 && (
          <p className={`quiet ${styles.none}`}>None yet. Drag tracks here, or make one with +.</p>
        )}
      </div>
    </>
  )
}

/** Playlists beside the list of tracks; where there is little room, over it. */
export const PlaylistSideBar = (): ReactElement | null => {
  const isShown = usePlaylists((state) => state.isShown)
  const isDrawerOpen = usePlaylists((state) => state.isDrawerOpen)
  return (
    <>
      {isShown && (
        <aside className={styles.bar} aria-label="Playlists">
          <Contents />
        </aside>
      )}
      <Dialog.Root open={isDrawerOpen} onOpenChange={(isOpen) => usePlaylists.setState({ isDrawerOpen: isOpen })}>
        <Dialog.Portal>
          <Dialog.Backdrop className={styles.backdrop} />
          <Dialog.Popup className={styles.drawer}>
            <div className={styles.heading}>
              <Dialog.Title>Library</Dialog.Title>
              <Dialog.Close render={<Button look="bare" aria-label="Close" />}>
                <X size={16} aria-hidden="true" />
              </Dialog.Close>
            </div>
            <Contents />
          </Dialog.Popup>
        </Dialog.Portal>
      </Dialog.Root>
    </>
  )
}
