/** Shape of the WAV and AIFF bytes built for tests; `write` puts one sample in [−1, 1] at a byte position. */
type PcmShape = {
  readonly bits: 8 | 16 | 24 | 32 | 64
  readonly kind?: 'int' | 'float'
  readonly sampleRate?: number
  readonly extensible?: boolean
}

const writeSample = (bytes: Buffer, at: number, sample: number, shape: PcmShape & { big?: boolean }): void => {
  const { bits, kind = 'int', big = false } = shape
  if (kind === 'float' && bits === 64) big ? bytes.writeDoubleBE(sample, at) : bytes.writeDoubleLE(sample, at)
  else if (kind === 'float') big ? bytes.writeFloatBE(sample, at) : bytes.writeFloatLE(sample, at)
  else if (bits === 8) bytes.writeUInt8((Math.round(sample * 127) + (big ? 256 : 128)) & 255, at)
  else {
    const value = Math.round(sample * (2 ** (bits - 1) - 1))
    big ? bytes.writeIntBE(value, at, bits / 8) : bytes.writeIntLE(value, at, bits / 8)
  }
}

const interleave = (planes: readonly Float32Array[], shape: PcmShape & { big?: boolean }): Buffer => {
  const width = shape.bits / 8
  const bytes = Buffer.alloc(planes.length * planes[0]!.length * width)
  for (const [channel, plane] of planes.entries())
    for (const [n, sample] of plane.entries()) writeSample(bytes, (n * planes.length + channel) * width, sample, shape)
  return bytes
}

const chunk = (name: string, body: Uint8Array, big = false): Buffer => {
  const head = Buffer.alloc(8)
  head.write(name, 'latin1')
  big ? head.writeUInt32BE(body.length, 4) : head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length & 1)])
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
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), chunk('data', interleave(planes, shape))])
  return chunk('RIFF', body)
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
  const sound = Buffer.concat([Buffer.alloc(8), interleave(planes, { ...shape, big: true })])
  const body = [
    Buffer.from(compressed ? 'AIFC' : 'AIFF'),
    chunk('COMM', Buffer.concat([common, extended(sampleRate), type]), true),
  ]
  return chunk('FORM', Buffer.concat([...body, chunk('SSND', sound, true)]), true)
}
