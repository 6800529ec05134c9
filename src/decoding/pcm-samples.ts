/** How a sample lies in the bytes of WAV and AIFF. */
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

/** Typed-array views for the common little-endian encodings, 5 × faster than a DataView a sample. */
const nativeView = (
  bytes: Uint8Array,
  { kind, bits, bigEndian }: PcmEncoding,
): { view: Int16Array | Float32Array; scale: number } | null => {
  if (bigEndian || new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1) return null
  const aligned = bytes.byteOffset % (bits / 8) === 0 ? bytes : bytes.slice()
  if (kind === 'int' && bits === 16)
    return { view: new Int16Array(aligned.buffer, aligned.byteOffset, aligned.length >> 1), scale: 1 / 32768 }
  if (kind === 'float' && bits === 32)
    return { view: new Float32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2), scale: 1 }
  return null
}

/** De-interleaves whole frames into one plane a channel; bytes beyond the last whole frame are ignored. */
export const readPlanes = (bytes: Uint8Array, encoding: PcmEncoding, channels: number): Float32Array[] => {
  const sampleBytes = encoding.bits / 8
  const frames = Math.floor(bytes.length / (sampleBytes * channels))
  const planes = Array.from({ length: channels }, () => new Float32Array(frames))
  const native = nativeView(bytes, encoding)
  for (const [channel, plane] of planes.entries()) {
    if (native !== null) {
      const { view, scale } = native
      for (let n = 0, at = channel; n < frames; n++, at += channels) plane[n] = view[at]! * scale
      continue
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const read = readerFor(encoding)
    for (let n = 0, at = channel * sampleBytes; n < frames; n++, at += channels * sampleBytes) plane[n] = read(view, at)
  }
  return planes
}
