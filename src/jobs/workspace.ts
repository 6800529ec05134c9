import type { Store } from '../store/store.ts'
import type { WorkerPool } from '../workers/worker-pool.ts'

/** What every job works with: the store on this thread, and the threads that compute. */
export type Workspace = { readonly store: Store; readonly pool: WorkerPool }

/** Measured progress of a job over files or tracks. */
export type JobProgress = {
  readonly stage: 'listing' | 'reading' | 'analysing'
  readonly done: number
  readonly total: number
  /** What was finished last. */
  readonly item: string | null
}

export type JobOptions = {
  readonly onProgress?: (progress: JobProgress) => void
  readonly signal?: AbortSignal
}
