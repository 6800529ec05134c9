import { readFileSync } from 'node:fs'
import { flacBytes } from './flac-bytes.fixture.ts'

/** Containers as other programs write them, of one sound: bursts at half a second and at one and a half. */
export type Container = {
  readonly name: string
  readonly bytes: Buffer
  readonly seconds: number
  /** Where the bursts are, if not at the usual places. */
  readonly bursts?: readonly number[]
  /** The fixture that it was made from, where it is not the sound of `bursts`. */
  readonly like?: 'mp3' | 'ogg' | 'opus'
  /** How much quieter the sound is. */
  readonly gainDb?: number
  /** What is said of it, where anything is. */
  readonly told?: RegExp
}

export const BURSTS = [0.5, 1.5]
const RATE = 44100
/** The same sound as in the compressed fixtures. */
export const bursts = (seconds = 2): Float32Array => {
  const samples = new Float32Array(seconds * RATE)
  for (const start of BURSTS)
    for (let n = 0; n < RATE / 4; n++)
      samples[start * RATE + n] = 0.5 * Math.exp(-n / 2000) * Math.sin((2 * Math.PI * 1500 * n) / RATE)
  return samples
}

export const SOUND = bursts()
export const fixture = (extension: string): Buffer =>
  readFileSync(new URL(`./fixtures/two-clicks.${extension}`, import.meta.url))

type Order = 'LE' | 'BE'
const number = (value: number, bytes: 2 | 4, order: Order = 'LE'): Buffer => {
  const written = Buffer.alloc(bytes)
  if (bytes === 2) order === 'LE' ? written.writeUInt16LE(value) : written.writeUInt16BE(value)
  else order === 'LE' ? written.writeUInt32LE(value) : written.writeUInt32BE(value)
  return written
}
const chunk = (name: string, body: Buffer, { pad = true, order = 'LE' as Order, size = body.length } = {}): Buffer =>
  Buffer.concat([Buffer.from(name), number(size, 4, order), body, Buffer.alloc(pad ? body.length & 1 : 0)])
const riff = (...chunks: readonly Buffer[]): Buffer => wrap('RIFF', ...chunks)
const wrap = (magic: string, ...chunks: readonly Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from('WAVE'), ...chunks])
  const size = magic === 'RIFX' ? number(body.length, 4, 'BE') : number(magic === 'RIFF' ? body.length : 0xffffffff, 4)
  return Buffer.concat([Buffer.from(magic), size, body])
}

type Format = { tag?: number; channels?: number; bits?: number; align?: number; bytesPerSecond?: number; order?: Order }
const format = (shape: Format = {}, extension: Buffer = Buffer.alloc(0)): Buffer => {
  const { tag = 1, channels = 1, bits = 16, align = channels * Math.ceil(bits / 8), order = 'LE' } = shape
  const { bytesPerSecond = RATE * align } = shape
  const fields = [number(tag, 2, order), number(channels, 2, order), number(RATE, 4, order)]
  const rest = [number(bytesPerSecond, 4, order), number(align, 2, order), number(bits, 2, order), extension]
  return chunk('fmt ', Buffer.concat([...fields, ...rest]), { order })
}
const GUID_REST = Buffer.from('000000001000800000aa00389b71', 'hex')
const extensible = (bits: number, { align, valid = bits, tag = 1 }: { align?: number; valid?: number; tag?: number }) =>
  format(
    { tag: 0xfffe, bits, ...(align === undefined ? {} : { align }) },
    Buffer.concat([number(22, 2), number(valid, 2), number(4, 4), number(tag, 2), GUID_REST]),
  )

/** Integers of `bytes` bytes whose full scale is `bits` bits, moved up by `shift` bits. */
const ints = (bytes: 1 | 2 | 3 | 4, { bits = 8 * bytes, shift = 0, order = 'LE' as Order } = {}): Buffer => {
  const written = Buffer.alloc(bytes * SOUND.length)
  for (const [n, sample] of SOUND.entries()) {
    const value = Math.round(sample * (2 ** (bits - 1) - 1)) * 2 ** shift
    order === 'LE' ? written.writeIntLE(value, n * bytes, bytes) : written.writeIntBE(value, n * bytes, bytes)
  }
  return written
}
const floats = (scale = 1): Buffer => {
  const written = Buffer.alloc(4 * SOUND.length)
  for (const [n, sample] of SOUND.entries()) written.writeFloatLE(sample * scale, n * 4)
  return written
}
const muLaw = (): Buffer =>
  Buffer.alloc(SOUND.length).map((_, n) => {
    const value = Math.round(SOUND[n]! * 32767)
    const magnitude = Math.min(32635, Math.abs(value)) + 132
    const exponent = 31 - Math.clz32(magnitude) - 7
    return ~((value < 0 ? 0x80 : 0) | (exponent << 4) | ((magnitude >> (exponent + 3)) & 15)) & 255
  }) as Buffer

