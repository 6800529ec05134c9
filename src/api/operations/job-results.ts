import { z } from 'zod'
import { LEFT_OUT_REASONS } from '../../core/library/left-out.ts'
import { broughtIn } from './brought-in.ts'
import { errorReport, labelImport } from './fields.ts'
import { programExportResult } from './program-export-result.ts'
import { scopedTraining } from './scoped-training.ts'

/** A file that a job could not use, and why. */
export const fileFailure = z.object({
  file: z.string(),
  /** Where it is known which track it is. */
  track_id: z.number().optional(),
  error: errorReport,
})

const analysed = {
  analysed: z.number(),
  up_to_date: z.number(),
  /** Out of date, but their files are missing or their drive is offline. */
  unreachable: z.number(),
  /** Failed at an earlier time for a reason that lasts: they are tried again only when somebody asks for them. */
  left_alone: z.number().optional(),
  failures: z.array(fileFailure),
}

/** What each kind of job gives once it is completed. The library keeps results of earlier versions, so a later field is optional. */
export const jobResults = {
  scan: z.object({
    ...analysed,
    roots: z.array(
      z.object({
        root: z.string(),
        offline: z.boolean(),
        files_found: z.number(),
        tracks_added: z.number(),
        files_read: z.number(),
        files_unchanged: z.number(),
        files_missing: z.number(),
        /** What was passed over, by reason; the first hundred of each are named, relative to the root. */
        left_out: z
          .array(z.object({ reason: z.enum(LEFT_OUT_REASONS), count: z.number(), files: z.array(z.string()) }))
          .optional(),
        /** There, and passed over because a person wants them ignored. */
        files_ignored: z.number().optional(),
      }),
    ),
    /** Tracks that went with their files, since nobody had worked on them. */
    tracks_forgotten: z.number().optional(),
  }),
  analyse: z.object(analysed),
  demo: z.object({
    ...analysed,
    /** How many labels came with the tracks. */
    labels: z.number(),
  }),
  classify: z.object({
    version: z.number(),
    classified: z.number(),
    up_to_date: z.number(),
    /** Not analysed or out of date: a scan comes first. */
    not_analysed: z.number(),
    /** Their analysis failed: there is nothing to read. */
    unreadable: z.number().optional(),
    /** Of those that were read, how many by the model alone, since the network of form cannot run here. */
    without_form: z.number().optional(),
    failures: z.array(fileFailure),
  }),
  import: labelImport,
  train: z.object({
    /** What came of training for scopes. */
    scoped: z.array(scopedTraining).optional(),
    version: z.number(),
    accuracy: z.number(),
    f1_score: z.number(),
    /** Labels whose tracks have no audio, so that nothing was learnt from them. */
    labels_without_audio: z.number(),
    /** What does better on the same labels, in a sentence; null where nothing does. */
    better: z.string().nullable().optional(),
  }),
  'check-labels': z.object({
    labels: z.number(),
    tracks: z.number(),
    /** Labels and edges that the others speak against. */
    suspects: z.number(),
  }),
  'look-through': broughtIn,
  'bring-in': broughtIn,
  export: programExportResult,
  'restore-tags': z.object({
    dry_run: z.boolean(),
    /** Files that have their old tags again, or would have; the same as tracks. */
    restored: z.array(z.string()),
    tracks: z.array(z.object({ track_id: z.number(), title: z.string() })),
    skipped: z.array(z.object({ backup: z.string(), reason: z.string() })),
  }),
  render: z.object({
    /** Null where the mix is to be fetched. */
    file: z.string().nullable(),
    seconds: z.number(),
    /** When each track comes in. */
    tracks: z.array(z.object({ track_id: z.number(), title: z.string(), start_seconds: z.number() })),
  }),
}
