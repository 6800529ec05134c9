import { z } from 'zod'
import { errorReport, timestamp, wholeNumber } from './fields.ts'
import { jobResults } from './job-results.ts'
import { operationsOf } from './operation.ts'

const jobId = z.string()
export const jobParams = z.object({ job_id: z.string().max(24) })
export const limitQuery = z.strictObject({ limit: wholeNumber(z.number().int().min(1).max(500)).default(50) })

export const started = z.object({ job_id: jobId, message: z.string() })

const jobKind = z.enum([
  'scan',
  'analyse',
  'train',
  'check-labels',
  'demo',
  'classify',
  'export',
  'restore-tags',
  'look-through',
  'bring-in',
  'import',
  'render',
])
type JobKind = z.infer<typeof jobKind>

const anyJob = z.object({
  id: z.number(),
  job_id: jobId,
  status: z.string(),
  priority: z.enum(['urgent', 'normal', 'background']),
  progress: z.object({
    stage: z.string().nullable(),
    done: z.number(),
    total: z.number(),
    item: z.string().nullable(),
    fraction: z.number(),
    eta_seconds: z.number().nullable(),
  }),
  error: errorReport.nullable(),
  attempt: z.number(),
  created_at: timestamp,
  started_at: timestamp.nullable(),
  completed_at: timestamp.nullable(),
})

/** @returns the schema of a job of a kind; its result is null until it is completed */
const jobOf = <Kind extends JobKind>(kind: Kind) =>
  anyJob.extend({ kind: z.literal(kind), result: jobResults[kind].nullable() })

/** Any job: what it does now, how far it is, and how it ended. */
export const job = z.discriminatedUnion('kind', [
  jobOf('scan'),
  jobOf('analyse'),
  jobOf('train'),
  jobOf('check-labels'),
  jobOf('demo'),
  jobOf('classify'),
  jobOf('export'),
  jobOf('restore-tags'),
  jobOf('look-through'),
  jobOf('bring-in'),
  jobOf('import'),
  jobOf('render'),
  // Made by a newer Algiers, whose library this one was given.
  anyJob.extend({ kind: z.literal('unknown'), result: z.null() }),
])

const { get, post } = operationsOf('jobs')

export const jobOperations = {
  listJobs: get('/api/jobs', {
    summary: 'Lists jobs, the newest first.',
    query: limitQuery.extend({ kind: jobKind.optional() }),
    response: { 200: z.array(job) },
    staleAfter: ['job'],
  }),
  job: get('/api/jobs/:job_id', {
    summary: 'Says how far a job has got, and how it ended.',
    params: jobParams,
    response: { 200: job },
    staleAfter: ['job'],
  }),
  cancelJob: post('/api/jobs/:job_id/cancel', {
    summary: 'Cancels a job; what it has finished is kept.',
    params: jobParams,
    response: { 200: job },
  }),
  cancelJobs: post('/api/jobs/cancel', {
    summary: 'Cancels all jobs that wait or are under way; what they have finished is kept.',
    response: { 200: z.object({ cancelled: z.number() }) },
  }),
  retryJob: post('/api/jobs/:job_id/retry', {
    summary: 'Starts a job that retries what failed in one that has ended.',
    params: jobParams,
    response: { 202: job },
  }),
}
