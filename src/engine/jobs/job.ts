import type { LabelCounts } from '../../core/labels/label-counts.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { ErrorReport } from '../../core/support/user-error.ts'
import type { DemoPayload, DemoReport } from '../../demo/make-demo.ts'
import type { AnalysisReport } from '../analysis/analyse-tracks.ts'
import type { LibraryScan } from '../collection/scan-library.ts'
import type { LibraryClassification } from '../reading/classify-library.ts'

/** What each kind of job is asked to do. */
export type JobPayloads = {
  /** Look at all roots, then analyse what is new or out of date. */
  readonly scan: { readonly analyse: boolean; readonly newGrids: boolean }
  /** `trackIds` null: every track that is out of date. */
  readonly analyse: { readonly trackIds: readonly number[] | null; readonly newGrids: boolean }
  readonly train: {
    readonly exclude: readonly SectionKind[]
    /** Null: the default. */
    readonly seed: number | null
    readonly epochs: number | null
    /** Also measure what more labels would be worth. @default false */
    readonly learningCurve?: boolean
  }
  /** Generate the demo library and read it. */
  readonly demo: DemoPayload
  /** Read the library again with a model version. `trackIds` null: every analysed track. */
  readonly classify: { readonly version: number; readonly trackIds: readonly number[] | null }
}

/** What each kind of job gives. */
export type JobResults = {
  readonly scan: LibraryScan
  readonly analyse: AnalysisReport
  readonly train: {
    readonly version: number
    readonly accuracy: number
    readonly f1Score: number
    readonly labelsWithoutAudio: number
  }
  readonly demo: DemoReport
  readonly classify: LibraryClassification
}

export type JobKind = keyof JobPayloads

/** The first and the last three are of every kind, `running` of all but training, the others of training. */
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

/** `urgent`: the user looks at it and waits; it overtakes a scan under way. `background`: when nothing else is to be done. */
export type JobPriority = 'urgent' | 'normal' | 'background'

export type JobMeasure = {
  /** What it does now, in a word; null while it waits. */
  readonly stage: string | null
  /** Items of the stage, where it has any: files, tracks. */
  readonly done: number
  readonly total: number
  /** What was finished last. */
  readonly item: string | null
  /** Of the whole job, 0 to 1, measured from work done. */
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

export type JobOf<Kind extends JobKind> = {
  readonly id: number
  /** As the API names it: `job_12`. */
  readonly jobId: string
  readonly kind: Kind
  readonly status: JobStatus
  readonly priority: JobPriority
  readonly payload: JobPayloads[Kind]
  readonly progress: JobMeasure
  /** Null unless completed. */
  readonly result: JobResults[Kind] | null
  /** Why it failed; null unless failed. */
  readonly error: ErrorReport | null
  readonly attempt: number
  readonly createdAt: string
  readonly startedAt: string | null
  readonly completedAt: string | null
}

export type Job = { readonly [Kind in JobKind]: JobOf<Kind> }[JobKind]

export const TERMINAL_STATUSES: readonly JobStatus[] = ['completed', 'failed', 'cancelled']
export const LIVE_STATUSES: readonly JobStatus[] = JOB_STATUSES.filter((status) => !TERMINAL_STATUSES.includes(status))
export const isTerminal = ({ status }: Pick<Job, 'status'>): boolean => TERMINAL_STATUSES.includes(status)

export const formatJobId = (id: number): string => `job_${id}`
/** @returns null for what is no id of a job; a bare number is one too */
export const parseJobId = (text: string): number | null => {
  const digits = /^(?:job_)?([1-9]\d{0,14})$/.exec(text)?.[1]
  return digits === undefined ? null : Number(digits)
}
