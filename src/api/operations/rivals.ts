import { z } from 'zod'
import { sectionKind } from './fields.ts'

export const band = z.object({ low: z.number(), high: z.number() })
/** The first's and the second's. */
const pair = z.tuple([z.number(), z.number()])

/** Two models on the same labels, which neither can know, asked about the kinds that both know. */
export const duel = z.object({
  kinds: z.array(sectionKind),
  labels: z.number(),
  tracks: z.number(),
  accuracy: pair,
  macro_f1: pair,
  calibration_error: pair,
  /** The first's accuracy minus the second's, and where it may lie. */
  difference: z.number(),
  band,
  /** Of the first; `open` where chance explains the difference. */
  verdict: z.enum(['better', 'worse', 'open']),
})

/** What could be used instead of a version, and what does better or worse. */
export const rivalry = z.object({
  name: z.string(),
  /** Null for what is no version: `majority`, `position only`, `energy rule`. */
  version: z.number().nullable(),
  only_ours: z.array(sectionKind),
  only_theirs: z.array(sectionKind),
  /** Null where there are too few labels to tell. */
  duel: duel.nullable(),
  text: z.string(),
})
