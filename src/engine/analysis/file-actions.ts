import { SHIPPED_EARS } from '../../platform/inference/shipped-ears.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { type AnalyseFilesOptions, analyseFiles, type FileOutcome } from './analyse-files.ts'
import { type CheckFilesOptions, checkFiles, type FileQuality } from './check-files.ts'
import { type HeardFiles, type HearOptions, hearFiles } from './hear-files.ts'

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

export const fileActions = (pool: TaskRunner): FileActions => ({
  analyse: (files, options) => analyseFiles(pool, files, options),
  check: (files, options) => checkFiles(pool, files, { ...options, ears: { folder: SHIPPED_EARS } }),
  hear: (files, options = {}) => hearFiles(pool, files, options),
})
