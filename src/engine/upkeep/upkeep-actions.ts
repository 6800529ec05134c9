import { LogFile } from '../../platform/store/log-file.ts'
import { migrations } from '../../platform/store/migrations.ts'
import { clearCache, type StorageSizes, storageSizes } from '../../platform/store/storage-sizes.ts'
import type { CacheSweep } from '../collection/sweep-cache.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { Workspace } from '../kit/workspace.ts'
import { type BackupActions, backupActions, requireIdle } from './backup-actions.ts'
import { type Check, examine } from './doctor.ts'
import { type Health, healthOf } from './health.ts'
import { type LogActions, logActions } from './log-actions.ts'
import { type LoginActions, loginActions } from './login-actions.ts'
import { writeReport } from './report.ts'
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
  readonly login: LoginActions
  readonly log: LogActions
  /** What whoever mends Algiers has to know, as text. @param withNames whether titles and paths may be in it */
  readonly report: (withNames: boolean) => Promise<string>
}

/** @param sweeping what the start does to the cache */
export const upkeepActions = (workspace: Workspace, jobs: JobQueue, sweeping: Promise<CacheSweep>): UpkeepActions => {
  const { directory } = workspace.store
  const log = new LogFile(directory.path)
  const doctor = async (): Promise<readonly Check[]> => examine(workspace, await sweeping)
  return {
    health: async () => healthOf(workspace, jobs),
    doctor,
    storageSizes: () => storageSizes(directory),
    clearCache: async () => {
      requireIdle(jobs)
      await clearCache(directory)
    },
    backups: backupActions(workspace, jobs),
    settings: settingsActions(workspace, jobs),
    login: loginActions(),
    log: logActions(log),
    report: async (withNames) => {
      // The checks come first: they try the network.
      const checks = await doctor()
      const library = { checks, health: healthOf(workspace, jobs), ears: workspace.ears.state() }
      return writeReport({ ...library, schema: migrations.length }, log, { withNames, at: new Date().toISOString() })
    },
  }
}
