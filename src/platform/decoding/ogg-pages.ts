/** @file Pages of an Ogg stream (RFC 3533 §6). */
import { type Bytes, readAt } from './read-bytes.ts'

export type OggPage = {
  readonly granule: bigint
  /** Which of several streams it belongs to, and its place there. */
  readonly serial: number
  readonly sequence: number
  readonly start: number
  /** Whether it is the first page of its stream, and whether it is the last. */
  readonly begins: boolean
  readonly ends: boolean
  /** How many packets end on it, and whether the last of its packets goes on. */
  readonly packets: number
  readonly isOpen: boolean
  /** Half-open byte range of the page's body; it may reach beyond the end of a truncated file. */
  readonly bodyStart: number
  readonly bodyEnd: number
}

const HEADER_BYTES = 27
const [FIRST_PAGE, LAST_PAGE] = [2, 4]
/** A segment of so many bytes goes on in the next one. */
const FULL_SEGMENT = 255
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
    const view = new DataView(head.buffer, head.byteOffset)
    const [granule, serial, sequence] = [view.getBigInt64(6, true), view.getUint32(14, true), view.getUint32(18, true)]
    const [begins, ends] = [(head[5]! & FIRST_PAGE) !== 0, (head[5]! & LAST_PAGE) !== 0]
    const packets = segments.filter((length) => length < FULL_SEGMENT).length
    const isOpen = segments.at(-1) === FULL_SEGMENT
    yield { granule, serial, sequence, start: at, begins, ends, packets, isOpen, bodyStart, bodyEnd }
    at = bodyEnd
  }
}

/** One recording among those that a file holds one after the other. */
export type OggLink = {
  /** Its pages whose checksums are right, joined where they touch. Half-open. */
  readonly ranges: readonly { readonly start: number; readonly end: number }[]
  /** How often pages are damaged, missing or there twice. */
  readonly damaged: number
}

const CRC32 = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24
  for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0)
  return crc
})
const [SEQUENCE_AT, CRC_AT] = [18, 22]

/** Counted with zeros in its own place. */
const checksumOf = (page: Uint8Array): number => {
  let crc = 0
  for (let at = 0; at < page.length; at++) {
    const byte = at >= CRC_AT && at < CRC_AT + 4 ? 0 : page[at]!
    crc = (crc << 8) ^ CRC32[((crc >>> 24) ^ byte) & 255]!
  }
  return crc >>> 0
}

const viewOf = (page: Uint8Array): DataView => new DataView(page.buffer, page.byteOffset, page.length)

/** Whether the checksum of a page is right. */
export const isSoundPage = (page: Uint8Array): boolean => viewOf(page).getUint32(CRC_AT, true) === checksumOf(page)

/** Puts the number of a page and its checksum into it. @param page whole */
export const sealPage = (page: Uint8Array, sequence: number): Uint8Array => {
  viewOf(page).setUint32(SEQUENCE_AT, sequence, true)
  viewOf(page).setUint32(CRC_AT, checksumOf(page), true)
  return page
}

const SEARCHED_BYTES = 1 << 16

/** @returns where the next page seems to begin, `end` where none does */
const nextPage = async (file: Bytes, from: number, end: number): Promise<number> => {
  for (let at = from; at < end; at += SEARCHED_BYTES - 3) {
    const found = Buffer.from(await readAt(file, at, Math.min(SEARCHED_BYTES, end - at))).indexOf('OggS')
    if (found >= 0) return at + found
  }
  return end
}

/** How the first page of a stream begins. */
export const OGG_MARKERS = { opus: 'OpusHead', vorbis: '\u0001vorbis' } as const
export type OggFormat = keyof typeof OGG_MARKERS

/** Pages of one stream, joined where they touch. */
class GrowingLink implements OggLink {
  readonly ranges: { start: number; end: number }[] = []
  damaged = 0
  #serial: number | null = null
  #next = 0

  /** Whether a page that begins a stream is the first of this one. */
  offer({ serial, sequence }: OggPage, isWanted: boolean): void {
    if (this.#serial !== null || !isWanted) return
    this.#serial = serial
    this.#next = sequence
  }

  take({ serial, sequence, start, bodyEnd: end }: OggPage, isLost: boolean): void {
    if (serial !== this.#serial) return
    if (isLost || sequence !== this.#next) this.damaged++
    this.#next = sequence + 1
    const last = this.ranges.at(-1)
    if (last?.end === start) last.end = end
    else this.ranges.push({ start, end })
  }
}

/**
 * The links of a chain (RFC 3533 §4), each the first stream of its format among those that are side by side there, without what is
 * damaged or cut off: a decoder would make noise of it, or end there.
 * @param start where a page begins
 */
export const findOggLinks = async (
  file: Bytes,
  { start, end, format }: { readonly start: number; readonly end: number; readonly format: OggFormat },
): Promise<readonly OggLink[]> => {
  const links: GrowingLink[] = []
  const marker = OGG_MARKERS[format]
  let [hadBegun, isLost] = [false, false]
  for (let from = start; from < end; ) {
    let at = from
    for await (const page of walkOggPages(file, from, end)) {
      const bytes = page.bodyEnd > end ? null : await readAt(file, page.start, page.bodyEnd - page.start)
      if (bytes === null || !isSoundPage(bytes)) break
      at = page.bodyEnd
      if (page.begins && !hadBegun) links.push(new GrowingLink())
      hadBegun = page.begins
      const link = links.at(-1)
      if (page.begins)
        link?.offer(page, Buffer.from(bytes).indexOf(marker, 0, 'latin1') === page.bodyStart - page.start)
      link?.take(page, isLost)
      isLost = false
    }
    if (at >= end) break
    isLost = true
    from = await nextPage(file, at + 1, end)
  }
  return links.filter(({ ranges }) => ranges.length > 0)
}
