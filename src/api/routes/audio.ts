import { basename, extname } from 'node:path'
import type { FastifyReply } from 'fastify'
import type { App } from '../../app.ts'
import { PEAKS_FORMAT } from '../../core/audio/waveform-peaks.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { PlainFile } from '../../platform/decoding/open-plainly.ts'
import { openFile } from '../open-file.ts'
import { AUDIO_TYPES, audioOperations } from '../operations/audio.ts'
import { BYTES_TYPE } from '../operations/fields.ts'
import { routesOf } from '../routes-of.ts'
import { sendBytes } from '../send-bytes.ts'
import { sendFile, sendRemote } from '../send-file.ts'

const described = (reply: FastifyReply, path: string): FastifyReply =>
  reply
    .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(basename(path))}`)
    .type(AUDIO_TYPES[extname(path).toLowerCase()] ?? BYTES_TYPE)

/** A path is looked up among the library's rows, never on disk; whatever is no row gets the same answer. */
const openRow = async (app: App, path: string): Promise<PlainFile> => {
  const unknown = new UserError('AUDIO_NOT_FOUND', 'The library has no file with this path.')
  try {
    const found = await app.collection.audioAt(path)
    if (found) return await openFile(app, found)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
  }
  throw unknown
}

/** An address that names digest and format names the bytes. */
const FOREVER = 'private, max-age=31536000, immutable'
/** An id is of this library only, and the next version may draw more: ask whether it is still the same. */
const ASK_AGAIN = 'private, no-cache'

export const audioRoutes = routesOf(audioOperations)((app) => ({
  trackAudio: async ({ params }, reply) => {
    const location = await app.collection.audio(params.id)
    const remote = await app.collection.remoteAudio(location)
    if (remote !== null) return sendRemote(described(reply, location.path), remote)
    const file = await openFile(app, location)
    return sendFile(described(reply, location.path), file)
  },
  audio: async ({ query }, reply) => {
    const file = await openRow(app, query.path)
    return sendFile(described(reply, query.path), file)
  },
  waveform: async ({ params, query, headers }, reply) => {
    const { audioDigest, bytes } = await app.analysis.waveform(params.id)
    const tag = `"${audioDigest}-${PEAKS_FORMAT}"`
    const isNamed = params.id === audioDigest && query.format !== undefined
    reply.header('etag', tag).header('cache-control', isNamed ? FOREVER : ASK_AGAIN)
    return headers['if-none-match'] === tag ? reply.code(304).send(null) : sendBytes(reply, BYTES_TYPE, bytes)
  },
}))
