import { z } from 'zod'
import { id, labelCounts, timestamp } from './fields.ts'
import { modelCard } from './scoreboard.ts'

export const model = z.object({
  id: z.number(),
  model_type: z.literal('dj_section'),
  version: z.number(),
  model_path: z.string(),
  accuracy: z.number(),
  f1_score: z.number(),
  is_active: z.boolean(),
  label_counts: labelCounts.partial(),
  training_job_id: z.string().nullable(),
  created_at: timestamp,
})

/** With the whole card: lineage, scoreboard, advice. */
export const modelDetails = model.extend({ card: modelCard })

export const modelQuery = z.strictObject({ type: z.literal('dj_section').optional() })
export const activated = z.object({ message: z.string(), version: z.number(), previous_version: z.number().nullable() })
export const comparisonQuery = z.strictObject({ one: id, other: id, track_id: id.optional() })
export const comparison = z.object({
  versions: z.tuple([modelDetails, modelDetails]),
  difference: z.object({ accuracy: z.number(), f1_score: z.number(), calibration_error: z.number() }),
  same_labels: z.boolean(),
  /** What each makes of the track, where one was named. */
  sections: z.tuple([z.looseObject({}), z.looseObject({})]).nullable(),
})
