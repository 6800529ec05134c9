import { z } from 'zod'
import { SKIP_REASONS } from '../../core/interop/libraries/skip-reasons.ts'
import { EXPORT_FORMAT_NAMES } from '../../core/interop/libraries/written-library-traits.ts'

const writtenCue = z.object({
  pad: z.number().nullable(),
  start_seconds: z.number(),
  end_seconds: z.number().nullable(),
  name: z.string(),
  colour: z.string().nullable(),
})

/** What came of an export to another DJ program. */
export const programExportResult = z.object({
  format: z.enum(EXPORT_FORMAT_NAMES),
  dry_run: z.boolean(),
  tracks: z.number(),
  /** Sections, where the format holds them as such. */
  cues: z.number(),
  loops: z.number(),
  playlists: z.number(),
  /** Cues for which no pad or memory cue was left, and those that are there already. */
  left_out: z.number(),
  skipped: z.array(
    z.object({
      track_id: z.number(),
      title: z.string(),
      reason: z.enum(SKIP_REASONS),
      /** What is the matter with its file, where more is known. */
      detail: z.string().nullable().default(null),
    }),
  ),
  files: z.array(z.string()),
  /** What files of the library had before they were changed; none where copies were written. */
  backups: z.array(z.string()).default([]),
  manifest: z.string(),
  /** What changes in a file that is there already, or in tags; null where a new file is made. */
  changes: z
    .object({
      changes: z.array(
        z.object({
          title: z.string(),
          added: z.array(writtenCue),
          removed: z.number(),
          left_out: z.number(),
          /** Added to our times, where the program begins the track at another moment. */
          moved_seconds: z.number().default(0),
        }),
      ),
      added_tracks: z.number(),
      cues_before: z.number(),
      cues_after: z.number(),
    })
    .nullable(),
  /** What to do in the program, in order, and what may surprise there. */
  steps: z.array(z.string()),
  traps: z.array(z.string()),
})
