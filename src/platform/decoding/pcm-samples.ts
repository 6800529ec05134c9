/** How WAV and AIFF store a sample. */
export type PcmEncoding = {
  readonly kind: 'int' | 'float' | 'a-law' | 'mu-law'
  /** Of the container that a sample lies in. */
  readonly bits: 8 | 16 | 24 | 32 | 64
  readonly bigEndian: boolean
  /** WAV keeps 8-bit samples unsigned, AIFF signed. */
  readonly unsigned: boolean
  /** What stands for 1 where that is not the largest number of the container, or 1 of floats. */
  readonly fullScale?: number
}

type SampleReader = (view: DataView, at: number) => number

/** ITU-T G.711 §3.1, A-law, to −1 … 1. */
const expandALaw = (code: number): number => {
  const bits = code ^ 0x55
  const exponent = (bits >> 4) & 7
  const mantissa = ((bits & 15) << 4) + 8
  const magnitude = exponent === 0 ? mantissa : (mantissa + 256) << (exponent - 1)
  return (bits & 0x80 ? magnitude : -magnitude) / 32768
}

/** ITU-T G.711 §3.2, µ-law, to −1 … 1. */
const expandMuLaw = (code: number): number => {
  const bits = ~code & 255
  const magnitude = ((((bits & 15) << 3) + 132) << ((bits >> 4) & 7)) - 132
  return (bits & 0x80 ? -magnitude : magnitude) / 32768
}

const tableOf = (expand: (code: number) => number): Float32Array =>
  Float32Array.from({ length: 256 }, (_, code) => expand(code))

const intReader = ({ bits, bigEndian, unsigned }: PcmEncoding): SampleReader => {
  const little = !bigEndian
  if (bits === 8) return unsigned ? (view, at) => view.getUint8(at) - 128 : (view, at) => view.getInt8(at)
  if (bits === 16) return (view, at) => view.getInt16(at, little)
  if (bits === 32) return (view, at) => view.getInt32(at, little)
  return little
    ? (view, at) => view.getInt8(at + 2) * 65536 + view.getUint16(at, true)
    : (view, at) => view.getInt8(at) * 65536 + view.getUint16(at + 1, false)
}

const readerFor = (encoding: PcmEncoding): SampleReader => {
  const { kind, bits, bigEndian, fullScale } = encoding
  const little = !bigEndian
  if (kind === 'a-law' || kind === 'mu-law') {
    const table = tableOf(kind === 'a-law' ? expandALaw : expandMuLaw)
    return (view, at) => table[view.getUint8(at)]!
  }
  const scale = 1 / (fullScale ?? (kind === 'float' ? 1 : 2 ** (bits - 1)))
  if (kind === 'int') {
    const read = intReader(encoding)
    return (view, at) => read(view, at) * scale
  }
  return bits === 64
    ? (view, at) => view.getFloat64(at, little) * scale
    : (view, at) => view.getFloat32(at, little) * scale
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1

const scaleInt24 = (from: Uint8Array, to: Float32Array): void => {
  for (let n = 0, at = 0; n < to.length; n++, at += 3)
    to[n] = ((from[at]! << 8) | (from[at + 1]! << 16) | (from[at + 2]! << 24)) * (1 / 2147483648)
}

/**
 * A view of samples that need no decoding: 16-bit integers or 32-bit floats in this machine's byte order.
 * @param bytes start at a multiple of 4
 * @returns null for all other encodings
 */
export const viewSamples = (bytes: Uint8Array, encoding: PcmEncoding): Int16Array | Float32Array | null => {
  if (encoding.bigEndian || encoding.fullScale !== undefined || !IS_LITTLE_ENDIAN) return null
  if (encoding.kind === 'int' && encoding.bits === 16)
    return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
  if (encoding.kind === 'float' && encoding.bits === 32)
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  return null
}

/** Reads samples until `to` is full. */
export const readSamples = (bytes: Uint8Array, encoding: PcmEncoding, to: Float32Array): void => {
  const { kind, bits, bigEndian, fullScale } = encoding
  // Of the encodings left here only this one is common; the loop is several times faster than a DataView read per sample.
  if (kind === 'int' && bits === 24 && !bigEndian && fullScale === undefined) {
    scaleInt24(bytes, to)
    return
  }
  const sampleBytes = bits / 8
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = readerFor(encoding)
  for (let n = 0; n < to.length; n++) to[n] = read(view, n * sampleBytes)
}
