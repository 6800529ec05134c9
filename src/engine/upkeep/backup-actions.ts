import { basename } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { removeDatabase } from '../../platform/store/database-files.ts'
import { type Backup, deleteBackup, type LibraryCounts, listBackups } from '../../platform/store/list-backups.ts'
import { stageApart } from '../../platform/store/stage-apart.ts'
import { newestBackup } from '../../platform/store/storage-sizes.ts'
import type { Store } from '../../platform/store/store.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { LIVE_STATUSES } from '../kit/job.ts'
import type { Workspace } from '../kit/workspace.ts'

export type BackupActions = {
  /** Copies of the library, the newest first, and what is in the library now. */
  readonly list: () => Promise<{ readonly current: LibraryCounts; readonly backups: readonly Backup[] }>
  /** The newest of the daily copies. */
  readonly newest: () => Promise<string | null>
  /** Makes a copy now. @returns its name */
  readonly make: () => Promise<string>
  /** Makes the copy of the day. @returns its path; null where today's is there already */
  readonly makeDaily: () => Promise<string | null>
  /**
   * Lays a copy ready, to take the place of the library when that is next opened.
   * @throws BACKUP_NOT_FOUND, DATABASE_DAMAGED, SCHEMA_TOO_NEW, LIBRARY_BUSY
   */
  readonly restore: (name: string) => Promise<void>
  /** @throws BACKUP_NOT_FOUND */
  readonly delete: (name: string) => Promise<void>
}

/** @throws LIBRARY_BUSY while a job is under way or waits */
export const requireIdle = (jobs: JobQueue): void => {
  const kinds = new Set(jobs.list({ statuses: LIVE_STATUSES }).map(({ kind }) => kind))
  if (kinds.size > 0) throw new UserError('LIBRARY_BUSY', `${[...kinds].join(', ')}: under way or waiting.`)
}

/** @returns what lays copies ready, one after the other: two at once would write the same file */
const oneAtATime = (store: Store): ((name: string) => Promise<void>) => {
  let last = Promise.resolve()
  return (name) => {
    const staging = last.then(() => stageApart({ directory: store.directory, name }))
    last = staging.catch(() => {})
    return staging
  }
}

export const backupActions = ({ store }: Workspace, jobs: JobQueue): BackupActions => {
  const stage = oneAtATime(store)
  return {
    list: async () => ({ current: store.counts(), backups: listBackups(store.directory.backups) }),
    newest: async () => newestBackup(store.directory),
    make: async () => basename(await store.backups.make()),
    makeDaily: () => store.backups.run(),
    restore: async (name) => {
      requireIdle(jobs)
      await stage(name)
      try {
        requireIdle(jobs)
      } catch (error) {
        // A job began meanwhile: the next start must not lose what it makes.
        removeDatabase(store.directory.restore)
        throw error
      }
    },
    delete: async (name) => deleteBackup(store.directory.backups, name),
  }
}
