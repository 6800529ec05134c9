import { type ErrorReport, toErrorReport, UserError } from '../../core/support/user-error.ts'
import type { LossPoint } from '../../core/training/loss-curve.ts'
import type { JobChange, StoredJob } from '../../platform/store/job-store.ts'
import type { Workspace } from '../kit/workspace.ts'
import {
  formatJobId,
  isTerminal,
  type Job,
  type JobKind,
  type JobMeasure,
  type JobOf,
  type JobPayloads,
  type JobPriority,
  type JobStatus,
  LIVE_STATUSES,
  TERMINAL_STATUSES,
} from './job.ts'
import type { FollowingJob, JobDefinition, JobUpdate } from './job-definition.ts'
import { jobDefinitions } from './job-definitions.ts'

export type JobFilterOptions = {
  readonly kind?: JobKind
  readonly statuses?: readonly JobStatus[]
  readonly limit?: number
}

const PRIORITIES: readonly JobPriority[] = ['background', 'normal', 'urgent']
/** As the threads know it: whoever waits for an answer comes first. */
export const URGENT_PRIORITY = PRIORITIES.indexOf('urgent')
const MOST_WAITING = 1000
/** Ended jobs beside trainings. */
const MOST_KEPT = 500
/** A job that was interrupted this often is not begun again by itself: perhaps it is what ends the process. */
const MOST_ATTEMPTS = 3
/** Progress is told at most this often; every change of status is. */
const TELL_EVERY_MS = 100
/** Less done than this says nothing about the pace. */
const LEAST_PACE = 0.02
/** How long `close` waits for what was aborted. */
const CLOSING_LIMIT_MS = 2000

const SHUTDOWN = new UserError('INTERRUPTED', 'Algiers was closed.')
const CANCELLED = new UserError('CANCELLED', 'The job was cancelled.')

type AnyDefinition = JobDefinition<JobKind>
type Running = {
  job: Job
  readonly cancel: AbortController
  readonly settled: Promise<void>
  toldAt: number
  paceStart: { readonly at: number; readonly pace: number } | null
  losses: () => readonly LossPoint[]
}

const toJob = (stored: StoredJob): Job =>
  ({ ...stored, jobId: formatJobId(stored.id), priority: PRIORITIES[stored.priority] ?? 'normal' }) as Job

const NOTHING_DONE: JobMeasure = {
  stage: null,
  done: 0,
  total: 0,
  item: null,
  fraction: 0,
  etaSeconds: null,
  training: null,
}

/** Runs jobs of the registry: those that wait lie in the database, the progress of those that run in memory. */
export class JobQueue {
  readonly #workspace: Workspace
  readonly #withPriority: (priority: number) => Workspace['pool']
  readonly #running = new Map<number, Running>()
  /** Jobs whose last state could not be written yet, on a full disk. */
  readonly #unwritten = new Map<number, Job>()
  #isRunning = false
  #isClosed = false

  /** Settles what an earlier process left under way; nothing runs before `resume`. */
  constructor(workspace: Workspace, withPriority: (priority: number) => Workspace['pool'] = () => workspace.pool) {
    this.#workspace = workspace
    this.#withPriority = withPriority
    this.#settleInterrupted()
    this.#forgetOld()
  }

  /** Begins to run what waits, now and from now on. */
  resume(): void {
    this.#isRunning = true
    this.#dispatch()
  }

