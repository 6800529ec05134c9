import { z } from 'zod'
import { id, labelCounts, sectionKind, timestamp } from './fields.ts'
import { jobParams, limitQuery, started } from './jobs.ts'
import { operationsOf } from './operation.ts'
import { scopedTraining } from './scoped-training.ts'

/** A training as the guide documents it; numbers are null until they are known. */
export const trainingJob = z.object({
  id: z.number(),
  job_id: z.string(),
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
  /** What came of training for scopes, each with a sentence. */
  scopes: z.array(scopedTraining),
  /** Begins with the words that the guide lists. */
  error_message: z.string().nullable(),
  /** What the user can do. */
  error_hint: z.string().nullable(),
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

const trainingRequest = z.strictObject({
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
  /** Ids of scopes to train for, too, on the same folds. */
  scopes: z.array(id).max(100).default([]),
  /** Whether a version for all of the library is made. */
  general: z.boolean().default(true),
})

const { get, post } = operationsOf('training')

export const trainingOperations = {
  train: post('/api/training/start', {
    summary: 'Starts a job that trains a model on all labels and publishes it as a version.',
    body: trainingRequest.nullish(),
    response: { 202: started },
  }),
  listTrainings: get('/api/training/jobs', {
    summary: 'Lists trainings, the newest first.',
    query: limitQuery,
    response: { 200: z.array(trainingJob) },
    staleAfter: ['job'],
  }),
  training: get('/api/training/jobs/:job_id', {
    summary: 'Says how far a training has got, with the losses of every round so far.',
    params: jobParams,
    response: { 200: trainingDetails },
    staleAfter: ['job'],
  }),
  cancelTraining: post('/api/training/jobs/:job_id/cancel', {
    summary: 'Cancels a training, which then makes no model.',
    params: jobParams,
    response: { 200: trainingJob },
  }),
}
