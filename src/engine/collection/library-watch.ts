import { liesWithin } from '../../platform/decoding/library-place.ts'
import { closedPartOf } from '../../platform/store/data-directory.ts'
import { analyseJob } from '../analysis/analyse-job.ts'
import { followingJob, isJobOf } from '../jobs/job-definition.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { LIVE_STATUSES } from '../kit/job.ts'
import type { Workspace } from '../kit/workspace.ts'
import { diskWatching, RootWatch, type WatchEffects } from './root-watch.ts'
import { scanJob } from './scan-job.ts'

/** How changes of a root are noticed: the system tells, somebody looks at an interval, or not at all. */
export type RootFollowing = 'told' | 'interval' | 'off'

export type LibraryWatch = {
  /** Begins to watch, as the settings say from then on; nothing more where it does already. */
  readonly open: () => void
  readonly followingOf: (rootId: number) => RootFollowing
  readonly close: () => Promise<void>
}

const CLOSING_LIMIT_MS = 1000

/** What failed before these is told again. */
const MOST_SCANS = 20

/** Watches every root, and starts a scan of what has changed there. */
export const createLibraryWatch = (
  { store, emit }: Pick<Workspace, 'store' | 'emit'>,
  jobs: JobQueue,
  effects: WatchEffects = diskWatching,
): LibraryWatch => {
  const watches = new Map<number, RootWatch>()
  let timer: NodeJS.Timeout | undefined
  let aligning: Promise<void> = Promise.resolve()
  let isClosed = false
  let wasShut = false

  const scan = (rootId: number, folders: readonly string[]): void => {
    const places = [{ rootId, folders }]
    const isBusy = jobs.list({ kind: scanJob.kind, statuses: LIVE_STATUSES }).length > 0
    // Beside a scan that may take hours new tracks are listed at once, and analysed after it.
    jobs.follow(followingJob(scanJob, { analyse: !isBusy, newGrids: false, places }), isBusy ? 'urgent' : 'normal')
    if (isBusy) jobs.follow(followingJob(analyseJob, { trackIds: null, newGrids: false }), 'normal')
  }

  /** Files that the last scans could not read. */
  const failedBefore = (): ReadonlySet<string> =>
    new Set(
      jobs
        .list({ kind: scanJob.kind, limit: MOST_SCANS })
        .filter((job) => isJobOf(scanJob, job))
        .flatMap(({ result }) => result?.failures.map(({ file }) => file) ?? []),
    )

  /** What failed while the data directory was shut is done once it is open again. */
  const lookAtDirectory = (): void => {
    const isShut = closedPartOf(store.directory) !== null
    if (wasShut && !isShut) jobs.follow(followingJob(analyseJob, { trackIds: null, newGrids: false }), 'normal')
    wasShut = isShut
  }

  const align = async (): Promise<void> => {
    lookAtDirectory()
    const { watchFolders, watchIntervalSeconds } = store.settings.all()
    const intervalMs = watchIntervalSeconds * effects.msPerSecond
    // What Algiers makes in its own data directory, it reads itself.
    const outside = store.roots.list().filter(({ path }) => !liesWithin([store.directory.path], path))
    const wanted = watchFolders ? outside : []
    const stale = [...watches.values()].filter(
      (watch) => watch.intervalMs !== intervalMs || !wanted.some(({ id }) => id === watch.root.id),
    )
    for (const watch of stale) {
      watches.delete(watch.root.id)
      await watch.close()
    }
    const missing = wanted.filter(({ id }) => !watches.has(id))
    for (const root of missing) {
      if (isClosed) return
      const watch = new RootWatch(root, {
        store,
        effects,
        intervalMs,
        failed: failedBefore(),
        scan: (folders) => scan(root.id, folders),
      })
      watches.set(root.id, watch)
      await watch.open()
    }
    await Promise.all([...watches.values()].map((watch) => watch.lookForReturn()))
    if (stale.length + missing.length > 0) emit({ type: 'roots' })
  }

  return {
    open: () => {
      const go = (): void => {
        aligning = aligning.then(() => (isClosed ? undefined : align()))
      }
      // A second server over the same library asks again.
      if (timer !== undefined) return
      go()
      timer = setInterval(go, effects.alignEveryMs).unref()
    },
    followingOf: (rootId) => {
      const watch = watches.get(rootId)
      if (watch === undefined) return 'off'
      return watch.isTold ? 'told' : 'interval'
    },
    close: async () => {
      isClosed = true
      clearInterval(timer)
      const closeAll = async (): Promise<void> => {
        await aligning
        await Promise.all([...watches.values()].map((watch) => watch.close()))
      }
      // A network drive that does not answer must not hold up the end.
      await Promise.race([closeAll(), new Promise((resolve) => setTimeout(resolve, CLOSING_LIMIT_MS).unref())])
    },
  }
}
