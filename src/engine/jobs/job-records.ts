import { UserError } from '../../core/support/user-error.ts'
import type { JobChange, JobStore, NewJob, StoredJob } from '../../platform/store/job-store.ts'
import {
  formatJobId,
  JOB_PRIORITIES,
  type Job,
  type JobMeasure,
  type JobStatus,
  LIVE_STATUSES,
  TERMINAL_STATUSES,
} from '../kit/job.ts'

export type JobFilter = {
  readonly kind?: string
  readonly statuses?: readonly JobStatus[]
  readonly limit?: number
}

export const NOTHING_DONE: JobMeasure = {
  stage: null,
  done: 0,
  total: 0,
  item: null,
  fraction: 0,
  etaSeconds: null,
  training: null,
}

const toJob = (stored: StoredJob): Job =>
  ({
    ...stored,
    progress: stored.progress ?? NOTHING_DONE,
    jobId: formatJobId(stored.id),
    priority: JOB_PRIORITIES[stored.priority] ?? 'normal',
  }) as Job

/** Jobs as the database has them, and those whose last state a full disk has not taken yet. */
export class JobRecords {
  readonly #store: JobStore
  readonly #unwritten = new Map<number, Job>()

  constructor(store: JobStore) {
    this.#store = store
  }

  add(job: NewJob): Job {
    return toJob(this.#store.add(job))
  }

  get(id: number): Job | null {
    const unwritten = this.#unwritten.get(id)
    if (unwritten) return unwritten
    const stored = this.#store.get(id)
    return stored && toJob(stored)
  }

  /** The newest first. */
  list(filter: JobFilter = {}): readonly Job[] {
    return this.#store.list(filter).map((stored) => this.#unwritten.get(stored.id) ?? toJob(stored))
  }

  /** Jobs that have not ended and that nothing here knows how to go on with. */
  strangers(kinds: readonly string[]): readonly Job[] {
    return this.#store.strangers({ kinds, live: LIVE_STATUSES, ended: TERMINAL_STATUSES }).map(toJob)
  }

  /** Waiting jobs in the order in which they are to run. */
  waiting(): readonly Job[] {
    // The end of some may be known here only.
    return this.#store
      .queued('pending')
      .map(toJob)
      .filter(({ id }) => !this.#unwritten.has(id))
  }

  raisePriority(id: number, rank: number): Job {
    return toJob(this.#store.update(id, { priority: Math.max(this.#store.get(id)!.priority, rank) }))
  }

  /** @returns false where the disk takes nothing; jobs go on all the same, and a later write tries again */
  write(id: number, change: JobChange): boolean {
    try {
      this.#store.update(id, change)
      return true
    } catch (error) {
      if (error instanceof UserError) return false
      throw error
    }
  }

  /** Keeps the end of a job, in memory until the disk takes it. */
  settle(job: Job): void {
    this.#unwritten.set(job.id, job)
    this.writeSettled()
  }

  writeSettled(): void {
    for (const { id, status, result, error, progress, attempt, completedAt } of [...this.#unwritten.values()])
      if (this.write(id, { status, result, error, progress, attempt, completedAt })) this.#unwritten.delete(id)
  }

  /** Forgets all but the newest ended jobs. Jobs of kinds that are kept stay. */
  forgetOld(statuses: readonly JobStatus[], kept: { readonly keep: number; readonly but: readonly string[] }): void {
    try {
      this.#store.forgetOld(statuses, kept)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
    }
  }
}
