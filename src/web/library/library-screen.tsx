import { FolderPlus, Import, PanelLeft, RefreshCw } from 'lucide-react'
import { type ReactElement, useCallback, useMemo } from 'react'
import { useNavigate } from 'react-router'
import { countText } from '../../core/units/count-text.ts'
import { deskPath } from '../kit/desk-path.ts'
import { Button } from '../kit/elements/button.tsx'
import { ProblemNote } from '../kit/elements/problem-note.tsx'
import { isLive } from '../kit/jobs/job-words.ts'
import { useDisplay } from '../kit/words/display.ts'
import { playTrack } from '../player/player.ts'
import { orderOf } from '../player/playing-order.ts'
import { scanAgain } from '../queries/job-requests.ts'
import { useHealth } from '../queries/use-health.ts'
import { useJobs } from '../queries/use-jobs.ts'
import { useRoots } from '../queries/use-roots.ts'
import { type TrackRow, useTrackCount } from '../queries/use-tracks.ts'
import { ColumnMenu } from './column-menu.tsx'
import { EmptyLibrary } from './empty-library.tsx'
import { openFolders } from './folders-state.ts'
import { LibraryFilters } from './library-filters.tsx'
import styles from './library-screen.module.css'
import { changeFilters, useLibrary } from './library-state.ts'
import { NO_FILTERS, searchOf, setFilters } from './list-filters.ts'
import { NotesDialog } from './notes-dialog.tsx'
import { OverviewPanel } from './overview/overview-panel.tsx'
import { useSharedColumns } from './own-library.ts'
import { FilterEditing, PlaylistNotes, useOpenPlaylist } from './playlists/open-playlist.tsx'
import { PlaylistDialogs } from './playlists/playlist-dialogs.tsx'
import { showSideBar, usePlaylists } from './playlists/playlist-state.ts'
import type { Playlist } from './playlists/playlist-tree.ts'
import { PlaylistSideBar } from './playlists/side-bar.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { StandingCounts } from './standing-counts.tsx'
import { TrackTable } from './track-table.tsx'
import { useAddressedList } from './use-addressed-list.ts'
import { Welcome } from './welcome.tsx'

type Count = { readonly total: number; readonly all: number; readonly isMissing: boolean }

const countOf = ({ total, all, isMissing }: Count): string =>
  total === all || isMissing
    ? countText(total, isMissing ? 'missing track' : 'track')
    : `${total.toLocaleString('en-GB')} of ${countText(all)}`

/** Beside the list the side bar is shown or hidden; where there is little room, it is opened over the list. */
const SideBarButton = (): ReactElement => {
  const isShown = usePlaylists((state) => state.isShown)
  return (
    <>
      <Button
        look="bare"
        className={styles.wideOnly ?? ''}
        aria-label="Playlists"
        aria-pressed={isShown}
        onClick={() => showSideBar(!isShown)}
      >
        <PanelLeft size={16} aria-hidden="true" />
      </Button>
      <Button className={styles.narrowOnly ?? ''} onClick={() => usePlaylists.setState({ isDrawerOpen: true })}>
        <PanelLeft size={16} aria-hidden="true" /> Playlists
      </Button>
    </>
  )
}

/** Why nothing is listed, and the way out. */
const NothingListed = ({
  playlist,
  all,
}: {
  readonly playlist: Playlist | null
  readonly all: number
}): ReactElement => {
  const filters = useLibrary((state) => state.filters)
  const isNarrowed = setFilters(filters).some((name) => name !== 'playlist')
  if (playlist === null)
    return (
      <div className={styles.nothing}>
        <p>No tracks match these filters.</p>
        <Button onClick={() => changeFilters(NO_FILTERS)}>Show all {countText(all)}</Button>
      </div>
    )
  return (
    <div className={styles.nothing}>
      {isNarrowed ? (
        <>
          <p>No tracks of “{playlist.name}” match these filters.</p>
          <Button onClick={() => changeFilters({ ...NO_FILTERS, playlist: filters.playlist })}>
            Show all {countText(playlist.tracks)}
          </Button>
        </>
      ) : (
        <p>
          {playlist.filter === null
            ? 'No tracks yet. Drag some onto its name in the side bar, or add them by the menu of a track.'
            : (playlist.problem ?? 'Its filter finds no track now.')}
        </p>
      )}
    </div>
  )
}

