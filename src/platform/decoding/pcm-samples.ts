/** How WAV and AIFF store a sample. */
export type PcmEncoding = {
  readonly kind: 'int' | 'float'
  readonly bits: 8 | 16 | 24 | 32 | 64
  readonly bigEndian: boolean
  /** WAV keeps 8-bit samples unsigned, AIFF signed. */
  readonly unsigned: boolean
}

type SampleReader = (view: DataView, at: number) => number

const readerFor = ({ kind, bits, bigEndian, unsigned }: PcmEncoding): SampleReader => {
  const little = !bigEndian
  if (kind === 'float')
    return bits === 64 ? (view, at) => view.getFloat64(at, little) : (view, at) => view.getFloat32(at, little)
  if (bits === 8) return unsigned ? (view, at) => (view.getUint8(at) - 128) / 128 : (view, at) => view.getInt8(at) / 128
  if (bits === 16) return (view, at) => view.getInt16(at, little) / 32768
  if (bits === 32) return (view, at) => view.getInt32(at, little) / 2147483648
  return little
    ? (view, at) => (view.getInt8(at + 2) * 65536 + view.getUint16(at, true)) / 8388608
    : (view, at) => (view.getInt8(at) * 65536 + view.getUint16(at + 1, false)) / 8388608
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
  if (encoding.bigEndian || !IS_LITTLE_ENDIAN) return null
  if (encoding.kind === 'int' && encoding.bits === 16)
    return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2)
  if (encoding.kind === 'float' && encoding.bits === 32)
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  return null
}

/** Reads samples until `to` is full. */
export const readSamples = (bytes: Uint8Array, encoding: PcmEncoding, to: Float32Array): void => {
  // Of the encodings left here only this one is common; the loop is several times faster than a DataView read per sample.
  if (encoding.kind === 'int' && encoding.bits === 24 && !encoding.bigEndian) {
    scaleInt24(bytes, to)
    return
  }
  const sampleBytes = encoding.bits / 8
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const read = readerFor(encoding)
  for (let n = 0; n < to.length; n++) to[n] = read(view, n * sampleBytes)
}
