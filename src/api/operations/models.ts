import { z } from 'zod'
import { id, labelCounts, sectionKind, stripPart, timestamp } from './fields.ts'
import { modelCard } from './model-card.ts'

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

export const libraryComparisonQuery = z.strictObject({
  one: id,
  other: id,
  limit: z.coerce.number().int().min(1).max(500).default(50),
  offset: z.coerce.number().int().min(0).default(0),
})
const pair = { one: sectionKind, other: sectionKind }
/** What changes in the library from one version to the other, as far as both have read it. */
export const libraryComparison = z.object({
  versions: z.tuple([z.number(), z.number()]),
  tracks_compared: z.number(),
  /** Analysed tracks that the first, or the second, has still to read. */
  tracks_unread: z.tuple([z.number(), z.number()]),
  tracks_changed: z.number(),
  /** Of all beats compared. */
  changed_share: z.number(),
  changes: z.array(z.object({ ...pair, minutes: z.number() })),
  /** A page of those that changed, the most changed first. */
  tracks: z.array(
    z.object({
      track_id: z.number(),
      title: z.string(),
      artist: z.string().nullable(),
      changed_share: z.number(),
      differences: z.array(
        z.object({
          ...pair,
          start_beat: z.number(),
          end_beat: z.number(),
          start_seconds: z.number(),
          end_seconds: z.number(),
        }),
      ),
      strips: z.tuple([z.array(stripPart), z.array(stripPart)]),
    }),
  ),
})
