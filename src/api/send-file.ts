import { Readable } from 'node:stream'
import type { FastifyReply } from 'fastify'
import { UserError } from '../core/support/user-error.ts'
import type { PlainFile } from '../platform/decoding/open-plainly.ts'
import { type ByteRange, byteRange } from './byte-range.ts'

const isUnchanged = (asked: FastifyReply['request']['headers'], tag: string, modified: Date): boolean => {
  if (asked['if-none-match'] !== undefined)
    return asked['if-none-match'].split(',').some((one) => one.trim() === tag || one.trim() === '*')
  return Date.parse(asked['if-modified-since'] ?? '') >= Math.floor(modified.getTime() / 1000) * 1000
}

/** What can be sent whole or in part, and is closed once nothing more is read of it. */
type Sendable = {
  readonly sizeBytes: number
  readonly modifiedMs: number
  readonly read: (part: ByteRange) => Promise<Readable>
  readonly close: () => Promise<void>
}

/** Answers with an open file, whole or in the part that is asked for, and closes it. @throws RANGE_NOT_SATISFIABLE */
export const sendFile = (reply: FastifyReply, { handle, sizeBytes, modifiedMs }: PlainFile): Promise<FastifyReply> =>
  send(reply, {
    sizeBytes,
    modifiedMs,
    read: async ({ first, last }) => handle.createReadStream({ start: first, end: last }),
    close: () => handle.close(),
  })

/** The same with bytes of another machine. @throws RANGE_NOT_SATISFIABLE */
export const sendRemote = (reply: FastifyReply, bytes: Omit<Sendable, 'close'>): Promise<FastifyReply> =>
  send(reply, { ...bytes, close: async () => {} })

const send = async (reply: FastifyReply, { sizeBytes, modifiedMs, read, close }: Sendable): Promise<FastifyReply> => {
  const { headers, method } = reply.request
  const modified = new Date(modifiedMs)
  const tag = `"${sizeBytes.toString(16)}-${Math.floor(modifiedMs).toString(16)}"`
  reply.header('accept-ranges', 'bytes').header('etag', tag).header('last-modified', modified.toUTCString())
  const ifRange = headers['if-range']
  const isSameAsBefore = ifRange === undefined || ifRange === tag || ifRange === modified.toUTCString()
  const range = isSameAsBefore ? byteRange(headers.range, sizeBytes) : null
  const isKnown = isUnchanged(headers, tag, modified)
  if (isKnown || range === 'unsatisfiable' || method === 'HEAD') await close()
  if (isKnown) return reply.code(304).removeHeader('content-type').send()
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${sizeBytes}`)
    throw new UserError('RANGE_NOT_SATISFIABLE', `The file has ${sizeBytes} bytes.`)
  }
  const { first, last } = range ?? { first: 0, last: sizeBytes - 1 }
  if (range) reply.code(206).header('content-range', `bytes ${first}-${last}/${sizeBytes}`)
  reply.header('content-length', last - first + 1)
  // Fastify drops what answers HEAD, and measures anew what is no stream.
  return reply.send(method === 'HEAD' ? Readable.from([]) : await read({ first, last }))
}