/** What only the owner of a library does; nobody does it in a catalogue that is shared. */
const OwnLibraryButtons = ({ hasFolders }: { readonly hasFolders: boolean }): ReactElement => {
  const navigate = useNavigate()
  return (
    <>
      <Button onClick={() => void scanAgain()} disabled={!hasFolders}>
        <RefreshCw size={14} aria-hidden="true" /> Scan again
      </Button>
      <Button onClick={() => void navigate('/bring-in')}>
        <Import size={15} aria-hidden="true" /> Bring in
      </Button>
      <Button onClick={() => openFolders()}>
        <FolderPlus size={15} aria-hidden="true" /> Folders
      </Button>
    </>
  )
}

/** All tracks, as they are listed now, with what can be done with them. */
export const LibraryScreen = (): ReactElement => {
  const navigate = useNavigate()
  const sort = useLibrary((state) => state.sort)
  const order = useLibrary((state) => state.order)
  const filters = useLibrary((state) => state.filters)
  const pane = useLibrary((state) => state.pane)
  const playlist = useOpenPlaylist()
  useAddressedList()
  const from = useDisplay((state) => state.bpmRangeFrom)
  const search = useMemo(() => searchOf({ sort, order, filters }, from), [sort, order, filters, from])
  const { data: page, error } = useTrackCount(search)
  const { data: health, error: unwell } = useHealth()
  const { data: roots, error: rootless } = useRoots()
  const { data: jobs, error: jobless } = useJobs()
  useSharedColumns(health?.kind === 'catalogue')
  const open = useCallback((track: TrackRow) => void navigate(deskPath(track.id)), [navigate])
  const play = useCallback((track: TrackRow) => playTrack(track, orderOf(search)), [search])
  if (error)
    return (
      <div className={styles.beside}>
        <PlaylistSideBar />
        <div className={styles.screen}>
          <LibraryFilters />
          <ProblemNote error={error} />
        </div>
      </div>
    )
  if (!page || !health || !roots || !jobs) {
    const problem = unwell ?? rootless ?? jobless
    return problem ? <ProblemNote error={problem} /> : <p className={styles.waiting}>Loading the library…</p>
  }
  const isOutdated = page.tracks.some(({ state }) => state === 'stale') && !jobs.some(isLive)
  const isEmpty = health.tracks === 0 && page.total === 0
  if (isEmpty && roots.length === 0 && health.missing === 0 && !jobs.some(isLive)) return <Welcome />
  const isShared = health.kind === 'catalogue'
  const hasSideBar = !isEmpty
  const isPlain = playlist !== null && playlist.filter === null
  return (
    <div className={styles.beside}>
      {hasSideBar && <PlaylistSideBar />}
      <div className={styles.screen}>
        <header className={styles.header}>
          {hasSideBar && <SideBarButton />}
          <h1>{playlist?.name ?? 'Library'}</h1>
          <span className="quiet figures" role="status">
            {countOf({
              total: page.total,
              all: playlist?.tracks ?? health.tracks,
              isMissing: filters.status === 'missing',
            })}
          </span>
          {playlist ? (
            <PlaylistNotes playlist={playlist} />
          ) : (
            <StandingCounts health={health} isBusy={jobs.some(isLive)} />
          )}
          {isOutdated && <span className={styles.outdated}>Some are out of date: scan again to update them</span>}
          <SelectionBar />
          <span className={styles.end}>
            {!isEmpty && pane === 'list' && <ColumnMenu />}
            {!isShared && <OwnLibraryButtons hasFolders={roots.length > 0} />}
          </span>
        </header>
        {isEmpty ? (
          <EmptyLibrary roots={roots} jobs={jobs.filter(isLive)} missing={health.missing} />
        ) : (
          <>
            <LibraryFilters />
            <FilterEditing />
            {pane === 'overview' ? (
              <OverviewPanel search={search} />
            ) : page.total === 0 ? (
              <NothingListed playlist={playlist} all={health.tracks} />
            ) : (
              <TrackTable
                search={search}
                total={page.total}
                playlist={isPlain ? playlist : null}
                isOrdered={sort === 'playlist' && order === 'asc'}
                onOpen={open}
                onPlay={play}
              />
            )}
            <NotesDialog />
            <PlaylistDialogs />
          </>
        )}
      </div>
    </div>
  )
}
