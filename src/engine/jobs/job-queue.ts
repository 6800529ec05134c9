import { giveWay } from '../../core/support/give-way.ts'
import { storageError } from '../../core/support/storage-error.ts'
import { toErrorReport, UserError } from '../../core/support/user-error.ts'
import type { LossPoint } from '../../core/training/loss-curve.ts'
import {
  formatJobId,
  isTerminal,
  type Job,
  type JobPriority,
  type LeftJob,
  LIVE_STATUSES,
  rankOf,
  TERMINAL_STATUSES,
} from '../kit/job.ts'
import type { Workspace } from '../kit/workspace.ts'
import type { FollowingJob, JobDefinition, JobUpdate } from './job-definition.ts'
import { jobsToBegin } from './job-lanes.ts'
import { type JobFilter, JobRecords, NOTHING_DONE } from './job-records.ts'
import { endedJob, type JobEnd, recoverJob, strangeJob, wasInterruptedTooOften } from './job-recovery.ts'
import { RunningJob } from './running-job.ts'
import { tellingThreads } from './telling-threads.ts'

const MOST_WAITING = 1000
/** So many ended jobs are kept, beside those of kinds that always are. */
const MOST_KEPT = 500
/** Progress is told at most this often, a change of status always. */
const TELL_EVERY_MS = 100
/** Time that `close` gives aborted jobs. */
const CLOSING_LIMIT_MS = 2000

const SHUTDOWN = new UserError('INTERRUPTED', 'Algiers was closed.')
const CANCELLED = new UserError('CANCELLED', 'The job was cancelled.')

export type JobQueueOptions = {
  /** Every kind of job that can run. */
  readonly definitions: readonly JobDefinition[]
  /** Gives the threads for jobs of a rank. @default those of the workspace */
  readonly withPriority?: (rank: number) => Workspace['pool']
}

/** Runs jobs. Waiting jobs lie in the database, the progress of running ones in memory. */
export class JobQueue {
  readonly #workspace: Workspace
  readonly #definitions: ReadonlyMap<string, JobDefinition>
  readonly #withPriority: (rank: number) => Workspace['pool']
  readonly #records: JobRecords
  readonly #running = new Map<number, RunningJob>()
  #isRunning = false
  #isClosed = false

