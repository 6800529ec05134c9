import { basename } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { type Backup, deleteBackup, type LibraryCounts, listBackups } from '../../platform/store/list-backups.ts'
import { stageRestore } from '../../platform/store/restore-backup.ts'
import { LIVE_STATUSES } from '../jobs/job.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { Workspace } from '../kit/workspace.ts'

export type BackupActions = {
  /** Copies of the library, the newest first, and what is in the library now. */
  readonly list: () => { readonly current: LibraryCounts; readonly backups: readonly Backup[] }
  /** Makes one now. @returns its name */
  readonly make: () => Promise<string>
  /**
   * Lays a copy ready to take the library's place when it is opened next.
   * @throws BACKUP_NOT_FOUND, DATABASE_DAMAGED, SCHEMA_TOO_NEW, LIBRARY_BUSY
   */
  readonly restore: (name: string) => void
  /** @throws BACKUP_NOT_FOUND */
  readonly delete: (name: string) => void
}

/** @throws LIBRARY_BUSY while a job is under way or waits */
export const requireIdle = (jobs: JobQueue): void => {
  const live = jobs.list({ statuses: LIVE_STATUSES })
  if (live.length > 0)
    throw new UserError('LIBRARY_BUSY', `${live.map(({ kind }) => kind).join(', ')}: under way or waiting.`)
}

export const backupActions = ({ store }: Workspace, jobs: JobQueue): BackupActions => ({
  list: () => ({ current: store.counts(), backups: listBackups(store.directory.backups) }),
  make: async () => basename(await store.backups.make()),
  restore: (name) => {
    requireIdle(jobs)
    stageRestore(store.directory, name)
  },
  delete: (name) => deleteBackup(store.directory.backups, name),
})
