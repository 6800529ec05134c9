import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { countLeftOut, type LeftOut } from '../../core/library/left-out.ts'
import { type FoundFile, planScan, type ScanPlan } from '../../core/library/scan-plan.ts'
import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import { liesWithin, realFolders } from '../../platform/decoding/library-place.ts'
import type { AudioSource } from '../../platform/decoding/open-audio.ts'
import type { Root } from '../../platform/store/root-store.ts'
import { throwIfThreadsLost } from '../../platform/workers/loss-limit.ts'
import type { TaskOutput } from '../../platform/workers/tasks.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import { runConcurrently } from '../kit/run-concurrently.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { type CrawlOptions, type CrawlResult, crawl, liesIn } from './crawl.ts'
import { readTagsAgain } from './read-tags-again.ts'
import { wantedFiles } from './wanted-files.ts'

export type ScanReport = {
  readonly root: string
  readonly offline: boolean
  readonly filesFound: number
  readonly tracksAdded: number
  /** Files that were read because they are new, changed or moved. */
  readonly filesRead: number
  readonly filesUnchanged: number
  /** Files that have gone since; tracks that somebody has worked on are kept. */
  readonly filesMissing: number
  /** Files that are there and passed over, because a person wants them ignored. */
  readonly filesIgnored: number
  /** What was passed over, by reason. */
  readonly leftOut: readonly LeftOut[]
  readonly failures: readonly FileFailure[]
}

export type ScanOptions = JobOptions & {
  /** Looks only at these folders of the root, relative to it. @default all of it */
  readonly within?: readonly string[] | undefined
  /** Tells the drive that a folder lies on. @default as the disk tells */
  readonly deviceOf?: CrawlOptions['deviceOf']
  /** Is told of each track whose file was read or has come back, at once. */
  readonly onTrack?: (track: { readonly trackId: number; readonly isNew: boolean }) => void
}

/** Enough for 2 GB from a slow network drive. */
const READING_LIMIT_MS = 300_000

/**
 * Brings what is recorded about a root up to date. Every file is recorded as soon as it has been read, so an
 * interrupted scan is simply continued by the next; files are marked missing only after a complete listing of a
 * reachable root.
 */
export const scanRoot = async (workspace: Workspace, root: Root, options: ScanOptions = {}): Promise<ScanReport> => {
  const { store } = workspace
  const all = store.tracks.knownFiles(root.id)
  options.onProgress?.({ stage: 'listing', done: 0, total: 0, item: root.path })
  const folders = await realFolders(store.roots.list())
  const paths = new Set(all.map(({ path }) => path))
  const { within, signal, deviceOf } = options
  const mounts = store.roots.mounts(root.id)
  const isKnown = (path: string): boolean => paths.has(path)
  const listing = await listRoot(root, all.length, { folders, within, signal, isKnown, mounts, deviceOf })
  if (listing === null) {
    store.roots.markOffline(root.id)
    workspace.emit({ type: 'scan', root: root.path, offline: true, tracksAdded: 0, filesMissing: 0 })
    return emptyReport(root, true)
  }
  const unseen = mounts.filter((mount) => !listing.looked.some((folder) => liesIn(folder, mount)))
  store.roots.putMounts(root.id, [...unseen, ...listing.mounts])
  const known = all.filter(({ path }) => listing.looked.some((folder) => liesIn(folder, path)))
  const wanted = wantedFiles(store, root.id, listing.files)
  const plan = keepUnreadable(planScan(wanted, known), root, listing.failures)
  const failures = [...listing.failures]
  const leftOut = [...listing.leftOut]
  let tracksAdded = 0
  let done = 0
  const read = async (file: FoundFile): Promise<void> => {
    const path = join(root.path, ...file.path.split('/'))
    const identified = await identify(workspace, { path, folders, found: file }, options.signal).catch(
      (error: unknown) => {
        options.signal?.throwIfAborted()
        throwIfThreadsLost(error)
        if (error instanceof UserError && error.code === 'AUDIO_CHANGED') return 'changed'
        failures.push({ file: path, error: toErrorReport(error) })
        return null
      },
    )
    // A file that is still being copied is not a track yet.
    if (identified === 'changed' || (identified && !(await isAsFound(path, file))))
      leftOut.push({ file: file.path, reason: 'still_changing' })
    // The folder may have been taken out of the library meanwhile, or the file ignored.
    else if (identified && store.roots.get(root.id) !== null && !store.ignoredFiles.pathsIn(root.id).has(file.path)) {
      const recorded = store.tracks.recordFile(root.id, { ...file, ...identified })
      if (recorded.isNew) tracksAdded++
      options.onTrack?.(recorded)
    }
    options.onProgress?.({ stage: 'reading', done: ++done, total: plan.toIdentify.length, item: path })
  }
  await runConcurrently(plan.toIdentify, read, { concurrency: workspace.pool.size, signal: options.signal })
  store.tracks.settleScan(root.id, plan.vanished, plan.returned)
  for (const { path } of plan.returned) {
    const track = store.tracks.findByPath(join(root.path, ...path.split('/')))
    if (track) options.onTrack?.({ trackId: track.id, isNew: false })
  }
  await readTagsAgain(workspace, root, { ...options, folders })
  store.roots.markScanned(root.id)
  const filesMissing = plan.vanished.length
  workspace.emit({ type: 'scan', root: root.path, offline: false, tracksAdded, filesMissing })
  return {
    ...emptyReport(root, false),
    filesFound: wanted.length,
    filesIgnored: listing.files.length - wanted.length,
    tracksAdded,
    filesRead: plan.toIdentify.length,
    filesUnchanged: plan.unchangedCount,
    filesMissing,
    leftOut: countLeftOut(leftOut),
    failures,
  }
}

