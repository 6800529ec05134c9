import { z } from 'zod'
import { id, labelCounts, sectionKind, timestamp } from './fields.ts'

const jobId = z.string()
export const jobParams = z.object({ job_id: z.string().max(24) })

/** A training as the guide documents it; numbers are null until they are known. */
export const trainingJob = z.object({
  id: z.number(),
  job_id: jobId,
  status: z.enum(['pending', 'preparing', 'training', 'evaluating', 'completed', 'failed', 'cancelled']),
  progress: z.number(),
  current_epoch: z.number().nullable(),
  total_epochs: z.number().nullable(),
  current_loss: z.number().nullable(),
  validation_loss: z.number().nullable(),
  eta_seconds: z.number().nullable(),
  accuracy: z.number().nullable(),
  f1_score: z.number().nullable(),
  model_path: z.string().nullable(),
  model_version: z.number().nullable(),
  error_message: z.string().nullable(),
  error_code: z.string().nullable(),
  label_counts: labelCounts.partial(),
  started_at: timestamp.nullable(),
  completed_at: timestamp.nullable(),
  created_at: timestamp,
})

/** With the losses of every round so far: on what was learnt from, and on what was held out. */
export const trainingDetails = trainingJob.extend({
  losses: z.array(z.object({ round: z.number(), train: z.number(), validation: z.number() })),
})

export const jobKind = z.enum(['scan', 'analyse', 'train', 'demo', 'classify'])

/** Any job: what it does now, how far it is, and how it ended. */
export const job = z.object({
  id: z.number(),
  job_id: jobId,
  kind: jobKind,
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
  result: z.unknown(),
  error: z.object({ code: z.string(), title: z.string(), detail: z.string(), hint: z.string() }).nullable(),
  attempt: z.number(),
  created_at: timestamp,
  started_at: timestamp.nullable(),
  completed_at: timestamp.nullable(),
})

export const trainingRequest = z.strictObject({
  exclude: z.array(sectionKind).default([]),
  seed: z
    .number()
    .int()
    .min(0)
    .max(2 ** 31)
    .nullish(),
  epochs: z.number().int().min(1).max(1000).nullish(),
  /** Also measure what more labels would be worth: two to three times as long in all. */
  learning_curve: z.boolean().default(false),
})
export const started = z.object({ job_id: jobId, message: z.string() })
export const limitQuery = z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(50) })
export const jobQuery = limitQuery.extend({ kind: jobKind.optional() })

export const scanRequest = z.strictObject({ analyse: z.boolean().default(true), new_grids: z.boolean().default(false) })
export const analysisRequest = z.strictObject({
  /** All that are out of date where left out. */
  track_ids: z.array(id).max(100_000).nullish(),
  new_grids: z.boolean().default(false),
})

/** Whether two thirds of the demo tracks come labelled, so that a training can start at once. */
export const demoRequest = z.strictObject({ labelled: z.boolean().default(false) })

export const classificationRequest = z.strictObject({
  /** The active version where left out. */
  version: id.nullish(),
  /** All analysed tracks where left out. */
  track_ids: z.array(id).max(100_000).nullish(),
})
