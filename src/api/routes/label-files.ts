import { snakeCase } from '../../core/support/snake-case.ts'
import { labelFileOperations } from '../operations/label-files.ts'
import { routesOf } from '../routes-of.ts'
import { sendBytes } from '../send-bytes.ts'

export const labelFileRoutes = routesOf(labelFileOperations)(({ exchange }) => ({
  importLabels: async ({
    body: { files, track_id, chosen: choices, only_chosen: onlyChosen, overlap, dry_run: dryRun },
  }) => {
    const given = files.map((file) =>
      'text' in file ? file : { name: file.name, bytes: Buffer.from(file.base64, 'base64') },
    )
    const track = track_id === undefined ? {} : { track: String(track_id) }
    const chosen = choices.map(({ track_id: trackId, ...place }) => ({ ...place, trackId }))
    return snakeCase(await exchange.importFiles(given, { ...track, chosen, onlyChosen, overlap, dryRun }))
  },
  exportLabels: async ({ query: { format, track_id } }, reply) => {
    const track = track_id === undefined ? undefined : String(track_id)
    const { fileName, mediaType, bytes } = await exchange.download({ format, track })
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
    return sendBytes(reply, mediaType, bytes)
  },
}))