  /**
   * An equal job that waits already is given back instead of a second one, with the higher priority.
   * @throws TRAINING_IN_PROGRESS (details: job_id), QUEUE_FULL, and what the kind refuses at once
   */
  start<Kind extends JobKind>(
    kind: Kind,
    payload: JobPayloads[Kind],
    { priority = 'normal' }: { readonly priority?: JobPriority } = {},
  ): JobOf<Kind> {
    const { jobs } = this.#workspace.store
    if (kind === 'train') this.#requireNoTraining()
    const definition = jobDefinitions[kind] as JobDefinition<Kind>
    const training = definition.prepare?.(this.#workspace, payload) ?? null
    const rank = PRIORITIES.indexOf(priority)
    const waiting = jobs.queued('pending')
    const equal = waiting.find((one) => one.kind === kind && JSON.stringify(one.payload) === JSON.stringify(payload))
    if (!equal && waiting.length >= MOST_WAITING)
      throw new UserError('QUEUE_FULL', `${waiting.length} jobs are waiting.`, { waiting: waiting.length })
    const stored = equal
      ? jobs.update(equal.id, { priority: Math.max(equal.priority, rank) })
      : jobs.add({ kind, status: 'pending', priority: rank, payload, progress: { ...NOTHING_DONE, training } })
    const job = toJob(stored)
    this.#workspace.emit({ type: 'job', job })
    this.#dispatch()
    return this.get(job.id) as JobOf<Kind>
  }

  /** Starts what follows from something that is done, be it a job or an edit: that it cannot wait now does not undo that. */
  follow(next: FollowingJob | null, priority: JobPriority = 'background'): void {
    try {
      if (next) this.start(next.kind, next.payload, { priority })
    } catch (error) {
      // A full queue or disk: what is out of date is found again by the next scan.
      if (!(error instanceof UserError)) throw error
    }
  }

  get runningCount(): number {
    return this.#running.size
  }

  /** As it is now. @throws JOB_NOT_FOUND */
  get(id: number): Job {
    const job = this.#current(id) ?? this.#workspace.store.jobs.get(id)
    if (job === null) throw new UserError('JOB_NOT_FOUND', `There is no job ${formatJobId(id)}.`)
    return 'jobId' in job ? job : toJob(job)
  }

  /** Of a training that runs; none of one that does not. */
  runningLosses(id: number): readonly LossPoint[] {
    return this.#running.get(id)?.losses() ?? []
  }

  /** The newest first. */
  list(filter: JobFilterOptions = {}): readonly Job[] {
    return this.#workspace.store.jobs.list(filter).map((stored) => this.#current(stored.id) ?? toJob(stored))
  }

  /**
   * Ends a job; what it has finished stays. Cancelling a cancelled job changes nothing.
   * @throws JOB_NOT_FOUND, JOB_NOT_CANCELLABLE
   */
  async cancel(id: number): Promise<Job> {
    const job = this.get(id)
    if (job.status === 'cancelled') return job
    if (isTerminal(job))
      throw new UserError('JOB_NOT_CANCELLABLE', `${job.jobId} is ${job.status}.`, { status: job.status })
    const running = this.#running.get(id)
    if (running) {
      running.cancel.abort(CANCELLED)
      await running.settled
    } else this.#finish(job, { status: 'cancelled' })
    return this.get(id)
  }

  /**
   * Makes a job of what failed in an ended one: its failed tracks, or all of it when it failed as a whole.
   * @throws JOB_NOT_FOUND, JOB_NOT_RETRYABLE, and as `start` does
   */
  retryFailed(id: number): Job {
    const job = this.get(id)
    if (job.status === 'failed' || job.status === 'cancelled') return this.start(job.kind, job.payload) as Job
    const retry = jobDefinitions[job.kind].retry as AnyDefinition['retry']
    const again = job.result === null ? null : retry?.(job.result, job.payload)
    if (!again) throw new UserError('JOB_NOT_RETRYABLE', `${job.jobId} is ${job.status}, and nothing in it failed.`)
    return this.start(again.kind, again.payload) as Job
  }

  /** Ends what runs; a job that is resumed waits for the next start. */
  async close(): Promise<void> {
    this.#isRunning = false
    const settled = [...this.#running.values()].map(({ cancel, settled }) => {
      cancel.abort(SHUTDOWN)
      return settled
    })
    await Promise.race([Promise.all(settled), new Promise((resolve) => setTimeout(resolve, CLOSING_LIMIT_MS).unref())])
    this.#isClosed = true
  }

