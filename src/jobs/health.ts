import { statfsSync } from 'node:fs'
import type { JobQueue } from './job-queue.ts'
import type { Workspace } from './workspace.ts'

/** How it goes, told in a millisecond; `doctor` looks at everything, and takes its time. */
export type Health = {
  readonly tracks: number
  readonly roots: { readonly online: number; readonly offline: number }
  readonly jobs: { readonly waiting: number; readonly running: number }
  readonly activeVersion: number | null
  readonly threads: number
  /** On the disk of the data directory. */
  readonly freeBytes: number
}

export const healthOf = ({ store, pool }: Workspace, queue: JobQueue): Health => {
  const roots = store.roots.list()
  const offline = roots.filter(({ offlineSince }) => offlineSince !== null).length
  const { bavail, bsize } = statfsSync(store.directory.path)
  return {
    tracks: store.tracks.find({ limit: 0 }).total,
    roots: { online: roots.length - offline, offline },
    jobs: { waiting: store.jobs.count('pending'), running: queue.runningCount },
    activeVersion: store.models.activeVersion(),
    threads: pool.size,
    freeBytes: bavail * bsize,
  }
}
