import { clearCache, type StorageSizes, storageSizes } from '../../platform/store/storage-sizes.ts'
import type { CacheSweep } from '../collection/sweep-cache.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { Workspace } from '../kit/workspace.ts'
import { type BackupActions, backupActions, requireIdle } from './backup-actions.ts'
import { type Check, examine } from './doctor.ts'
import { type Health, healthOf } from './health.ts'
import { type SettingsActions, settingsActions } from './settings-actions.ts'

/** The state of the library, and what keeps it well. */
export type UpkeepActions = {
  /** Answers within a millisecond. */
  readonly health: () => Promise<Health>
  /** Looks at everything that can be wrong, which takes a while. */
  readonly doctor: () => Promise<readonly Check[]>
  readonly storageSizes: () => Promise<StorageSizes>
  /**
   * Deletes waveforms and features, which are made again where they are needed.
   * @throws LIBRARY_BUSY while a job may be using them
   */
  readonly clearCache: () => Promise<void>
  readonly backups: BackupActions
  readonly settings: SettingsActions
}

/** @param sweeping what the start does to the cache */
export const upkeepActions = (workspace: Workspace, jobs: JobQueue, sweeping: Promise<CacheSweep>): UpkeepActions => {
  const { directory } = workspace.store
  return {
    health: async () => healthOf(workspace, jobs),
    doctor: async () => examine(workspace, await sweeping),
    storageSizes: () => storageSizes(directory),
    clearCache: async () => {
      requireIdle(jobs)
      await clearCache(directory)
    },
    backups: backupActions(workspace, jobs),
    settings: settingsActions(workspace, jobs),
  }
}
