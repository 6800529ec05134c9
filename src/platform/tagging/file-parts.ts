import { UserError } from '../../core/support/user-error.ts'
import type { SniffedFile } from '../decoding/open-audio.ts'
import { type Bytes, readAt } from '../decoding/read-bytes.ts'

/** A part of the new file: bytes, or a stretch of the old file that stays as it is. */
export type Segment = Uint8Array | { readonly start: number; readonly end: number }

export type Source = { readonly file: Bytes; readonly sniffed: SniffedFile }

/** A chunk, block or atom with its head. */
export type Part = { readonly name: string; readonly start: number; readonly end: number }

/** No tag is larger, covers included. */
const MOST_TAG_BYTES = 256 << 20
/** Limits the walk over the parts of a hostile file. */
export const MOST_PARTS = 100_000

export const refuse = (detail: string): UserError => new UserError('TAGS_NOT_WRITABLE', detail)

export const readPart = async (file: Bytes, start: number, end: number): Promise<Uint8Array> => {
  if (end - start > MOST_TAG_BYTES) throw refuse('The tags are larger than any real ones.')
  const bytes = await readAt(file, start, end - start)
  if (bytes.length < end - start) throw refuse('The file ends within its tags.')
  return bytes
}
