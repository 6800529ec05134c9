import type { UserError } from '../../core/support/user-error.ts'
import type { LossPoint } from '../../core/training/loss-curve.ts'
import type { Job, JobMeasure, JobStatus, TrainingMeasure } from '../kit/job.ts'
import type { Workspace } from '../kit/workspace.ts'

/** Jobs of a lane run one after the other; lanes run beside each other on the threads of the pool. */
export type JobLane = 'library' | 'training' | 'reading'

export type JobUpdate = Partial<Omit<JobMeasure, 'etaSeconds' | 'training'>> & {
  readonly training?: Omit<TrainingMeasure, 'labelCounts'>
  readonly status?: JobStatus
  /** Losses of a training so far; a function, because they are many and seldom asked for. */
  readonly losses?: () => readonly LossPoint[]
  /** Fraction done of the stage, 0 to 1, if its pace tells when the whole job ends. */
  readonly pace?: number | null
}

export type JobContext = {
  readonly id: number
  readonly report: (update: JobUpdate) => void
  readonly signal: AbortSignal
}

/**
 * A kind of job: what it is asked to do, what it gives, and what the queue must know. Each lies with its noun; `job-definitions.ts` lists
 * them. The functions are methods, which lets definitions of all payloads and results stand in one list.
 */
export type JobDefinition<Kind extends string = string, Payload = unknown, Result = unknown> = {
  readonly kind: Kind
  readonly lane: JobLane
  /** The status while it runs, before it reports another. */
  readonly firstStatus: JobStatus
  /** Whether an interrupted one is run again by itself; otherwise that is left to the user. */
  readonly isResumed: boolean
  /** Whether ended ones are kept for ever. @default false */
  readonly isKept?: boolean
  /** Why a second one is refused while one is live; left out, it waits. */
  refuseSecond?(live: Job): UserError
  /** Refuses at once what cannot succeed; else the first figures. */
  prepare?(workspace: Workspace, payload: Payload): TrainingMeasure | null
  run(workspace: Workspace, payload: Payload, context: JobContext): Promise<Result>
  /** What an interrupted job had reached all the same: its result was on the disk before the job could say so. */
  recover?(workspace: Workspace, id: number): Result | null
  /** What to do again of a completed job; null when nothing in it failed. */
  retry?(result: Result, payload: Payload): FollowingJob | null
  /** What to do in the background once it is completed. */
  next?(workspace: Workspace, result: Result): FollowingJob | null
}

export type FollowingJob = { readonly definition: JobDefinition; readonly payload: unknown }

/** A job that follows from something done, checked against its definition. */
export const followingJob = <Payload>(definition: JobDefinition<string, Payload>, payload: Payload): FollowingJob => ({
  definition,
  payload,
})

export type JobOf<Definition> =
  Definition extends JobDefinition<infer Kind, infer Payload, infer Result> ? Job<Kind, Payload, Result> : never

/** Whether a job is of a kind, so that its payload and result are known. */
export const isJobOf = <Kind extends string, Payload, Result>(
  definition: JobDefinition<Kind, Payload, Result>,
  job: Job,
): job is Job<Kind, Payload, Result> => job.kind === definition.kind
