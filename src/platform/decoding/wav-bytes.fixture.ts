/** Shape of the WAV and AIFF bytes built for tests; `write` puts one sample in [−1, 1] at a byte position. */
type PcmShape = {
  readonly bits: 8 | 16 | 24 | 32 | 64
  readonly kind?: 'int' | 'float'
  readonly sampleRate?: number
  readonly extensible?: boolean
}

type Writer = (at: number, sample: number) => void

/** What writes samples of this shape; minutes of sound are written for some tests. @throws RangeError for what an integer cannot hold */
const writerInto = (bytes: Buffer, shape: PcmShape & { big?: boolean }): Writer => {
  const { bits, kind = 'int', big = false } = shape
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  if (kind === 'float' && bits === 64) return (at, sample) => view.setFloat64(at, sample, !big)
  if (kind === 'float') return (at, sample) => view.setFloat32(at, sample, !big)
  if (bits === 8) return (at, sample) => view.setUint8(at, (Math.round(sample * 127) + (big ? 256 : 128)) & 255)
  const most = 2 ** (bits - 1) - 1
  const whole = (sample: number): number => {
    const value = Math.round(sample * most)
    if (value > most || value < -most - 1) throw new RangeError(`${sample} is no sample`)
    return value
  }
  if (bits === 16) return (at, sample) => view.setInt16(at, whole(sample), !big)
  if (bits === 32) return (at, sample) => view.setInt32(at, whole(sample), !big)
  return (at, sample) => void (big ? bytes.writeIntBE(whole(sample), at, 3) : bytes.writeIntLE(whole(sample), at, 3))
}

const interleave = (planes: readonly Float32Array[], shape: PcmShape & { big?: boolean }): Buffer => {
  const width = shape.bits / 8
  const bytes = Buffer.alloc(planes.length * planes[0]!.length * width)
  const write = writerInto(bytes, shape)
  for (const [channel, plane] of planes.entries())
    for (let n = 0; n < plane.length; n++) write((n * planes.length + channel) * width, plane[n]!)
  return bytes
}

/** Head and body, which are joined once: sound is long. */
const chunk = (name: string, bodies: readonly Uint8Array[], big = false): readonly Uint8Array[] => {
  const length = bodies.reduce((sum, body) => sum + body.length, 0)
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  big ? head.writeUInt32BE(length, 4) : head.writeUInt32LE(length, 4)
  return [head, ...bodies, Buffer.alloc(length & 1)]
}

export const wavBytes = (planes: readonly Float32Array[], shape: PcmShape = { bits: 16 }): Buffer => {
  const { bits, kind = 'int', sampleRate = 44100, extensible = false } = shape
  const frameBytes = (planes.length * bits) / 8
  const tag = kind === 'int' ? 1 : 3
  const format = Buffer.alloc(extensible ? 40 : 16)
  format.writeUInt16LE(extensible ? 0xfffe : tag, 0)
  format.writeUInt16LE(planes.length, 2)
  format.writeUInt32LE(sampleRate, 4)
  format.writeUInt32LE(sampleRate * frameBytes, 8)
  format.writeUInt16LE(frameBytes, 12)
  format.writeUInt16LE(bits, 14)
  if (extensible) format.writeUInt16LE(22, 16)
  if (extensible) format.writeUInt16LE(tag, 24)
  const body = [Buffer.from('WAVE'), ...chunk('fmt ', [format]), ...chunk('data', [interleave(planes, shape)])]
  return Buffer.concat(chunk('RIFF', body))
}

/** Encodes a whole number of hertz as 80-bit extended. */
const extended = (value: number): Buffer => {
  const exponent = Math.floor(Math.log2(value))
  const bytes = Buffer.alloc(10)
  bytes.writeUInt16BE(16383 + exponent, 0)
  bytes.writeUInt32BE(value * 2 ** (31 - exponent), 2)
  return bytes
}

export const aiffBytes = (planes: readonly Float32Array[], shape: PcmShape = { bits: 16 }): Buffer => {
  const { bits, sampleRate = 44100, kind = 'int' } = shape
  const common = Buffer.alloc(8)
  common.writeUInt16BE(planes.length, 0)
  common.writeUInt32BE(planes[0]!.length, 2)
  common.writeUInt16BE(bits, 6)
  const compressed = kind === 'float'
  const type = compressed ? Buffer.from('fl32\0\0') : Buffer.alloc(0)
  const sound = [Buffer.alloc(8), interleave(planes, { ...shape, big: true })]
  const body = [
    Buffer.from(compressed ? 'AIFC' : 'AIFF'),
    ...chunk('COMM', [common, extended(sampleRate), type], true),
    ...chunk('SSND', sound, true),
  ]
  return Buffer.concat(chunk('FORM', body, true))
}
