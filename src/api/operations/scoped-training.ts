import { z } from 'zod'

/** What came of training for a scope. */
export const scopedTraining = z.object({
  scope_id: z.number(),
  name: z.string(),
  /** Null where no model was made. */
  version: z.number().nullable(),
  /** Whether it does better there than the general version. */
  is_proven: z.boolean(),
  text: z.string(),
})
