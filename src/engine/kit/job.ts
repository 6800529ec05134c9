import type { LabelCounts } from '../../core/labels/label-counts.ts'
import type { ErrorReport } from '../../core/support/user-error.ts'

/** Every kind has `pending` and the last three. A training uses `preparing`, `training` and `evaluating` where other kinds use `running`. */
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

/** `urgent`: the user waits for it, so it overtakes a scan that is under way. `background`: runs when nothing else does. */
export const JOB_PRIORITIES = ['background', 'normal', 'urgent'] as const
export type JobPriority = (typeof JOB_PRIORITIES)[number]
/** As the threads know it: the higher is taken first. */
export const rankOf = (priority: JobPriority): number => JOB_PRIORITIES.indexOf(priority)
export const URGENT_RANK = rankOf('urgent')

export type JobMeasure = {
  /** What it does now, in a word; null while it waits. */
  readonly stage: string | null
  /** Items of the stage, where it has any: files, tracks. */
  readonly done: number
  readonly total: number
  /** The item finished last. */
  readonly item: string | null
  /** Fraction done of the whole job, 0 to 1, measured from work done. */
  readonly fraction: number
  /** From the pace of the stage so far; null until that is known, and while stages of unknown length follow. */
  readonly etaSeconds: number | null
  /** Null for other kinds than training. */
  readonly training: TrainingMeasure | null
}

export type TrainingMeasure = {
  /** As they were when the job was made. */
  readonly labelCounts: LabelCounts
  /** Rounds of the part that is trained now: spans, bars, boundaries. Null before the first. */
  readonly epoch: number | null
  readonly totalEpochs: number | null
  readonly loss: number | null
  readonly validationLoss: number | null
}

/** A job as everyone sees it; `kind` says what payload and result are, see `JobDefinition`. */
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

export const TERMINAL_STATUSES: readonly JobStatus[] = ['completed', 'failed', 'cancelled']
export const LIVE_STATUSES: readonly JobStatus[] = JOB_STATUSES.filter((status) => !TERMINAL_STATUSES.includes(status))
export const isTerminal = ({ status }: Pick<Job, 'status'>): boolean => TERMINAL_STATUSES.includes(status)

export const formatJobId = (id: number): string => `job_${id}`
/** @returns null for what is no id of a job; a bare number is one too */
export const parseJobId = (text: string): number | null => {
  const digits = /^(?:job_)?([1-9]\d{0,14})$/.exec(text)?.[1]
  return digits === undefined ? null : Number(digits)
}
