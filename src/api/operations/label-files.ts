import { z } from 'zod'
import { READ_FORMATS_TEXT, WRITTEN_FORMAT_NAMES, WRITTEN_FORMATS } from '../../core/interop/label-format-traits.ts'
import { flag, id, labelImport, media } from './fields.ts'
import { started } from './jobs.ts'
import { overlap } from './labels.ts'
import { operationsOf } from './operation.ts'

/** The labels of some thousand tracks; more come in several requests. */
const MOST_IMPORTED_BYTES = 8 << 20

const fileName = z.string().min(1).max(1000)
/** A file as the client has read it, told by its contents: text, or bytes of text in any encoding or of an archive. */
const labelFile = z.union([
  z.strictObject({ name: fileName, text: z.string() }),
  z.strictObject({ name: fileName, base64: z.base64() }),
])
const labelFiles = z.strictObject({
  files: z.array(labelFile).min(1).max(1000),
  /** All labels are for this track; else it is found by audio, path or name. */
  track_id: id.optional(),
  /** The track that is meant where a file, or a track in it by the name it has there, fits none. */
  chosen: z
    .array(z.strictObject({ file: fileName, name: z.string().max(4096), track_id: id }))
    .max(1000)
    .default([]),
  /** Leaves out the tracks of a file that are not chosen. */
  only_chosen: z.boolean().default(false),
  overlap,
  /** Says what would come of it, and changes nothing. */
  dry_run: z.boolean().default(false),
})
/** Each once, without its parameters, in the order of the alphabet. */
const types = [...new Set(WRITTEN_FORMATS.map(({ mediaType }) => mediaType.split(';', 1)[0]!))].toSorted()

const { get, post } = operationsOf('labels')

export const labelFileOperations = {
  importLabels: post('/api/training/labels/import', {
    summary: 'Adds labels from files of other programs, and says what came of each file.',
    description: `Read are ${READ_FORMATS_TEXT}, and archives of such files. An import is a job: its result is the answer, unless it is not waited for.`,
    query: z.strictObject({ wait: flag.default(true) }),
    bodyLimit: MOST_IMPORTED_BYTES,
    body: labelFiles,
    response: { 200: labelImport, 202: started },
  }),
  exportLabels: get('/api/training/labels/export', {
    summary: 'Sends labels as a file that other programs read.',
    query: z.strictObject({
      format: z.enum(WRITTEN_FORMAT_NAMES),
      track_id: id.optional(),
      /** False: labels are called by the seven kinds alone. */
      own_kinds: flag.default(true),
    }),
    response: {
      200: media('A file, or an archive of one file a track.', ...types, 'application/zip'),
    },
  }),
}
