import type { LossPoint } from '../../core/training/loss-curve.ts'
import type { Workspace } from '../kit/workspace.ts'
import type { JobKind, JobMeasure, JobPayloads, JobResults, JobStatus, TrainingMeasure } from './job.ts'

/** Jobs of a lane run one after the other; lanes run beside each other on the threads of the pool. */
type JobLane = 'library' | 'training' | 'classification'

export type JobUpdate = Partial<Omit<JobMeasure, 'etaSeconds' | 'training'>> & {
  readonly training?: Omit<TrainingMeasure, 'labelCounts'>
  readonly status?: JobStatus
  /** The losses of a training so far; asked for when somebody looks, since they are many. */
  readonly losses?: () => readonly LossPoint[]
  /** Done of the stage, 0 to 1, if its pace tells when the whole job ends. */
  readonly pace?: number | null
}

export type JobContext = {
  readonly id: number
  readonly report: (update: JobUpdate) => void
  readonly signal: AbortSignal
}

/** What the queue must know of a kind. */
export type JobDefinition<Kind extends JobKind> = {
  readonly lane: JobLane
  /** The status while it runs, before it reports another. */
  readonly firstStatus: JobStatus
  /** After an interruption: run it again by itself, or leave that to the user. */
  readonly isResumed: boolean
  /** Refuses at once what cannot succeed; else the first figures. */
  readonly prepare?: (workspace: Workspace, payload: JobPayloads[Kind]) => TrainingMeasure | null
  readonly run: (workspace: Workspace, payload: JobPayloads[Kind], context: JobContext) => Promise<JobResults[Kind]>
  /** What an interrupted job had reached all the same: its result was on the disk before the job could say so. */
  readonly recover?: (workspace: Workspace, id: number) => JobResults[Kind] | null
  /** What to do again of a completed job; null when nothing in it failed. */
  readonly retry?: (result: JobResults[Kind], payload: JobPayloads[Kind]) => FollowingJob | null
  /** What is to be done in the background once it is completed. */
  readonly next?: (workspace: Workspace, result: JobResults[Kind]) => FollowingJob | null
}

export type FollowingJob = {
  readonly [Kind in JobKind]: { readonly kind: Kind; readonly payload: JobPayloads[Kind] }
}[JobKind]
