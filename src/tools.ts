import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { SectionModel } from './core/models/section-model.ts'
import { defaultDataDirectory } from './default-data-directory.ts'
import { type FileActions, fileActions } from './engine/analysis/file-actions.ts'
import type { BringInOptions } from './engine/exchange/bring-in.ts'
import type { BringInReport } from './engine/exchange/bring-in-report.ts'
import type { JobOptions } from './engine/kit/workspace.ts'
import { type DesktopActions, desktopActions } from './engine/upkeep/desktop-actions.ts'
import { type LoginActions, loginActions } from './engine/upkeep/login-actions.ts'
import { type RescueActions, rescueActions } from './engine/upkeep/rescue-actions.ts'
import { dataDirectoryAt } from './platform/store/data-directory.ts'
import { startPools } from './platform/workers/thread-pools.ts'

/** Everything that can be done without opening a library; `App` is everything else. */
export type Tools = {
  readonly files: FileActions
  readonly backups: RescueActions
  readonly desktop: DesktopActions
  readonly login: LoginActions
  /**
   * @param source path of a model file, or `base` for the shipped model
   * @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL
   */
  readonly readModel: (source: string) => Promise<SectionModel>
  /** Whether there is a library to open. */
  readonly hasLibrary: () => Promise<boolean>
  /** Deletes the library, and nothing that Algiers has not made. @returns what is left in its folder @throws ALREADY_RUNNING */
  readonly eraseLibrary: () => Promise<readonly string[] | null>
  /** What a library of another DJ program holds. @throws FOREIGN_LIBRARY_NOT_FOUND, IMPORT_MALFORMED */
  readonly lookThrough: (options: BringInOptions, job: JobOptions) => Promise<BringInReport>
  readonly close: () => Promise<void>
}

export const openTools = async (dataDir = defaultDataDirectory()): Promise<Tools> => {
  const pool = startPools({ size: availableParallelism() })
  return {
    files: fileActions(pool),
    backups: rescueActions(dataDir),
    desktop: desktopActions(dataDir),
    login: loginActions(),
    readModel: async (source) =>
      source === 'base'
        ? (await import('./engine/versions/base-model.ts')).readBaseModel()
        : (await import('./engine/versions/section-model-file.ts')).readModelFile(source),
    hasLibrary: async () => existsSync(dataDirectoryAt(dataDir).database),
    eraseLibrary: async () => (await import('./platform/store/erase-library.ts')).eraseLibrary(dataDir),
    lookThrough: async (options, job) =>
      (await import('./engine/exchange/bring-in.ts')).lookThroughAlone(pool, options, job),
    close: () => pool.close(),
  }
}
