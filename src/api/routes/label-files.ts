import { basename } from 'node:path'
import { snakeCase } from '../../core/support/snake-case.ts'
import { labelFileOperations } from '../operations/label-files.ts'
import { routesOf } from '../routes-of.ts'
import { sendBytes } from '../send-bytes.ts'

export const labelFileRoutes = routesOf(labelFileOperations)(({ exchange }) => ({
  importLabels: async ({ body: { files, track_id, overlap, dry_run: dryRun } }) => {
    // What a client calls a folder is none of this machine's.
    const given = files.map(({ name, text }) => ({ name: basename(name), folder: null, text }))
    const track = track_id === undefined ? {} : { track: String(track_id) }
    return snakeCase(await exchange.importTexts(given, { ...track, overlap, dryRun }))
  },
  exportLabels: async ({ query: { format, track_id } }, reply) => {
    const track = track_id === undefined ? undefined : String(track_id)
    const { fileName, mediaType, bytes } = await exchange.download({ format, track })
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    return sendBytes(reply, mediaType, bytes)
  },
}))
