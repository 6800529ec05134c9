/** @file The identification header of Opus in Ogg (RFC 7845 §5.1). */
import { type Bytes, readAt } from './read-bytes.ts'

const HEAD_BYTES = 512

/** The factor by which the samples of an Opus stream are to be multiplied; 1 where there is no header. @param start of its first page */
export const readOpusGain = async (file: Bytes, start: number): Promise<number> => {
  const head = Buffer.from(await readAt(file, start, HEAD_BYTES))
  const at = head.indexOf('OpusHead')
  return at < 0 || head.length < at + 18 ? 1 : 10 ** (head.readInt16LE(at + 16) / 256 / 20)
}
