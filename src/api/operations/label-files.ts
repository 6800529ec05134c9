import { z } from 'zod'
import { WRITTEN_FORMAT_NAMES, WRITTEN_FORMATS } from '../../core/interop/label-format-traits.ts'
import { errorReport, id, media } from './fields.ts'
import { overlap } from './labels.ts'
import { operationsOf } from './operation.ts'

/** The labels of some thousand tracks; more come in several requests. */
const MOST_IMPORTED_BYTES = 8 << 20

/** Files as they were read by the client: corpus JSON, JAMS, Audacity label tracks, CSV, told by their contents. */
const labelFiles = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(1000), text: z.string() }))
    .min(1)
    .max(1000),
  /** All labels are for this track; else it is found by audio, path or name. */
  track_id: id.optional(),
  overlap,
  /** Says what would come of it, and changes nothing. */
  dry_run: z.boolean().default(false),
})
const tally = { imported: z.number(), unchanged: z.number(), skipped: z.number(), tracks: z.array(z.number()) }
const labelImport = z.object({
  dry_run: z.boolean(),
  ...tally,
  refused: z.array(z.object({ file: z.string(), label: z.string(), error: errorReport })),
  warnings: z.array(z.string()),
  failures: z.array(z.object({ file: z.string(), error: errorReport })),
  files: z.array(z.object({ file: z.string(), ...tally })),
})
/** Each once, without its parameters, in the order of the alphabet. */
const types = [...new Set(WRITTEN_FORMATS.map(({ mediaType }) => mediaType.split(';', 1)[0]!))].toSorted()

const { get, post } = operationsOf('labels')

export const labelFileOperations = {
  importLabels: post('/api/training/labels/import', {
    summary: 'Adds labels from files of other programs, and says what came of each file.',
    bodyLimit: MOST_IMPORTED_BYTES,
    body: labelFiles,
    response: { 200: labelImport },
  }),
  exportLabels: get('/api/training/labels/export', {
    summary: 'Sends labels as a file that other programs read.',
    query: z.strictObject({ format: z.enum(WRITTEN_FORMAT_NAMES), track_id: id.optional() }),
    response: {
      200: media('A file, or an archive of one file a track.', ...types, 'application/zip'),
    },
  }),
}