  /** Settles what an earlier process left under way. Nothing runs before `resume`. */
  constructor(workspace: Workspace, { definitions, withPriority = () => workspace.pool }: JobQueueOptions) {
    this.#workspace = workspace
    this.#definitions = new Map(definitions.map((definition) => [definition.kind, definition]))
    if (this.#definitions.size < definitions.length) throw new Error('Two definitions of jobs have the same kind')
    this.#withPriority = withPriority
    this.#records = new JobRecords(workspace.store.jobs)
    this.#settleInterrupted()
    const but = definitions.flatMap(({ kind, isKept }) => (isKept ? [kind] : []))
    this.#records.forgetOld(TERMINAL_STATUSES, { keep: MOST_KEPT, but })
  }

  /** Runs waiting jobs from now on. */
  resume(): void {
    this.#isRunning = true
    this.#dispatch()
  }

  /**
   * Where an equal job already waits, that one is returned with the higher of the two priorities.
   * @throws QUEUE_FULL, and as `prepare` and `refuseSecond` of the definition do
   */
  start<Kind extends string, Payload, Result>(
    definition: JobDefinition<Kind, Payload, Result>,
    payload: Payload,
    { priority = 'normal' }: { readonly priority?: JobPriority } = {},
  ): Job<Kind, Payload, Result> {
    const { kind } = definition
    this.#requireFirst(definition)
    const training = definition.prepare?.(this.#workspace, payload) ?? null
    const begun = [...this.#running.keys()]
    const equal = this.#records.equalTo({ kind, payload }, begun)
    const waiting = equal ? 0 : this.#records.waitingCount(begun)
    if (waiting >= MOST_WAITING) throw new UserError('QUEUE_FULL', `${waiting} jobs are waiting.`, { waiting })
    const rank = rankOf(priority)
    const job = equal
      ? this.#records.raisePriority(equal.id, rank)
      : this.#records.add({ kind, status: 'pending', priority: rank, payload, progress: { ...NOTHING_DONE, training } })
    this.#workspace.emit({ type: 'job', job })
    this.#dispatch()
    return this.get(job.id) as Job<Kind, Payload, Result>
  }

  /**
   * Starts what follows from a job or an edit. A full queue or disk must not fail those; the next scan finds what is
   * out of date.
   */
  follow(next: FollowingJob | null, priority: JobPriority = 'background'): void {
    try {
      if (next) this.start(next.definition, next.payload, { priority })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
    }
  }

  /** Those that a thread has taken. */
  get runningCount(): number {
    return [...this.#running.values()].filter(({ isTaken }) => isTaken).length
  }

  /** As it is now. @throws JOB_NOT_FOUND */
  get(id: number): Job {
    const job = this.#running.get(id)?.job ?? this.#records.get(id)
    if (job === null) throw new UserError('JOB_NOT_FOUND', `There is no job ${formatJobId(id)}.`)
    return job
  }

  /** Losses of a running training; none otherwise. */
  runningLosses(id: number): readonly LossPoint[] {
    return this.#running.get(id)?.losses() ?? []
  }

  /** The newest first. */
  list(filter: JobFilter = {}): readonly Job[] {
    return this.#records.list(filter).map((job) => this.#running.get(job.id)?.job ?? job)
  }

  /**
   * Ends a job and keeps what it has finished. Cancelling a cancelled job changes nothing.
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
      // The library may be closed by now, and nobody waits for what nobody asked for.
      if (this.#isClosed) return running.job
    } else this.#settle(endedJob(job, { status: 'cancelled' }))
    return this.get(id)
  }

  /** Ids of all that wait or are under way, the newest first. */
  liveIds(): readonly number[] {
    return this.#records.ids(LIVE_STATUSES)
  }

  /** Cancels every live job of a kind. @returns once all have ended */
  async cancelAll({ kind }: JobDefinition): Promise<void> {
    // The end of a job that the disk did not take yet is known here only.
    this.#records.writeSettled()
    const live = this.list({ kind, statuses: LIVE_STATUSES }).filter((job) => !isTerminal(job))
    await Promise.all(live.map(({ id }) => this.cancel(id)))
  }

  /**
   * Starts what failed in an ended job again: its failed tracks, or all of it where it failed as a whole.
   * @throws JOB_NOT_FOUND, JOB_NOT_RETRYABLE, and as `start` does
   */
  retryFailed(id: number): Job {
    const job = this.get(id)
    if (!this.#definitions.has(job.kind))
      throw new UserError('JOB_NOT_RETRYABLE', `${job.jobId} is of a kind that this version does not know.`)
    const definition = this.#definitionOf(job)
    if (job.status === 'failed' || job.status === 'cancelled') return this.start(definition, job.payload)
    const again = job.result === null ? null : definition.retry?.(job.result, job.payload)
    if (!again) throw new UserError('JOB_NOT_RETRYABLE', `${job.jobId} is ${job.status}, and nothing in it failed.`)
    return this.start(again.definition, again.payload)
  }

  /** Jobs that are not done, and whether the next start goes on with them. */
  leftJobs(): readonly LeftJob[] {
    const live = this.list({ statuses: LIVE_STATUSES }).filter((job) => !isTerminal(job))
    return live.map((job) => ({ job, goesOn: !this.#running.has(job.id) || this.#definitionOf(job).isResumed }))
  }

  /** Ends what runs. Jobs that are resumed wait for the next start. */
  async close(): Promise<void> {
    this.#isRunning = false
    const settled = [...this.#running.values()].map(async (running) => {
      running.cancel.abort(SHUTDOWN)
      await running.settled
    })
    await Promise.race([Promise.all(settled), new Promise((resolve) => setTimeout(resolve, CLOSING_LIMIT_MS).unref())])
    this.#isClosed = true
  }

  #definitionOf({ kind }: Pick<Job, 'kind'>): JobDefinition {
    const definition = this.#definitions.get(kind)
    if (!definition) throw new Error(`There is no definition of jobs of the kind ${kind}`)
    return definition
  }

  #requireFirst(definition: JobDefinition): void {
    if (!definition.refuseSecond) return
    this.#records.writeSettled()
    const live = this.list({ kind: definition.kind, statuses: LIVE_STATUSES }).find((job) => !isTerminal(job))
    if (live) throw definition.refuseSecond(live)
  }

  #dispatch(): void {
    if (!this.#isRunning) return
    this.#records.writeSettled()
    const running = [...this.#running.values()].map(({ job }) => job)
    const laneOf = (kind: string): JobDefinition['lane'] => this.#definitionOf({ kind }).lane
    // One that has begun is pending, too, until a thread takes it.
    const waiting = this.#records.firstWaiting([...this.#running.keys()])
    for (const job of jobsToBegin(waiting, running, laneOf)) this.#begin(job)
  }

  #begin(job: Job): void {
    const begun = { attempt: job.attempt + 1 }
    if (!this.#records.write(job.id, begun)) return
    const running = new RunningJob({ ...job, ...begun })
    this.#running.set(job.id, running)
    void this.#run(running, this.#definitionOf(job)).finally(running.settle)
  }

  /** A job is under way once a thread has one of its tasks, or it has done something by itself. */
  #take(running: RunningJob): void {
    const { id, kind } = running.job
    if (running.isTaken || this.#running.get(id) !== running) return
    const taken = { status: this.#definitionOf({ kind }).firstStatus, startedAt: new Date().toISOString() }
    running.take(taken)
    this.#records.write(id, taken)
    this.#tell(running)
  }

  async #run(running: RunningJob, definition: JobDefinition): Promise<void> {
    const { id, payload } = running.job
    const { signal } = running.cancel
    const pool = tellingThreads(this.#withPriority(rankOf(running.job.priority)), () => this.#take(running))
    try {
      // Jobs that end at once would keep all others from being answered until the last has ended.
      await giveWay()
      signal.throwIfAborted()
      const report = (update: JobUpdate): void => this.#update(running, update)
      const result = await definition.run({ ...this.#workspace, pool }, payload, { id, report, signal })
      this.#end(running, { status: 'completed', result })
      this.follow(definition.next?.(this.#workspace, result) ?? null)
    } catch (error) {
      // A job that could not be ended in time is left as it is; the next start settles it.
      if (this.#isClosed) return
      if (signal.reason === SHUTDOWN)
        this.#settle(recoverJob(this.#workspace, definition, running.job, running.job.attempt - 1))
      else if (signal.reason === CANCELLED) this.#end(running, { status: 'cancelled' })
      else this.#end(running, { status: 'failed', error: toErrorReport(storageError(error)) })
    } finally {
      this.#running.delete(id)
      this.#dispatch()
    }
  }

  #update(running: RunningJob, update: JobUpdate): void {
    if (this.#running.get(running.job.id) !== running) return
    if ((update.done ?? 0) > 0 || (update.fraction ?? 0) > 0) this.#take(running)
    const isNewStatus = running.update(update)
    const { id, status, progress } = running.job
    if (isNewStatus) this.#records.write(id, { status, progress })
    if (isNewStatus || performance.now() - running.toldAtMs >= TELL_EVERY_MS) this.#tell(running)
  }

  #tell(running: RunningJob): void {
    running.toldAtMs = performance.now()
    this.#workspace.emit({ type: 'job', job: running.job })
  }

  #end(running: RunningJob, end: JobEnd): void {
    if (end.status !== 'cancelled') this.#take(running)
    const { job } = running
    const fraction = end.status === 'completed' ? 1 : job.progress.fraction
    this.#running.delete(job.id)
    this.#settle(endedJob({ ...job, progress: { ...job.progress, fraction, etaSeconds: null } }, end))
  }

  #settle(job: Job): void {
    this.#records.settle(job)
    this.#workspace.emit({ type: 'job', job })
  }

  #settleInterrupted(): void {
    for (const job of this.#records.strangers([...this.#definitions.keys()])) this.#settle(strangeJob(job))
    // A job that is begun but not taken yet is still pending.
    const interrupted = this.list({ statuses: LIVE_STATUSES }).filter(
      (job) => job.status !== 'pending' || wasInterruptedTooOften(job),
    )
    for (const job of interrupted) this.#settle(recoverJob(this.#workspace, this.#definitionOf(job), job))
  }
}
