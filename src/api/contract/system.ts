import { z } from 'zod'

export const settings = z.object({
  training_timeout_seconds: z.number(),
  max_duration_seconds: z.number(),
  workers: z.number(),
})
export const changedSettings = z.strictObject({
  training_timeout_seconds: z.number().optional(),
  max_duration_seconds: z.number().optional(),
  workers: z.number().optional(),
})

export const ready = z.object({ ready: z.literal(true) })
export const health = z.object({
  status: z.enum(['ok', 'attention']),
  version: z.string(),
  data_dir: z.string(),
  checks: z.array(z.looseObject({})),
})
