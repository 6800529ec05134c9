/** @file The identification header of Opus in Ogg (RFC 7845 §5.1). */
import { type Bytes, readAt } from './read-bytes.ts'

const HEAD_BYTES = 512

export type OpusHead = {
  /** By which the samples are to be multiplied. */
  readonly gain: number
  /** Samples at the beginning that are not heard. */
  readonly preSkip: number
  /** Whether its channels stand for loudspeakers, in the order of Vorbis. */
  readonly isOrdered: boolean
  /** 1; the upper half of the byte tells what an older decoder cannot read. */
  readonly version: number
}

/** @param start of the first page of an Opus stream */
export const readOpusHead = async (file: Bytes, start: number): Promise<OpusHead> => {
  const head = Buffer.from(await readAt(file, start, HEAD_BYTES))
  const at = head.indexOf('OpusHead')
  if (at < 0 || head.length < at + 19) return { gain: 1, preSkip: 0, isOrdered: false, version: 1 }
  const gain = 10 ** (head.readInt16LE(at + 16) / 256 / 20)
  return { gain, preSkip: head.readUInt16LE(at + 10), isOrdered: head[at + 18] === 1, version: head[at + 8]! }
}
