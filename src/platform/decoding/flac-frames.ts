/**
 * @file Cuts a FLAC stream into its frames (RFC 9639 §9). A frame ends where its checksum is right and the next one begins; a damaged one
 * is left out, and the next is found behind it.
 */
import { type FlacHeader, type FlacStream, flacHeaderAt, MOST_HEADER_BYTES } from './flac-header.ts'

export type FlacFrame = {
  readonly position: number
  readonly samples: number
  readonly headerBytes: number
  readonly bytes: Uint8Array
  /** Whether what lies before it in the file is no frame. */
  readonly isAfterLoss: boolean
}

const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8
  for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x8005 : 0)) & 0xffff
  return crc
})

/** A frame that does not shrink has its samples and a little more. */
const mostBytes = ({ channels, bits }: FlacStream, { blockSize }: FlacHeader): number =>
  Math.ceil((blockSize * channels * (bits + 1)) / 8) + 64

type Window = { readonly start: number; readonly stream: FlacStream; readonly isLast: boolean }

/** @returns where the frame ends, 'damaged' where it does so nowhere, null where more bytes are needed to tell */
const endOf = (bytes: Uint8Array, header: FlacHeader, { start, stream, isLast }: Window): number | 'damaged' | null => {
  const limit = Math.min(bytes.length, start + mostBytes(stream, header))
  const next = header.position + header.blockSize
  let crc = 0
  /** The last place where the checksum is right, which counts where something else follows the last frame. */
  let possible: number | null = null
  for (let at = start; at < limit; at++) {
    const byte = bytes[at]!
    if (crc === 0 && at > start + header.bytes) possible = at
    if (byte === 0xff && at > start + header.bytes && (bytes[at + 1]! & 0xfe) === 0xf8) {
      if (at + MOST_HEADER_BYTES > bytes.length && !isLast) return null
      const following = flacHeaderAt(bytes, at, stream)
      if (following !== null && crc === 0) return at
      if (following?.position === next) return 'damaged'
    }
    crc = CRC16[(crc >> 8) ^ byte]! ^ ((crc << 8) & 0xffff)
  }
  if (crc === 0) possible = limit
  if (limit === bytes.length && !isLast) return null
  return possible !== null && (limit === bytes.length || next === stream.samples) ? possible : 'damaged'
}

/** @returns the place of the next header after `from`, or of the last bytes that may begin one */
const nextHeader = (bytes: Uint8Array, from: number, stream: FlacStream): number => {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1))
    if (at + MOST_HEADER_BYTES > bytes.length || flacHeaderAt(bytes, at, stream) !== null) return at
  return bytes.length
}

export type FlacCutter = {
  /** @param isLast whether no more bytes come @returns the frames that are whole now */
  readonly push: (chunk: Uint8Array, isLast: boolean) => readonly FlacFrame[]
  /** How many damaged places were passed over. */
  readonly damaged: () => number
}

export const createFlacCutter = (stream: FlacStream): FlacCutter => {
  let held = new Uint8Array(0)
  let damaged = 0
  /** Whether what came last is no frame. What follows the last frame is no damage. */
  let isLost = false
  let reached = 0

  const push = (chunk: Uint8Array, isLast: boolean): readonly FlacFrame[] => {
    const bytes = new Uint8Array(held.length + chunk.length)
    bytes.set(held)
    bytes.set(chunk, held.length)
    const frames: FlacFrame[] = []
    let start = 0
    while (start + (isLast ? 1 : MOST_HEADER_BYTES) <= bytes.length) {
      const header = flacHeaderAt(bytes, start, stream)
      const end = header === null ? 'damaged' : endOf(bytes, header, { start, stream, isLast })
      if (end === null) break
      if (header !== null && end !== 'damaged') {
        const { position, blockSize: samples, bytes: headerBytes } = header
        frames.push({ position, samples, headerBytes, bytes: bytes.subarray(start, end), isAfterLoss: isLost })
        if (isLost) damaged++
        isLost = false
        reached = header.position + header.blockSize
        start = end
      } else {
        isLost = true
        start = nextHeader(bytes, start + 1, stream)
      }
    }
    held = bytes.slice(start)
    return frames
  }
  return { push, damaged: () => damaged + (isLost && reached < stream.samples ? 1 : 0) }
}
