/** @file Finds the bytes of a file that are sound, so that a re-tagged track keeps its identity. Byte ranges are half-open. */
import type { FileHandle } from 'node:fs/promises'
import type { AudioFormat } from './audio-files.ts'
import { walkOggPages } from './ogg-pages.ts'
import { readAt, type SniffedFile } from './open-audio.ts'

export type ByteRange = { readonly start: number; readonly end: number }

type Scope = { readonly file: FileHandle; readonly start: number; readonly end: number }

const text = (bytes: Uint8Array, start: number, length: number): string =>
  String.fromCharCode(...bytes.subarray(start, start + length))
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Limits the walk over the chunks and pages of a hostile file. */
const MAX_CHUNKS = 1_000_000

const chunksNamed = async (scope: Scope, names: readonly string[], littleEndian: boolean): Promise<ByteRange[]> => {
  const ranges: ByteRange[] = []
  let at = scope.start + 12
  for (let count = 0; at + 8 <= scope.end && count < MAX_CHUNKS; count++) {
    const head = await readAt(scope.file, at, 8)
    if (head.length < 8) break
    const size = viewOf(head).getUint32(4, littleEndian)
    if (names.includes(text(head, 0, 4))) ranges.push({ start: at + 8, end: Math.min(at + 8 + size, scope.end) })
    at += 8 + size + (size & 1)
  }
  return ranges
}

/** Leaves out ID3v1 (128 bytes starting with "TAG") and APEv2 (footer of 32 bytes) at the end. */
const withoutTrailingTags = async ({ file, start, end }: Scope): Promise<ByteRange[]> => {
  let stop = end
  if (text(await readAt(file, stop - 128, 3), 0, 3) === 'TAG') stop -= 128
  const footer = stop - start >= 32 ? await readAt(file, stop - 32, 32) : new Uint8Array(0)
  if (footer.length === 32 && text(footer, 0, 8) === 'APETAGEX') {
    const hasHeader = (viewOf(footer).getUint32(20, true) & 0x80000000) !== 0
    stop -= viewOf(footer).getUint32(12, true) + (hasHeader ? 32 : 0)
  }
  return [{ start, end: Math.max(start, stop) }]
}

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
  return [streamInfo, ...(await withoutTrailingTags({ file, start: Math.min(at, end), end }))]
}

/** Page bodies without the comment header, which starts on the second page; audio starts on a fresh page. */
const oggRanges = async ({ file, start, end }: Scope): Promise<ByteRange[]> => {
  const ranges: ByteRange[] = []
  for await (const { granule, bodyStart, bodyEnd } of walkOggPages(file, start, end))
    if (ranges.length === 0 || granule !== 0n) ranges.push({ start: bodyStart, end: Math.min(bodyEnd, end) })
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
  if (format === 'wav') return chunksNamed(scope, ['fmt ', 'data'], true)
  if (format === 'aiff') return chunksNamed(scope, ['COMM', 'SSND'], false)
  if (format === 'flac') return flacRanges(scope)
  if (format === 'vorbis' || format === 'opus') return oggRanges(scope)
  if (format === 'mp3') return withoutTrailingTags(scope)
  return (await isMp4(scope)) ? mp4Ranges(scope) : []
}

/** @returns the ranges in file order; the whole stream where the container is not understood or holds no audio. */
export const findAudioPayload = async (file: FileHandle, sniffed: SniffedFile): Promise<readonly ByteRange[]> => {
  const scope = { file, start: sniffed.streamStart, end: sniffed.sizeBytes }
  const ranges = (await rangesOf(scope, sniffed.format)).filter((range) => range.end > range.start)
  return ranges.length > 0 ? ranges : [{ start: scope.start, end: scope.end }]
}
