/** @file Pages of an Ogg stream (RFC 3533 §6). */
import type { FileHandle } from 'node:fs/promises'
import { readAt } from './open-audio.ts'

export type OggPage = {
  readonly granule: bigint
  /** Half-open byte range of the page's body; it may reach beyond the end of a truncated file. */
  readonly bodyStart: number
  readonly bodyEnd: number
}

const HEADER_BYTES = 27
/** Limits the walk through a hostile file to a day of 20 ms pages. */
const MAX_PAGES = 5_000_000

/** Walks from page to page, reading only headers; stops where no page starts. */
export async function* walkOggPages(file: FileHandle, start: number, end: number): AsyncGenerator<OggPage> {
  let at = start
  for (let page = 0; at + HEADER_BYTES <= end && page < MAX_PAGES; page++) {
    const head = await readAt(file, at, HEADER_BYTES + 255)
    if (String.fromCharCode(...head.subarray(0, 4)) !== 'OggS') return
    const segments = head.subarray(HEADER_BYTES, HEADER_BYTES + head[26]!)
    const bodyStart = at + HEADER_BYTES + head[26]!
    const bodyEnd = bodyStart + segments.reduce((sum, length) => sum + length, 0)
    const granule = new DataView(head.buffer, head.byteOffset).getBigInt64(6, true)
    yield { granule, bodyStart, bodyEnd }
    at = bodyEnd
  }
}

/** @returns the end of the last whole page: the rest of a truncated file must not reach a decoder. */
export const endOfWholePages = async (file: FileHandle, start: number, end: number): Promise<number> => {
  let whole = start
  for await (const { bodyEnd } of walkOggPages(file, start, end)) if (bodyEnd <= end) whole = bodyEnd
  return whole
}
