/** @file Pages of an Ogg stream (RFC 3533 §6). */
import { type Bytes, readAt } from './read-bytes.ts'

export type OggPage = {
  readonly granule: bigint
  readonly start: number
  /** Whether it is the first page of its stream. */
  readonly begins: boolean
  /** Half-open byte range of the page's body; it may reach beyond the end of a truncated file. */
  readonly bodyStart: number
  readonly bodyEnd: number
}

const HEADER_BYTES = 27
const FIRST_PAGE = 2
/** Limits the walk through a hostile file to a day of 20 ms pages. */
const MAX_PAGES = 5_000_000

/** Walks from page to page, reading only headers; stops where no page starts. */
export async function* walkOggPages(file: Bytes, start: number, end: number): AsyncGenerator<OggPage> {
  let at = start
  for (let page = 0; at + HEADER_BYTES <= end && page < MAX_PAGES; page++) {
    const head = await readAt(file, at, HEADER_BYTES + 255)
    if (String.fromCharCode(...head.subarray(0, 4)) !== 'OggS') return
    const segments = head.subarray(HEADER_BYTES, HEADER_BYTES + head[26]!)
    const bodyStart = at + HEADER_BYTES + head[26]!
    const bodyEnd = bodyStart + segments.reduce((sum, length) => sum + length, 0)
    const granule = new DataView(head.buffer, head.byteOffset).getBigInt64(6, true)
    yield { granule, start: at, begins: (head[5]! & FIRST_PAGE) !== 0, bodyStart, bodyEnd }
    at = bodyEnd
  }
}

/** A stream, or several that sound at once, among those that a file holds one after the other. Half-open, in whole pages. */
export type OggLink = { readonly start: number; readonly end: number }

/** The links of a chain (RFC 3533 §4); the rest of a truncated file, which must not reach a decoder, is left out. */
export const findOggLinks = async (file: Bytes, start: number, end: number): Promise<readonly OggLink[]> => {
  const links: { start: number; end: number }[] = []
  let hadBegun = false
  for await (const page of walkOggPages(file, start, end)) {
    if (page.bodyEnd > end) break
    if (page.begins && !hadBegun) links.push({ start: page.start, end: page.bodyEnd })
    hadBegun = page.begins
    const last = links.at(-1)
    if (last !== undefined) last.end = page.bodyEnd
  }
  return links
}
