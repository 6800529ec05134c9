import { FolderPlus, Import, RefreshCw } from 'lucide-react'
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
import { NO_FILTERS, searchOf } from './list-filters.ts'
import { NotesDialog } from './notes-dialog.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { StandingCounts } from './standing-counts.tsx'
import { TrackTable } from './track-table.tsx'
import { useAddressedList } from './use-addressed-list.ts'
import { Welcome } from './welcome.tsx'

/** All tracks, as they are listed now, with what can be done with them. */
export const LibraryScreen = (): ReactElement => {
  const navigate = useNavigate()
  const sort = useLibrary((state) => state.sort)
  const order = useLibrary((state) => state.order)
  const filters = useLibrary((state) => state.filters)
  useAddressedList()
  const from = useDisplay((state) => state.bpmRangeFrom)
  const search = useMemo(() => searchOf({ sort, order, filters }, from), [sort, order, filters, from])
  const { data: page, error } = useTrackCount(search)
  const { data: health, error: unwell } = useHealth()
  const { data: roots, error: rootless } = useRoots()
  const { data: jobs, error: jobless } = useJobs()
  const open = useCallback((track: TrackRow) => void navigate(deskPath(track.id)), [navigate])
  const play = useCallback((track: TrackRow) => playTrack(track, orderOf(search)), [search])
  if (error)
    return (
      <div className={styles.screen}>
        <LibraryFilters />
        <ProblemNote error={error} />
      </div>
    )
  if (!page || !health || !roots || !jobs) {
    const problem = unwell ?? rootless ?? jobless
    return problem ? <ProblemNote error={problem} /> : <p className={styles.waiting}>Loading the library…</p>
  }
  const isOutdated = page.tracks.some(({ state }) => state === 'stale') && !jobs.some(isLive)
  const isEmpty = health.tracks === 0 && page.total === 0
  if (isEmpty && roots.length === 0 && health.missing === 0 && !jobs.some(isLive)) return <Welcome />
  return (
    <div className={styles.screen}>
      <header className={styles.header}>
        <h1>Library</h1>
        <span className="quiet figures" role="status">
          {page.total === health.tracks || filters.status === 'missing'
            ? countText(page.total, filters.status === 'missing' ? 'missing track' : 'track')
            : `${page.total.toLocaleString('en-GB')} of ${countText(health.tracks)}`}
        </span>
        <StandingCounts health={health} isBusy={jobs.some(isLive)} />
        {isOutdated && <span className={styles.outdated}>Some are out of date: scan again to update them</span>}
        <SelectionBar />
        <span className={styles.end}>
          {!isEmpty && <ColumnMenu />}
          <Button onClick={() => void scanAgain()} disabled={roots.length === 0}>
            <RefreshCw size={14} aria-hidden="true" /> Scan again
          </Button>
          <Button onClick={() => void navigate('/bring-in')}>
            <Import size={15} aria-hidden="true" /> Bring in
          </Button>
          <Button onClick={() => openFolders()}>
            <FolderPlus size={15} aria-hidden="true" /> Folders
          </Button>
        </span>
      </header>
      {isEmpty ? (
        <EmptyLibrary roots={roots} jobs={jobs.filter(isLive)} missing={health.missing} />
      ) : (
        <>
          <LibraryFilters />
          {page.total === 0 ? (
            <div className={styles.nothing}>
              <p>No tracks match these filters.</p>
              <Button onClick={() => changeFilters(NO_FILTERS)}>Show all {countText(health.tracks)}</Button>
            </div>
          ) : (
            <TrackTable search={search} total={page.total} onOpen={open} onPlay={play} />
          )}
          <NotesDialog />
        </>
      )}
    </div>
  )
}