/** A file that makes the reader hang must not hold up the scan. */
const identify = (
  { pool }: Workspace,
  source: AudioSource,
  signal: AbortSignal | undefined,
): Promise<TaskOutput<'identifyTrack'>> => {
  const limit = new AbortController()
  const timer = setTimeout(
    () => limit.abort(new UserError('DECODER_TIMEOUT', `${source.path}: not read after ${READING_LIMIT_MS / 1000} s`)),
    READING_LIMIT_MS,
  )
  return pool
    .run('identifyTrack', source, { signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal })
    .finally(() => clearTimeout(timer))
}

/** Whether a file is still as it was listed; one that has gone meanwhile counts, since the next scan finds that. */
const isAsFound = async (path: string, { sizeBytes, modifiedMs }: FoundFile): Promise<boolean> => {
  const status = await stat(path).catch(() => null)
  return status === null || (status.size === sizeBytes && status.mtimeMs === modifiedMs)
}

const emptyReport = (root: Root, offline: boolean): ScanReport => ({
  root: root.path,
  offline,
  filesFound: 0,
  tracksAdded: 0,
  filesRead: 0,
  filesUnchanged: 0,
  filesMissing: 0,
  filesIgnored: 0,
  leftOut: [],
  failures: [],
})

/**
 * @returns null for a root that is offline: it cannot be listed, or is empty where files were, as an unmounted drive
 * leaves it
 */
const listRoot = async (root: Root, knownCount: number, options: CrawlOptions): Promise<CrawlResult | null> => {
  try {
    const listing = await crawl(root.path, options)
    const isEmpty = listing.files.length === 0 && listing.failures.length === 0 && listing.looked.includes('')
    return isEmpty && knownCount > 0 ? null : listing
  } catch (error) {
    if (error instanceof UserError && error.code === 'ROOT_OFFLINE') return null
    throw error
  }
}

/**
 * A file below something that could not be read has not vanished, since nobody looked. Behind a link out of the library
 * somebody did.
 */
export const keepUnreadable = (plan: ScanPlan, root: Root, failures: readonly FileFailure[]): ScanPlan => {
  const unread = failures.filter(({ error }) => error.code !== 'OUTSIDE_LIBRARY').map(({ file }) => file)
  const vanished = plan.vanished.filter((file) => !liesWithin(unread, join(root.path, ...file.path.split('/'))))
  return { ...plan, vanished }
}
