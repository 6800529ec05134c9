/** @file Finds the bytes of a file that are sound, so that a re-tagged track keeps its identity. Byte ranges are half-open. */
import type { AudioFormat } from './audio-files.ts'
import { isKnownChunk, walkChunks } from './iff-chunks.ts'
import { OGG_MARKERS, type OggFormat, type OggPage, walkOggPages } from './ogg-pages.ts'
import type { SniffedFile } from './open-audio.ts'
import { type Bytes, readAt } from './read-bytes.ts'
import { endWithoutTags } from './trailing-tags.ts'

export type ByteRange = { readonly start: number; readonly end: number }

type Scope = { readonly file: Bytes; readonly start: number; readonly end: number }

const text = (bytes: Uint8Array, start: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(start, start + length))
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Limits the walk over the chunks and pages of a hostile file. */
const MAX_CHUNKS = 1_000_000

const chunksNamed = async (
  { file, start, end }: Scope,
  names: readonly string[],
  isAiff: boolean,
): Promise<ByteRange[]> => {
  const ranges: ByteRange[] = []
  const read = (position: number, length: number): Promise<Uint8Array> => readAt(file, position, length)
  const bigEndian = isAiff || text(await read(start, 4), 0, 4) === 'RIFX'
  for await (const chunk of walkChunks(read, start, { bigEndian })) {
    if (!names.includes(chunk.name)) continue
    // Sound without a size was written to a pipe, and reaches to the end.
    const isOpen = chunk.size === 0 && !isKnownChunk(text(await read(chunk.start, 4), 0, 4))
    ranges.push({ start: chunk.start, end: isOpen ? end : Math.min(chunk.start + chunk.size, end) })
    if (isOpen) break
  }
  return ranges
}

const untagged = async ({ file, start, end }: Scope): Promise<ByteRange[]> => [
  { start, end: await endWithoutTags(file, start, end) },
]

/** STREAMINFO and the frames; all other metadata blocks are left out (RFC 9639 §8). */
const flacRanges = async ({ file, start, end }: Scope): Promise<ByteRange[]> => {
  const streamInfo = { start: start + 8, end: start + 42 }
  let at = start + 4
  for (let count = 0; count < MAX_CHUNKS; count++) {
    const head = await readAt(file, at, 4)
    if (head.length < 4) break
    at += 4 + (viewOf(head).getUint32(0) & 0xffffff)
    if ((head[0]! & 0x80) !== 0) break
  }
  return [streamInfo, ...(await untagged({ file, start: Math.min(at, end), end }))]
}

/** Packets before the sound: what it is, the comments, and, in Vorbis, how it is coded. */
const HEADER_PACKETS: Readonly<Record<OggFormat, number>> = { vorbis: 3, opus: 2 }

const beginsSound = async (file: Bytes, { begins, bodyStart }: OggPage, format: OggFormat): Promise<boolean> => {
  const marker = OGG_MARKERS[format]
  return begins && text(await readAt(file, bodyStart, marker.length), 0, marker.length) === marker
}

/**
 * Page bodies without the headers, of which the first is kept, since it says what the sound is. Sound begins on a page of its own; pages
 * within comments that are longer than one count no samples, and neither do pages of headers.
 */
const oggRanges = async ({ file, start, end }: Scope, format: OggFormat): Promise<ByteRange[]> => {
  const ranges: ByteRange[] = []
  let [serial, left] = [-1, 0]
  for await (const page of walkOggPages(file, start, end)) {
    const { granule, bodyStart, bodyEnd } = page
    if (await beginsSound(file, page, format)) [serial, left] = [page.serial, HEADER_PACKETS[format]]
    const isHeader = granule === 0n || (page.serial === serial && left > 0 && granule < 0n)
    if (page.serial === serial) left = Math.max(0, left - page.packets)
    if (ranges.length === 0 || !isHeader) ranges.push({ start: bodyStart, end: Math.min(bodyEnd, end) })
  }
  return ranges
}

/** The bodies of all `mdat` boxes (ISO 14496-12 §8.1.1). */
const mp4Ranges = async ({ file, start, end }: Scope): Promise<ByteRange[]> => {
  const ranges: ByteRange[] = []
  let at = start
  for (let count = 0; at + 8 <= end && count < MAX_CHUNKS; count++) {
    const head = await readAt(file, at, 16)
    if (head.length < 8) break
    const short = viewOf(head).getUint32(0)
    const header = short === 1 ? 16 : 8
    const size =
      short === 1 && head.length === 16 ? Number(viewOf(head).getBigUint64(8)) : short === 0 ? end - at : short
    if (text(head, 4, 4) === 'mdat') ranges.push({ start: at + header, end: Math.min(at + size, end) })
    if (size < header) break
    at += size
  }
  return ranges
}

const isMp4 = async ({ file, start }: Scope): Promise<boolean> =>
  text(await readAt(file, start + 4, 4), 0, 4) === 'ftyp'

const rangesOf = async (scope: Scope, format: AudioFormat | null): Promise<ByteRange[]> => {
  if (format === 'wav') return chunksNamed(scope, ['fmt ', 'data'], false)
  if (format === 'aiff') return chunksNamed(scope, ['COMM', 'SSND'], true)
  if (format === 'flac') return flacRanges(scope)
  if (format === 'vorbis' || format === 'opus') return oggRanges(scope, format)
  if (format === 'mp3') return untagged(scope)
  return (await isMp4(scope)) ? mp4Ranges(scope) : []
}

/** @returns the ranges in file order; the whole stream where the container is not understood or holds no audio. */
export const findAudioPayload = async (file: Bytes, sniffed: SniffedFile): Promise<readonly ByteRange[]> => {
  const scope = { file, start: sniffed.streamStart, end: sniffed.sizeBytes }
  const ranges = (await rangesOf(scope, sniffed.format)).filter((range) => range.end > range.start)
  return ranges.length > 0 ? ranges : [{ start: scope.start, end: scope.end }]
}
