import type { UserError } from '../../core/support/user-error.ts'
import type { LossPoint } from '../../core/training/loss-curve.ts'
import type { Job, JobMeasure, JobStatus, TrainingMeasure } from '../kit/job.ts'
import type { Workspace } from '../kit/workspace.ts'

/** Jobs of a lane run one after the other; lanes run side by side on the threads of the pool. */
export type JobLane = 'library' | 'training' | 'reading' | 'exchange'

export type JobUpdate = Partial<Omit<JobMeasure, 'etaSeconds' | 'training'>> & {
  readonly training?: Omit<TrainingMeasure, 'labelCounts'>
  readonly status?: JobStatus
  /** Losses of a training so far: a function, since they are many and seldom asked for. */
  readonly losses?: () => readonly LossPoint[]
  /** Fraction done of the stage, 0 to 1; null where its pace does not tell when the whole job ends. */
  readonly pace?: number | null
}

export type JobContext = {
  readonly id: number
  readonly report: (update: JobUpdate) => void
  readonly signal: AbortSignal
}

/**
 * A kind of job: its payload, its result, and what the queue must know of it. Each lies with its noun, and
 * `job-definitions.ts` lists them. The functions are methods, which lets definitions of all payloads and results stand
 * in one list.
 */
export type JobDefinition<Kind extends string = string, Payload = unknown, Result = unknown> = {
  readonly kind: Kind
  readonly lane: JobLane
  /** The status from its beginning until it reports another. */
  readonly firstStatus: JobStatus
  /** Whether an interrupted job is begun again by itself; otherwise that is left to the user. */
  readonly isResumed: boolean
  /** Whether ended jobs are kept for ever. @default false */
  readonly isKept?: boolean
  /** Says why a second job is refused while one is live; without it, the second waits. */
  refuseSecond?(live: Job): UserError
  /** Refuses at once what cannot succeed. @returns the first figures of a training */
  prepare?(workspace: Workspace, payload: Payload): TrainingMeasure | null
  run(workspace: Workspace, payload: Payload, context: JobContext): Promise<Result>
  /** Finds the result of an interrupted job that had reached the disk before the job could say so. */
  recover?(workspace: Workspace, id: number): Result | null
  /** The job that repeats what failed in a completed one; null where nothing did. */
  retry?(result: Result, payload: Payload): FollowingJob | null
  /** The job that follows in the background once this one is completed. */
  next?(workspace: Workspace, result: Result): FollowingJob | null
}

export type FollowingJob = { readonly definition: JobDefinition; readonly payload: unknown }

/** A job that follows from another or from an edit, its payload checked against its definition. */
export const followingJob = <Payload>(definition: JobDefinition<string, Payload>, payload: Payload): FollowingJob => ({
  definition,
  payload,
})

export type JobOf<Definition> =
  Definition extends JobDefinition<infer Kind, infer Payload, infer Result> ? Job<Kind, Payload, Result> : never

/** Whether a job is of a kind; if so, the types of its payload and result are known. */
export const isJobOf = <Kind extends string, Payload, Result>(
  definition: JobDefinition<Kind, Payload, Result>,
  job: Job,
): job is Job<Kind, Payload, Result> => job.kind === definition.kind
