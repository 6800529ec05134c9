/** @file STREAMINFO and frame headers of FLAC (RFC 9639 §8.2, §9.1). */

export type FlacStream = {
  readonly minBlock: number
  readonly maxBlock: number
  readonly sampleRate: number
  readonly channels: number
  readonly bits: number
  /** 0 where it is not known. */
  readonly samples: number
}

/** The marker, the head of the block and the block itself. */
export const STREAM_INFO_BYTES = 42

/** @param head the first bytes of the stream */
export const readStreamInfo = (head: Uint8Array): FlacStream | null => {
  if (head.length < STREAM_INFO_BYTES || (head[4]! & 0x7f) !== 0) return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const packed = view.getUint32(18)
  return {
    minBlock: view.getUint16(8),
    maxBlock: view.getUint16(10),
    sampleRate: packed >>> 12,
    channels: ((packed >>> 9) & 7) + 1,
    bits: ((packed >>> 4) & 31) + 1,
    samples: (packed & 15) * 2 ** 32 + view.getUint32(22),
  }
}

export type FlacHeader = {
  readonly blockSize: number
  /** Number of the first sample. */
  readonly position: number
  /** Bytes of the header with its checksum. */
  readonly bytes: number
}

const CRC8 = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte
  for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x80 ? 0x07 : 0)) & 0xff
  return crc
})

/** A number of up to 36 bits in the manner of UTF-8. @returns null for an invalid one */
const readNumber = (bytes: Uint8Array, at: number): { readonly value: number; readonly length: number } | null => {
  const first = bytes[at]!
  if (first < 0x80) return { value: first, length: 1 }
  const length = Math.clz32(~(first << 24))
  if (length < 2 || length > 7) return null
  let value = first & (0x7f >> length)
  for (let n = 1; n < length; n++) {
    const byte = bytes[at + n]!
    if ((byte & 0xc0) !== 0x80) return null
    value = value * 64 + (byte & 0x3f)
  }
  return { value, length }
}

const blockSizeOf = (code: number, bytes: Uint8Array, at: number): number => {
  if (code === 1) return 192
  if (code <= 5) return 576 << (code - 2)
  if (code === 6) return bytes[at]! + 1
  return code === 7 ? ((bytes[at]! << 8) | bytes[at + 1]!) + 1 : 256 << (code - 8)
}

/** Bytes of the longest header. */
export const MOST_HEADER_BYTES = 16

/** @returns null where no frame of this stream begins, which the header's own checksum tells */
export const flacHeaderAt = (bytes: Uint8Array, at: number, stream: FlacStream): FlacHeader | null => {
  if (bytes[at] !== 0xff || (bytes[at + 1]! & 0xfe) !== 0xf8 || at + 6 > bytes.length) return null
  const [sizes, channels] = [bytes[at + 2]!, bytes[at + 3]!]
  const [blockCode, rateCode] = [sizes >> 4, sizes & 15]
  if (blockCode === 0 || rateCode === 15 || channels >> 4 > 10 || (channels & 1) !== 0) return null
  const number = readNumber(bytes, at + 4)
  if (number === null) return null
  const sizeAt = at + 4 + number.length
  const rateAt = sizeAt + (blockCode === 6 ? 1 : blockCode === 7 ? 2 : 0)
  const end = rateAt + (rateCode === 12 ? 1 : rateCode === 13 || rateCode === 14 ? 2 : 0)
  if (end >= bytes.length) return null
  let crc = 0
  for (let n = at; n < end; n++) crc = CRC8[crc ^ bytes[n]!]!
  if (crc !== bytes[end]) return null
  // Encoders before 1.2 (2007) left the bit unset that says whether frames or samples are counted.
  const countsSamples = (bytes[at + 1]! & 1) === 1 || stream.minBlock !== stream.maxBlock
  const position = countsSamples ? number.value : number.value * stream.maxBlock
  return { blockSize: blockSizeOf(blockCode, bytes, sizeAt), position, bytes: end + 1 - at }
}