const data = (body: Buffer, options = {}): Buffer => chunk('data', body, options)
const text = (length: number): Buffer => Buffer.from('x'.repeat(length))
const wide = (size: number, table: readonly Buffer[] = []): Buffer =>
  chunk('ds64', Buffer.concat([Buffer.alloc(8), number(size, 4), Buffer.alloc(12), number(table.length, 4), ...table]))
const pcm = ints(2)
const half = pcm.length / 2
const noise = Buffer.from(Array.from({ length: 40_000 }, (_, n) => (n * n * 7919) % 251))

const wav = (name: string, bytes: Buffer): Container => ({ name: `${name}.wav`, bytes, seconds: 2 })

export const WAVS: readonly Container[] = [
  wav('20 in 24 bits', riff(format({ bits: 20, align: 3 }), data(ints(3, { bits: 20, shift: 4 })))),
  wav('12 in 16 bits', riff(format({ bits: 12, align: 2 }), data(ints(2, { bits: 12, shift: 4 })))),
  wav('24 in 32 bits, at the bottom', riff(format({ bits: 24, align: 4 }), data(ints(4, { bits: 24 })))),
  wav('24 in 32 bits, at the top', riff(format({ bits: 24, align: 4 }), data(ints(4, { bits: 24, shift: 8 })))),
  wav('24 bits as floats', riff(format({ bits: 24, align: 4 }), data(floats(2 ** 23)))),
  wav('16 in 24 bits', riff(format({ bits: 16, align: 3 }), data(ints(3, { bits: 16, shift: 8 })))),
  wav('24 in 32 bits at the bottom, extensible', riff(extensible(32, { valid: 24 }), data(ints(4, { bits: 24 })))),
  wav('32 bits said to be 24 of them, extensible', riff(extensible(32, { valid: 24 }), data(ints(4)))),
  wav('24 bits said to be 24 of 32, extensible', riff(extensible(32, { valid: 24, align: 3 }), data(ints(3)))),
  wav('a format chunk of 14 bytes', riff(chunk('fmt ', format().subarray(8, 22)), data(pcm))),
  wav('24 in 32 bits, extensible', riff(extensible(32, { valid: 24 }), data(ints(4, { bits: 24, shift: 8 })))),
  wav('floats, extensible', riff(extensible(32, { tag: 3 }), data(floats()))),
  wav('µ-law', riff(format({ tag: 7, bits: 8 }), data(muLaw()))),
  wav('µ-law of 16 bits', riff(format({ tag: 7, bits: 16, align: 1 }), data(muLaw()))),
  wav('no block align', riff(format({ align: 0 }), data(pcm))),
  wav('a wrong block align', riff(format({ align: 1, bytesPerSecond: 2 * RATE }), data(pcm))),
  wav(
    'RF64 with chunks behind',
    wrap('RF64', wide(pcm.length), format(), data(pcm, { size: 0xffffffff }), chunk('axml', noise)),
  ),
  wav(
    'RF64 with a table that speaks of the samples',
    wrap(
      'RF64',
      wide(pcm.length, [Buffer.concat([Buffer.from('data'), number(999, 4), Buffer.alloc(4)])]),
      format(),
      data(pcm, { size: 0xffffffff }),
    ),
  ),
  wav('BW64', wrap('BW64', wide(pcm.length), format(), data(pcm, { size: 0xffffffff }))),
  wav('RIFX', wrap('RIFX', format({ order: 'BE' }), data(ints(2, { order: 'BE' }), { order: 'BE' }))),
  wav('an odd chunk without its pad byte', riff(format(), chunk('LIST', text(13), { pad: false }), data(pcm))),
  wav('an odd chunk with its pad byte', riff(chunk('JUNK', text(27)), format(), data(pcm))),
  wav(
    'a format chunk of 17 bytes',
    riff(chunk('fmt ', Buffer.concat([format().subarray(8), text(1)]), { pad: false }), data(pcm)),
  ),
  ...[-3, 1].map((by) =>
    wav(`text whose size is ${by} bytes off`, riff(format(), chunk('LIST', text(24), { size: 24 + by }), data(pcm))),
  ),
  wav('a format chunk larger than it says', riff(format(), Buffer.alloc(2), data(pcm))),
  wav('samples before their format', riff(data(pcm), format())),
  {
    ...wav(
      'two chunks of samples',
      riff(format(), data(pcm.subarray(0, half)), chunk('LIST', text(4)), data(pcm.subarray(half))),
    ),
    told: /lies in 2 parts/,
  },
  wav('no size', riff(format(), data(pcm, { size: 0 }))),
  wav('no size, with chunks behind', riff(format(), data(pcm, { size: 0 }), chunk('LIST', noise))),
  wav('the largest size', riff(format(), data(pcm, { size: 0xffffffff }))),
  wav('the size of a writer to a pipe', riff(format(), data(pcm, { size: 0x7fffffff }))),
  wav(
    'ID3 before RIFF',
    Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\x02\0', 'latin1'), Buffer.alloc(256), riff(format(), data(pcm))]),
  ),
]

