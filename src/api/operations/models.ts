import { z } from 'zod'
import { BYTES_TYPE, done, id, labelCounts, media, timestamp } from './fields.ts'
import { modelCard } from './model-card.ts'
import { operationsOf } from './operation.ts'

export const model = z.object({
  id: z.number(),
  model_type: z.literal('dj_section'),
  version: z.number(),
  model_path: z.string(),
  accuracy: z.number(),
  f1_score: z.number(),
  is_active: z.boolean(),
  is_compatible: z.boolean(),
  label_counts: labelCounts.partial(),
  training_job_id: z.string().nullable(),
  created_at: timestamp,
})

/** With the whole card: lineage, scoreboard, advice. */
export const modelDetails = model.extend({ card: modelCard })

const versionParams = z.object({ version: id })
/** A little above what a bundle may have, so that the bundle's own limit speaks. */
const MOST_BUNDLE_BYTES = 40 << 20

const { get, post, remove } = operationsOf('models')

export const modelOperations = {
  listModels: get('/api/training/models', {
    summary: 'Lists the model versions.',
    /** Of any other type there are none. */
    query: z.strictObject({ type: z.string().max(40).optional() }),
    response: { 200: z.array(model) },
    staleAfter: ['models'],
  }),
  model: get('/api/training/models/:version', {
    summary: 'Gives a model version with its whole card.',
    params: versionParams,
    response: { 200: modelDetails },
    staleAfter: ['models'],
  }),
  activateModel: post('/api/training/models/:version/activate', {
    summary: 'Makes a version the active one, which then reads the library.',
    params: versionParams,
    response: {
      200: z.object({ message: z.string(), version: z.number(), previous_version: z.number().nullable() }),
    },
  }),
  deleteModel: remove('/api/training/models/:version', {
    summary: 'Deletes a version that is not active.',
    params: versionParams,
    response: { 200: done },
  }),
  exportModel: get('/api/training/models/:version/export', {
    summary: 'Sends a version as one file to give away.',
    params: versionParams,
    response: { 200: media('A model bundle.', BYTES_TYPE) },
  }),
  importModel: post('/api/training/models/import', {
    summary: 'Adds a version from a bundle.',
    bodyLimit: MOST_BUNDLE_BYTES,
    consumes: BYTES_TYPE,
    // Here it is the request's content that does not fit; elsewhere the state of this library.
    statuses: { INCOMPATIBLE_MODEL: 422 },
    response: { 201: modelDetails },
  }),
}
