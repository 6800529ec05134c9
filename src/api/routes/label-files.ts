import { basename } from 'node:path'
import type { z } from 'zod'
import type { App } from '../../app.ts'
import { WRITTEN_FORMATS } from '../../core/interop/label-format-traits.ts'
import { snakeCase } from '../../core/support/snake-case.ts'
import { ZIP_TYPE } from '../../engine/exchange/label-download.ts'
import { media } from '../contract/fields.ts'
import { exportQuery, labelFiles, labelImport } from '../contract/labels.ts'
import type { ApiServer } from '../server.ts'

/** The labels of some thousand tracks; more come in several requests. */
const MOST_IMPORTED_BYTES = 8 << 20

/** Each once, without its parameters, in the order of the alphabet. */
const EXPORTED_TYPES = [...new Set(WRITTEN_FORMATS.map(({ mediaType }) => mediaType.split(';', 1)[0]!))].toSorted()

export const labelFileRoutes = (server: ApiServer, app: App): void => {
  server.post(
    '/api/training/labels/import',
    {
      bodyLimit: MOST_IMPORTED_BYTES,
      schema: { tags: ['labels'], body: labelFiles, response: { 200: labelImport } },
    },
    async ({ body: { files, track_id, overlap, dry_run: dryRun } }) => {
      // What a client calls a folder is none of this machine's.
      const given = files.map(({ name, text }) => ({ name: basename(name), folder: null, text }))
      const track = track_id === undefined ? {} : { track: String(track_id) }
      return snakeCase(await app.exchange.importTexts(given, { ...track, overlap, dryRun })) as z.infer<
        typeof labelImport
      >
    },
  )
  server.get(
    '/api/training/labels/export',
    {
      schema: {
        tags: ['labels'],
        querystring: exportQuery,
        response: {
          200: media('A file, or an archive of one file a track.', ...EXPORTED_TYPES, ZIP_TYPE),
        },
      },
    },
    async ({ query: { format, track_id } }, reply) => {
      const track = track_id === undefined ? undefined : String(track_id)
      const { fileName, mediaType, bytes } = await app.exchange.download({ format, track })
      return reply
        .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
        .type(mediaType)
        .serializer((body: unknown) => body as string)
        .send(Buffer.from(bytes))
    },
  )
}