/** Headers that do not fit the samples: whoever believes them plays noise. */
export const CONTRADICTORY: readonly (readonly [string, Buffer])[] = [
  ['16 bits in frames of three bytes', riff(format({ bits: 16, align: 3 }), data(pcm))],
  ['24 bits in frames of two bytes', riff(format({ bits: 24, align: 2 }), data(pcm))],
  ['one channel of 16 bits in frames of four bytes', riff(format({ align: 4 }), data(pcm))],
  ['three channels in frames of four bytes', riff(format({ channels: 3, align: 4 }), data(pcm))],
  ['16 bits said to be 24', riff(format({ bits: 24 }), data(pcm))],
  ['24 bits said to be 16', riff(format(), data(ints(3)))],
  ['signed bytes', riff(format({ bits: 8 }), data(ints(1)))],
  ['floats said to be integers', riff(format({ bits: 32 }), data(floats()))],
  ['the other byte order', riff(format(), data(ints(2, { order: 'BE' })))],
]

const RATE_80_BIT = Buffer.from('400eac44000000000000', 'hex')
const common = (frames: number, bits: number, type = ''): Buffer => {
  const fields = [number(1, 2, 'BE'), number(frames, 4, 'BE'), number(bits, 2, 'BE'), RATE_80_BIT]
  return chunk('COMM', Buffer.concat([...fields, Buffer.from(type)]), { order: 'BE' })
}
const sound = (body: Buffer, options = {}): Buffer =>
  chunk('SSND', Buffer.concat([Buffer.alloc(8), body]), { order: 'BE', ...options })
const form = (type: string, ...chunks: readonly Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.from(type), ...chunks])
  return Buffer.concat([Buffer.from('FORM'), number(body.length, 4, 'BE'), body])
}
const big = ints(2, { order: 'BE' })
const aiff = (name: string, bytes: Buffer): Container => ({ name: `${name}.aiff`, bytes, seconds: 2 })

export const AIFFS: readonly Container[] = [
  aiff(
    'samples before their format',
    form('AIFF', chunk('NAME', text(3), { order: 'BE' }), sound(big), common(SOUND.length, 16)),
  ),
  aiff(
    'an odd name without its pad byte',
    form('AIFF', chunk('NAME', text(3), { order: 'BE', pad: false }), common(SOUND.length, 16), sound(big)),
  ),
  aiff('no size', form('AIFF', common(SOUND.length, 16), sound(big, { size: 0 }))),
  aiff('the largest size', form('AIFF', common(SOUND.length, 16), sound(big, { size: 0xffffffff }))),
  aiff('sowt', form('AIFC', common(SOUND.length, 16, 'sowt'), sound(pcm))),
  aiff('in24', form('AIFC', common(SOUND.length, 24, 'in24'), sound(ints(3, { order: 'BE' })))),
  aiff('23ni', form('AIFC', common(SOUND.length, 32, '23ni'), sound(ints(4)))),
  aiff('12 bits', form('AIFF', common(SOUND.length, 12), sound(ints(2, { bits: 12, shift: 4, order: 'BE' })))),
  aiff('ulaw', form('AIFC', common(SOUND.length, 16, 'ulaw'), sound(muLaw()))),
]

const twice = Buffer.concat([big, big])
/** Files with more in them than their header says: what it says is read, with a warning. */
export const LONGER: readonly Container[] = [
  wav('two formats', riff(format(), data(pcm), format({ bits: 8 }), data(ints(1)))),
  wav('half of it declared', riff(format(), chunk('data', Buffer.concat([pcm, pcm]), { size: pcm.length }))),
  aiff('half of it declared', form('AIFF', common(SOUND.length, 16), sound(twice, { size: 8 + big.length }))),
  aiff('half of its frames, no size', form('AIFF', common(SOUND.length, 16), sound(twice, { size: 0 }))),
]

const mp3 = fixture('mp3')
const info = Math.max(mp3.indexOf('Info'), mp3.indexOf('Xing'))
export const patched = (bytes: Buffer, at: number, by: readonly number[]): Buffer => {
  const copy = Buffer.from(bytes)
  copy.set(by, at)
  return copy
}
const shortTag = Buffer.concat([
  Buffer.from('ID3\x03\0\0\0\0\0\x28TIT2\0\0\x01\x2c\0\0\0', 'latin1'),
  Buffer.alloc(299, 'A'),
])