  #current(id: number): Job | undefined {
    return this.#running.get(id)?.job ?? this.#unwritten.get(id)
  }

  #requireNoTraining(): void {
    this.#writeSettled()
    const live = this.list({ kind: 'train', statuses: LIVE_STATUSES }).find((job) => !isTerminal(job))
    if (live) throw new UserError('TRAINING_IN_PROGRESS', `${live.jobId} is ${live.status}.`, { job_id: live.jobId })
  }

  /** Urgent jobs do not wait for their lane; of the others, one a lane runs. */
  #dispatch(): void {
    if (!this.#isRunning) return
    this.#writeSettled()
    for (const job of this.#workspace.store.jobs.queued('pending').map(toJob)) {
      const { lane } = jobDefinitions[job.kind]
      const isTaken = [...this.#running.values()].some(
        ({ job: other }) =>
          jobDefinitions[other.kind].lane === lane && (other.priority === 'urgent') === (job.priority === 'urgent'),
      )
      if (!isTaken) this.#begin(job)
    }
  }

  #begin(job: Job): void {
    const definition = jobDefinitions[job.kind] as AnyDefinition
    const begun = {
      status: definition.firstStatus,
      attempt: job.attempt + 1,
      startedAt: new Date().toISOString(),
    }
    if (!this.#write(job.id, begun)) return
    const cancel = new AbortController()
    const { promise, resolve } = Promise.withResolvers<void>()
    const running: Running = {
      job: { ...job, ...begun },
      cancel,
      settled: promise,
      toldAt: 0,
      paceStart: null,
      losses: () => [],
    }
    this.#running.set(job.id, running)
    this.#tell(running)
    void this.#run(running, definition).finally(resolve)
  }

  async #run(running: Running, definition: AnyDefinition): Promise<void> {
    const { id, payload, priority } = running.job
    const { signal } = running.cancel
    const pool = this.#withPriority(PRIORITIES.indexOf(priority))
    try {
      const report = (update: JobUpdate): void => this.#update(running, update)
      const result = await definition.run({ ...this.#workspace, pool }, payload, { id, report, signal })
      this.#end(running, { status: 'completed', result: result as Job['result'] })
      this.follow(definition.next?.(this.#workspace, result) ?? null)
    } catch (error) {
      // What could not be ended in time: the next start finds it as it was left.
      if (this.#isClosed) return
      if (signal.reason === SHUTDOWN) this.#interrupt(running.job, running.job.attempt - 1)
      else if (signal.reason === CANCELLED) this.#end(running, { status: 'cancelled' })
      else this.#end(running, { status: 'failed', error: toErrorReport(error) })
    } finally {
      this.#running.delete(id)
      this.#dispatch()
    }
  }

  #update(running: Running, { status, pace, training, losses, ...measure }: JobUpdate): void {
    const { job } = running
    if (this.#running.get(job.id) !== running) return
    if (losses) running.losses = losses
    const progress: JobMeasure = {
      ...job.progress,
      ...measure,
      training: job.progress.training && { ...job.progress.training, ...training },
      etaSeconds: etaOf(running, pace ?? null),
    }
    const isNewStatus = status !== undefined && status !== job.status
    running.job = { ...job, status: status ?? job.status, progress } as Job
    if (isNewStatus) this.#write(job.id, { status, progress })
    if (isNewStatus || performance.now() - running.toldAt >= TELL_EVERY_MS) this.#tell(running)
  }

  #tell(running: Running): void {
    running.toldAt = performance.now()
    this.#workspace.emit({ type: 'job', job: running.job })
  }

  #end({ job }: Running, end: JobEnd): void {
    const fraction = end.status === 'completed' ? 1 : job.progress.fraction
    this.#running.delete(job.id)
    this.#finish({ ...job, progress: { ...job.progress, fraction, etaSeconds: null } }, end)
  }

  #finish(job: Job, { status, result = null, error = null }: JobEnd): void {
    this.#settle({ ...job, status, result, error, completedAt: new Date().toISOString() } as Job)
  }

  #settle(job: Job): void {
    this.#unwritten.set(job.id, job)
    this.#writeSettled()
    this.#workspace.emit({ type: 'job', job })
  }

  #writeSettled(): void {
    for (const { id, status, result, error, progress, attempt, completedAt } of [...this.#unwritten.values()])
      if (this.#write(id, { status, result, error, progress, attempt, completedAt })) this.#unwritten.delete(id)
  }

  /** @returns false when the disk takes nothing: jobs go on all the same, and it is tried again with whatever is done next */
  #write(id: number, change: JobChange): boolean {
    try {
      this.#workspace.store.jobs.update(id, change)
      return true
    } catch (error) {
      if (error instanceof UserError) return false
      throw error
    }
  }

  /** A job whose process ended: done after all, to be begun again by itself, or failed. */
  #interrupt(job: Job, attempt: number): void {
    const definition = jobDefinitions[job.kind] as AnyDefinition
    const recovered = definition.recover?.(this.#workspace, job.id) ?? null
    if (recovered) this.#finish(job, { status: 'completed', result: recovered })
    else if (definition.isResumed && attempt < MOST_ATTEMPTS)
      this.#settle({ ...job, status: 'pending', attempt, progress: NOTHING_DONE })
    else {
      const interrupted = new UserError('INTERRUPTED', `Algiers was ended while ${job.jobId} ran.`)
      this.#finish(job, { status: 'failed', error: toErrorReport(interrupted) })
    }
  }

  /** Trainings are kept for ever: model versions name them. */
  #forgetOld(): void {
    try {
      this.#workspace.store.jobs.forgetOld(TERMINAL_STATUSES, { keep: MOST_KEPT, but: 'train' })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
    }
  }

  #settleInterrupted(): void {
    const statuses = LIVE_STATUSES.filter((status) => status !== 'pending')
    for (const job of this.list({ statuses })) this.#interrupt(job, job.attempt)
  }
}

type JobEnd = {
  readonly status: 'completed' | 'failed' | 'cancelled'
  readonly result?: Job['result']
  readonly error?: ErrorReport | null
}

/** From how fast the stage went since its pace was first known. */
const etaOf = (running: Running, pace: number | null): number | null => {
  const now = performance.now()
  if (pace === null) {
    running.paceStart = null
    return null
  }
  running.paceStart ??= { at: now, pace }
  const done = pace - running.paceStart.pace
  return done < LEAST_PACE ? null : (((now - running.paceStart.at) / done) * (1 - pace)) / 1000
}
