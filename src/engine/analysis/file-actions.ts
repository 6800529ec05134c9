import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import type { AnalyseFilesOptions, FileOutcome } from './analyse-files.ts'
import type { CheckFilesOptions, FileQuality } from './check-files.ts'
import type { HeardFiles, HearOptions } from './hear-files.ts'

/**
 * What can be done with audio files without a library, in the order given. A file that fails does not stop the others.
 */
export type FileActions = {
  /** Grid, features and facts of each and, where a model is given, its sections. */
  readonly analyse: (files: readonly string[], options: AnalyseFilesOptions) => Promise<readonly FileOutcome[]>
  /** What is wrong with each; the shipped network listens for speech and noise. */
  readonly check: (
    files: readonly string[],
    options?: Omit<CheckFilesOptions, 'ears'>,
  ) => Promise<readonly FileQuality[]>
  /** What a network hears in each. @throws MODEL_NOT_FOUND, INFERENCE_UNAVAILABLE where the network cannot be opened */
  readonly hear: (files: readonly string[], options?: HearOptions) => Promise<HeardFiles>
}

/** The code of each is loaded when it is asked for: a command line of one file waits for nothing else. */
export const fileActions = (pool: TaskRunner): FileActions => ({
  analyse: async (files, options) => (await import('./analyse-files.ts')).analyseFiles(pool, files, options),
  check: async (files, options) => {
    const { SHIPPED_EARS } = await import('../../platform/inference/shipped-ears.ts')
    const { checkFiles } = await import('./check-files.ts')
    return checkFiles(pool, files, { ...options, ears: { folder: SHIPPED_EARS } })
  },
  hear: async (files, options = {}) => (await import('./hear-files.ts')).hearFiles(pool, files, options),
})
