/** Serato's files of a library: four letters, a length of four bytes, a body; those with "o" hold chunks themselves. */
import { ByteReader, decodeUtf16 } from '../byte-reader.ts'
import { encodeUtf8, encodeUtf16, joinBytes, wholeNumber } from '../byte-writer.ts'
import type { WarningTally } from '../warning-tally.ts'

export type SeratoChunk = { readonly name: string; readonly body: Uint8Array }

const HEAD_BYTES = 8
const TOO_SHORT = 'A file of Serato ends too soon: what is there is read.'

export const readChunks = (bytes: Uint8Array, place: string, warnings: WarningTally): SeratoChunk[] => {
  const reader = new ByteReader(bytes, 'big')
  const chunks: SeratoChunk[] = []
  let at = 0
  while (reader.has(at, HEAD_BYTES)) {
    const length = reader.u32(at + 4)
    if (!reader.has(at + HEAD_BYTES, length)) {
      warnings.add(TOO_SHORT, place)
      break
    }
    chunks.push({ name: reader.fourLetters(at), body: reader.slice(at + HEAD_BYTES, length) })
    at += HEAD_BYTES + length
  }
  if (!reader.has(at, HEAD_BYTES) && bytes.subarray(at).some((byte) => byte !== 0)) warnings.add(TOO_SHORT, place)
  return chunks
}

export const chunkText = ({ body }: SeratoChunk): string | null => decodeUtf16(body, 'big').trim() || null

export const chunkNumber = ({ body }: SeratoChunk): number | null =>
  body.length === 4 ? new ByteReader(body, 'big').u32(0) : null

/** All of these files begin with their version, in UTF-16. */
export const seratoVersion = (bytes: Uint8Array): string | null => {
  const reader = new ByteReader(bytes, 'big')
  if (!reader.has(0, HEAD_BYTES) || reader.fourLetters(0) !== 'vrsn') return null
  return decodeUtf16(bytes.subarray(HEAD_BYTES, HEAD_BYTES + reader.u32(4)), 'big')
}

export const formatChunk = (name: string, body: Uint8Array): Uint8Array =>
  joinBytes([encodeUtf8(name), wholeNumber(body.length, 4), body])
export const formatTextChunk = (name: string, text: string): Uint8Array => formatChunk(name, encodeUtf16(text))
