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

  /** Of jobs with one of the statuses, as far as the disk knows, the newest first. */
  ids(statuses: readonly JobStatus[]): readonly number[] {
    return this.#store.ids(statuses)
  }

  /** Jobs that have not ended and that nothing here knows how to go on with. */
  strangers(kinds: readonly string[]): readonly Job[] {
    return this.#store.strangers({ kinds, live: LIVE_STATUSES, ended: TERMINAL_STATUSES }).map(toJob)
  }

  /** The first waiting jobs of each kind, in the order in which they are to run. @param begun ids of jobs that wait no more */
  firstWaiting(begun: readonly number[]): readonly Job[] {
    return this.#store.firstQueued('pending', this.#notWaiting(begun)).map(toJob)
  }

  /** A waiting job that would do just the same. */
  equalTo({ kind, payload }: Pick<NewJob, 'kind' | 'payload'>, begun: readonly number[]): Job | null {
    const found = this.#store.find({ status: 'pending', kind, payload }, this.#notWaiting(begun))
    return found && toJob(found)
  }

  waitingCount(begun: readonly number[]): number {
    const pending = this.#notWaiting(begun).filter((id) => this.#store.get(id)?.status === 'pending')
    return this.#store.count('pending') - pending.length
  }

  /** The end of some may be known here only. */
  #notWaiting(begun: readonly number[]): readonly number[] {
    return [...begun, ...this.#unwritten.keys()]
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
