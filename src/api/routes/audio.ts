import { basename, dirname, extname } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { UserError } from '../../core/support/user-error.ts'
import { media } from '../contract/fields.ts'
import { audioQuery, trackParams } from '../contract/tracks.ts'
import { requireFile } from '../require-file.ts'
import type { ApiServer } from '../server.ts'

/** Never what a browser would run, whatever the file's name says. */
const TYPES: Readonly<Record<string, string>> = {
  '.mp3': 'audio/mpeg',
  '.flac': 'audio/flac',
  '.wav': 'audio/wav',
  '.aif': 'audio/aiff',
  '.aiff': 'audio/aiff',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.m4a': 'audio/mp4',
  '.aac': 'audio/aac',
}
const UNKNOWN_TYPE = 'application/octet-stream'

/** @param place where the file of that path really lies */
const sendAudio = (reply: FastifyReply, path: string, place: string): FastifyReply =>
  reply
    .header('content-disposition', `inline; filename*=UTF-8''${encodeURIComponent(basename(path))}`)
    .type(TYPES[extname(path).toLowerCase()] ?? UNKNOWN_TYPE)
    .sendFile(basename(place), dirname(place), { contentType: false, dotfiles: 'allow', cacheControl: false })

/** A path is looked up among the library's rows, never on disk; whatever is no row gets the same answer. */
const requireRow = async (app: App, path: string): Promise<string> => {
  const unknown = new UserError('AUDIO_NOT_FOUND', 'The library has no file of this path.')
  try {
    const { locations } = await app.collection.track(path)
    const found = locations.find(
      (location) => location.path === path && location.missingSince === null && !location.offline,
    )
    if (found) return await requireFile(app, found)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
  }
  throw unknown
}

export const audioRoutes = async (server: ApiServer, app: App): Promise<void> => {
  await server.register(fastifyStatic, { root: app.dataDir, serve: false })
  const types = new Set([...Object.values(TYPES), UNKNOWN_TYPE])
  const response = {
    200: media('The whole file; also where several ranges are asked for.', ...types),
    206: media('The range that was asked for.', ...types),
    304: z.null().describe('The file is the one that If-None-Match or If-Modified-Since names.'),
  }
  server.get(
    '/api/tracks/:id/audio',
    { schema: { tags: ['tracks'], params: trackParams, response } },
    async ({ params }, reply) => {
      const location = await app.collection.audio(params.id)
      return sendAudio(reply, location.path, await requireFile(app, location))
    },
  )
  server.get(
    '/api/audio',
    { schema: { tags: ['tracks'], querystring: audioQuery, response } },
    async ({ query }, reply) => sendAudio(reply, query.path, await requireRow(app, query.path)),
  )
}
