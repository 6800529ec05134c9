import { z } from 'zod'

/** What the machine learning does by itself. */
export const mlSettings = z.object({
  auto_classify: z.boolean(),
  suggestion_min_confidence: z.number(),
  training_timeout_seconds: z.number(),
})
export const changedMlSettings = z.strictObject(mlSettings.partial().shape)

export const settings = mlSettings.extend({ max_duration_seconds: z.number(), workers: z.number() })
export const changedSettings = z.strictObject(settings.partial().shape)

export const ready = z.object({ ready: z.literal(true) })
export const health = z.object({
  status: z.enum(['ok', 'attention']),
  version: z.string(),
  data_dir: z.string(),
  checks: z.array(z.object({ name: z.string(), state: z.string(), detail: z.string(), hint: z.string().nullable() })),
})