/** CRC-32 as Ogg counts it (RFC 3533 §6). */
export const oggChecksum = (page: Uint8Array): number =>
  page.reduce((sum: number, byte: number) => {
    let crc = sum ^ (byte << 24)
    for (let bit = 0; bit < 8; bit++) crc = (crc << 1) ^ (crc < 0 ? 0x04c11db7 : 0)
    return crc
  }, 0) >>> 0
const withOpusGain = (opus: Uint8Array, decibels: number): Buffer => {
  const copy = Buffer.from(opus)
  const end = copy.indexOf('OggS', 4)
  copy.writeInt16LE(Math.round(decibels * 256), copy.indexOf('OpusHead') + 16)
  copy.writeUInt32LE(0, 22)
  copy.writeUInt32LE(oggChecksum(copy.subarray(0, end)), 22)
  return copy
}
const [ogg, opus] = [fixture('ogg'), fixture('opus')]
const flac = flacBytes(SOUND, { bits: 16, blocks: () => 4096 })
export const TWICE = [0.5, 1.5, 2.5, 3.5]

export const COMPRESSED: readonly Container[] = [
  {
    name: 'junk before the first frame.mp3',
    like: 'mp3',
    bytes: Buffer.concat([noise.subarray(0, 4999), mp3]),
    seconds: 2,
  },
  { name: 'a tag that is longer than it says.mp3', like: 'mp3', bytes: Buffer.concat([shortTag, mp3]), seconds: 2 },
  { name: 'no frames.mp3', like: 'mp3', bytes: patched(mp3, info + 8, [0, 0, 0, 0]), seconds: 2 },
  { name: 'few frames.mp3', like: 'mp3', bytes: patched(mp3, info + 8, [0, 0, 0, 10]), seconds: 2 },
  {
    name: 'no data of LAME.mp3',
    like: 'mp3',
    bytes: patched(mp3, info + 120, Array(36).fill(0)),
    seconds: 2.03,
    bursts: [0.5251, 1.5251],
  },
  {
    name: 'MP3 in WAV.wav',
    like: 'mp3',
    bytes: riff(format({ tag: 0x55, bits: 0, align: 1 }, number(0, 2)), data(mp3)),
    seconds: 2,
  },
  { name: 'ID3v1 behind.flac', bytes: Buffer.concat([flac, Buffer.from('TAG'), Buffer.alloc(125)]), seconds: 2 },
  {
    name: 'ID3v2 before.flac',
    bytes: Buffer.concat([Buffer.from('ID3\x04\0\0\0\0\x02\0', 'latin1'), Buffer.alloc(256), flac]),
    seconds: 2,
  },
  { name: '8 bits.flac', bytes: flacBytes(SOUND, { bits: 8, blocks: () => 4096 }), seconds: 2 },
  { name: '12 bits.flac', bytes: flacBytes(SOUND, { bits: 12, blocks: () => 4096 }), seconds: 2 },
  { name: '20 bits.flac', bytes: flacBytes(SOUND, { bits: 20, blocks: () => 4096 }), seconds: 2 },
  {
    name: 'blocks of many sizes.flac',
    bytes: flacBytes(SOUND, { bits: 16, blocks: (n) => 1000 + 37 * (n % 9), counts: 'samples' }),
    seconds: 2,
  },
  {
    name: 'blocks of many sizes, before 1.2.flac',
    bytes: flacBytes(SOUND, { bits: 16, blocks: (n) => 1000 + 37 * (n % 9), counts: 'samples, untold' }),
    seconds: 2,
  },
  { name: 'a damaged frame.flac', bytes: patched(flac, 90_000, [1, 2, 3]), seconds: 2 },
  { name: 'junk in the middle.flac', bytes: patched(flac, 90_000, Array(9000).fill(0)), seconds: 2 },
  { name: 'a chain.ogg', like: 'ogg', bytes: Buffer.concat([ogg, ogg]), seconds: 4, bursts: TWICE },
  { name: 'a chain.opus', like: 'opus', bytes: Buffer.concat([opus, opus]), seconds: 4, bursts: TWICE },
  { name: 'a gain of −10 dB.opus', like: 'opus', bytes: withOpusGain(opus, -10), seconds: 2, gainDb: 10 },
]

/** What no decoder reads whole. */
export const DAMAGED: readonly Container[] = [
  {
    name: 'half missing in the middle.mp3',
    like: 'mp3',
    bytes: Buffer.concat([mp3.subarray(0, 8000), mp3.subarray(8500)]),
    seconds: 1.78,
  },
]
