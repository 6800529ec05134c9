import type { Backup } from '../../platform/store/list-backups.ts'

/**
 * Copies of a library that need not open, since it may be the damaged one that a copy is wanted for.
 * @throws DATA_DIR_UNWRITABLE
 */
export type RescueActions = {
  /** All copies, the newest first, and their folder. */
  readonly list: () => Promise<{ readonly folder: string; readonly backups: readonly Backup[] }>
  /**
   * Puts a copy in the place of the library.
   * @returns the name of a copy of what was there before; null where nothing was
   * @throws ALREADY_RUNNING, BACKUP_NOT_FOUND, DATABASE_DAMAGED, SCHEMA_TOO_NEW
   */
  readonly restore: (name: string) => Promise<string | null>
}

export const rescueActions = (dataDir: string): RescueActions => ({
  list: async () => {
    const { createDataDirectory } = await import('../../platform/store/data-directory.ts')
    const { listBackups } = await import('../../platform/store/list-backups.ts')
    const { backups: folder } = createDataDirectory(dataDir)
    return { folder, backups: listBackups(folder) }
  },
  restore: async (name) => (await import('../../platform/store/restore-backup.ts')).restoreBackup(dataDir, name),
})
