import type { LossPoint } from '../../core/training/loss-curve.ts'
import type { Job, JobMeasure } from '../kit/job.ts'
import type { JobUpdate } from './job-definition.ts'

/** A smaller part than this tells nothing about the pace. */
const LEAST_PACE = 0.02

/** Tells the seconds until a stage ends, from its pace since that was first known. @param now clock in ms */
export const createPace = (now: () => number = () => performance.now()): ((pace: number | null) => number | null) => {
  let start: { readonly at: number; readonly pace: number } | null = null
  return (pace) => {
    if (pace === null) {
      start = null
      return null
    }
    start ??= { at: now(), pace }
    const done = pace - start.pace
    return done < LEAST_PACE ? null : (((now() - start.at) / done) * (1 - pace)) / 1000
  }
}

/** A job under way. Its progress lives in memory; the database has what was last written. */
export class RunningJob {
  readonly cancel = new AbortController()
  readonly #settled = Promise.withResolvers<void>()
  readonly #eta = createPace()
  #job: Job
  #losses: () => readonly LossPoint[] = () => []
  toldAtMs = 0
  /** Whether a thread has taken it, or it has done something without one; until then it waits. */
  isTaken = false

  constructor(job: Job) {
    this.#job = job
  }

  get job(): Job {
    return this.#job
  }

  /** Resolves once the job has ended, however it did. */
  get settled(): Promise<void> {
    return this.#settled.promise
  }

  take(taken: Pick<Job, 'status' | 'startedAt'>): void {
    this.isTaken = true
    this.#job = { ...this.#job, ...taken }
  }

  readonly settle = (): void => this.#settled.resolve()

  losses(): readonly LossPoint[] {
    return this.#losses()
  }

  /** @returns whether the status changed */
  update({ status, pace, training, losses, ...measure }: JobUpdate): boolean {
    const before = this.#job
    if (losses) this.#losses = losses
    const progress: JobMeasure = {
      ...before.progress,
      ...measure,
      training: before.progress.training && { ...before.progress.training, ...training },
      etaSeconds: this.#eta(pace ?? null),
    }
    this.#job = { ...before, status: (this.isTaken && status) || before.status, progress }
    return this.#job.status !== before.status
  }
}
