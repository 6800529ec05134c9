import { z } from 'zod'
import { WRITTEN_FORMAT_NAMES } from '../../core/interop/label-format-traits.ts'
import { beats, id, labelCounts, seconds, sectionKind, timestamp } from './fields.ts'

export const label = z.object({
  id: z.number(),
  track_id: z.number(),
  content_hash: z.string(),
  track_path: z.string().nullable(),
  label_value: sectionKind,
  start_beat: z.number(),
  end_beat: z.number(),
  start_time_seconds: z.number(),
  end_time_seconds: z.number(),
  source: z.string(),
  created_at: timestamp,
})

const labelSource = z.enum(['user', 'imported', 'auto_detected'])
const warnings = z.array(z.object({ code: z.string(), message: z.string() }))
const span = {
  start_beat: beats.nullish(),
  end_beat: beats.nullish(),
  start_time_seconds: seconds.nullish(),
  end_time_seconds: seconds.nullish(),
}

/** Beats or seconds, or both; what is left out is derived. An unknown kind is refused by name, so it is any text here. */
export const newLabel = z.strictObject({
  track_id: id,
  label_value: z.string().max(40),
  ...span,
  source: labelSource.default('user'),
})
export const addedLabel = label.extend({ message: z.string(), warnings })

export const changedLabel = z.strictObject({ label_value: z.string().max(40).optional(), ...span })
export const updatedLabel = label.extend({ warnings })

/** Sections of 4 beats, one after the other, through three hours at 200 BPM are 9,000. */
const MOST_LABELS = 10_000
/** What the labels of a track were when they were read. */
const revision = z.string().max(64)
export const paintedLabels = z.strictObject({
  /** Of the labels that were edited: 409 where they are others by now. Left out, the last who writes wins. */
  revision: revision.optional(),
  labels: z
    .array(
      z.strictObject({ id: id.optional(), label_value: z.string().max(40), ...span, source: labelSource.optional() }),
    )
    .max(MOST_LABELS),
})
export const replacedLabels = z.object({ labels: z.array(label), labels_revision: revision, warnings })

export const overlapQuery = z.strictObject({ overlap: z.enum(['refuse', 'trim']).default('refuse') })
export const labelQuery = z.strictObject({ track_id: id.optional(), label: sectionKind.optional() })

export const statsQuery = z.strictObject({ exclude: z.string().optional() })
export const labelStats = z.object({
  total_labels: z.number(),
  label_counts: labelCounts,
  tracks_covered: z.number(),
  avg_per_track: z.number(),
  ready_for_training: z.boolean(),
  min_samples_required: z.number(),
  per_class: z.record(sectionKind, z.object({ labels: z.number(), tracks: z.number(), minutes: z.number() })),
  missing: z.array(z.string()),
})

/** What may be wrong with labels, in the order in which to look at it; nothing of it is an error. */
export const labelQuality = z.object({
  flaws: z.array(
    z.object({
      label_id: z.number(),
      track_id: z.number(),
      track_title: z.string(),
      label_value: sectionKind,
      start_beat: z.number(),
      end_beat: z.number(),
      code: z.enum(['CONTRADICTS', 'PERHAPS_TWO_TYPES', 'TOO_SHORT', 'OFF_BAR']),
      message: z.string(),
      /** The label that says otherwise of the same sound. */
      other_label_id: z.number().nullable(),
    }),
  ),
  imbalance: z.object({ most: sectionKind, least: sectionKind, message: z.string() }).nullable(),
  tracks_checked: z.number(),
  /** Of these, tracks whose sound could not be looked at: they are not analysed as they are now. */
  tracks_unheard: z.number(),
})

export const suggestion = z.object({
  id: z.string(),
  track_id: z.number(),
  track_title: z.string(),
  version: z.number(),
  kind: sectionKind,
  start_beat: z.number(),
  end_beat: z.number(),
  start_seconds: z.number(),
  end_seconds: z.number(),
  confidence: z.number(),
  runner_up: sectionKind,
})
export const suggestionQuery = z.strictObject({
  track_id: id.optional(),
  min_confidence: z.coerce.number().min(0).max(1).optional(),
  order: z.enum(['position', 'teaching']).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
})
/** A proposal that was turned down, and is therefore not made any more. */
export const rejection = z.object({
  id: z.number(),
  version: z.number(),
  kind: sectionKind,
  start_beat: z.number(),
  end_beat: z.number(),
  start_seconds: z.number(),
  end_seconds: z.number(),
  rejected_at: timestamp,
})
export const rejectionParams = z.object({ id, rejection: id })
export const suggestionParams = z.object({ id, suggestion: z.string().max(80) })
export const acceptance = z.strictObject({ kind: z.string().max(40).optional() })
export const decided = z.object({ labels: z.array(label), warnings })
export const done = z.object({ message: z.string() })

/** Files as they were read by the client: corpus JSON, JAMS, Audacity label tracks, CSV, told by their contents. */
export const labelFiles = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(1000), text: z.string() }))
    .min(1)
    .max(1000),
  /** All labels are for this track; else it is found by audio, path or name. */
  track_id: id.optional(),
  overlap: z.enum(['refuse', 'trim']).default('refuse'),
  /** Says what would come of it, and changes nothing. */
  dry_run: z.boolean().default(false),
})
const tally = { imported: z.number(), unchanged: z.number(), skipped: z.number(), tracks: z.array(z.number()) }
const report = z.object({ code: z.string(), title: z.string(), detail: z.string(), hint: z.string() })
export const labelImport = z.object({
  dry_run: z.boolean(),
  ...tally,
  refused: z.array(z.object({ file: z.string(), label: z.string(), error: report })),
  warnings: z.array(z.string()),
  failures: z.array(z.object({ file: z.string(), error: report })),
  files: z.array(z.object({ file: z.string(), ...tally })),
})
export const exportQuery = z.strictObject({ format: z.enum(WRITTEN_FORMAT_NAMES), track_id: id.optional() })
