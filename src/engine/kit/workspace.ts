import type { Store } from '../../platform/store/store.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import type { LibraryEars } from './ears.ts'
import type { AppEvent } from './event-log.ts'

/** What every use case works with: the store on this thread, the threads that compute, and whom to tell of changes. */
export type Workspace = {
  readonly store: Store
  readonly pool: TaskRunner
  readonly ears: LibraryEars
  readonly emit: (event: AppEvent) => void
  /** Follows the analysis of each track; without it, tracks get no sections until they are read. */
  readonly readAnalysed?: ReadAnalysed
}

/** Has the proposing version read a track that was just analysed. @returns whether that succeeded, or none shall */
export type ReadAnalysed = (workspace: Workspace, trackId: number) => Promise<boolean>

/** Measured progress of a job over files or tracks. */
export type JobProgress = {
  readonly stage:
    | 'generating'
    | 'listing'
    | 'reading'
    | 'analysing'
    | 'classifying'
    | 'importing'
    | 'writing'
    | 'mixing'
  readonly done: number
  readonly total: number
  /** The item finished last. */
  readonly item: string | null
}

export type JobOptions = {
  readonly onProgress?: (progress: JobProgress) => void
  readonly signal?: AbortSignal
}
