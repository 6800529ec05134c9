import type { LabelCounts } from '../../core/labels/label-counts.ts'
import type { ErrorReport } from '../../core/support/user-error.ts'

/**
 * Every kind has `pending` and the last three. A training uses `preparing`, `training` and `evaluating` where other
 * kinds use `running`.
 */
export const JOB_STATUSES = [
  'pending',
  'running',
  'preparing',
  'training',
  'evaluating',
  'completed',
  'failed',
  'cancelled',
] as const
export type JobStatus = (typeof JOB_STATUSES)[number]

/**
 * An `urgent` job overtakes a scan under way, since a person waits for it. A `background` job runs when nothing else
 * does.
 */
export const JOB_PRIORITIES = ['background', 'normal', 'urgent'] as const
export type JobPriority = (typeof JOB_PRIORITIES)[number]
/** The rank that threads go by: the highest is taken first. */
export const rankOf = (priority: JobPriority): number => JOB_PRIORITIES.indexOf(priority)
export const URGENT_RANK = rankOf('urgent')

export type JobMeasure = {
  /** What the job is doing, in a word; null while it waits. */
  readonly stage: string | null
  /** Items of the stage that are done: files or tracks, where it has any. */
  readonly done: number
  readonly total: number
  /** The item finished last. */
  readonly item: string | null
  /** Fraction done of the whole job, 0 to 1, measured from work done. */
  readonly fraction: number
  /** Estimated from the pace of the stage; null until that is known, and while stages of unknown length follow. */
  readonly etaSeconds: number | null
  /** Null for every kind but training. */
  readonly training: TrainingMeasure | null
}

export type TrainingMeasure = {
  /** Counted when the job was made. */
  readonly labelCounts: LabelCounts
  /** Round of the part that is being trained: spans, bars or boundaries. Null before the first. */
  readonly epoch: number | null
  readonly totalEpochs: number | null
  readonly loss: number | null
  readonly validationLoss: number | null
}

/** A job as everyone sees it. Its kind tells what payload and result are; see `JobDefinition`. */
export type Job<Kind extends string = string, Payload = unknown, Result = unknown> = {
  readonly id: number
  /** As the API names it: `job_12`. */
  readonly jobId: string
  readonly kind: Kind
  readonly status: JobStatus
  readonly priority: JobPriority
  readonly payload: Payload
  readonly progress: JobMeasure
  /** Null unless completed. */
  readonly result: Result | null
  /** Why it failed; null unless failed. */
  readonly error: ErrorReport | null
  readonly attempt: number
  readonly createdAt: string
  readonly startedAt: string | null
  readonly completedAt: string | null
}

/** A job that the end of this process leaves undone, and whether the next start goes on with it. */
export type LeftJob = { readonly job: Job; readonly goesOn: boolean }

export const TERMINAL_STATUSES: readonly JobStatus[] = ['completed', 'failed', 'cancelled']
export const LIVE_STATUSES: readonly JobStatus[] = JOB_STATUSES.filter((status) => !TERMINAL_STATUSES.includes(status))
export const isTerminal = ({ status }: Pick<Job, 'status'>): boolean => TERMINAL_STATUSES.includes(status)

export const formatJobId = (id: number): string => `job_${id}`
/** @param text `job_12` or `12` @returns null where it is neither */
export const parseJobId = (text: string): number | null => {
  const digits = /^(?:job_)?([1-9]\d{0,14})$/.exec(text)?.[1]
  return digits === undefined ? null : Number(digits)
}
