/**
 * @file The format chunk of RIFF/WAVE (Microsoft, "Multiple Channel Audio Data and WAVE Files", 2007). A sample lies in a container of
 * block align ÷ channels bytes, which may be wider than the sample.
 */
import { UserError } from '../../core/support/user-error.ts'
import type { PcmEncoding } from './pcm-samples.ts'

const PCM = 1
const IEEE_FLOAT = 3
const A_LAW = 6
const MU_LAW = 7
const MPEG = 0x50
const MPEG_LAYER_3 = 0x55
const EXTENSIBLE = 0xfffe
/** What follows the tag in the identifier of a sub-format: of all that have a tag, of Ambisonics, and where it was left empty. */
const TAGGED = '000000001000800000aa00389b71'
const AMBISONIC = '00002107d3118644c8c1ca000000'
const EMPTY = '0'.repeat(28)

/** What a format chunk says. */
export type WavFields = {
  /** The tag of the sub-format where there is one; null for an identifier without a tag. */
  readonly tag: number | null
  readonly channels: number
  readonly sampleRate: number
  readonly bytesPerSecond: number
  readonly blockAlign: number
  /** 0 where the chunk is too short to say. */
  readonly bits: number
  /** How many of them hold the sample: fewer than `bits` where an extensible format says so. */
  readonly sampleBits: number
  /** 32-bit samples that are floats up to 32768, as Cool Edit marked them. */
  readonly isMarkedFloat: boolean
}

const subFormatTag = (body: Uint8Array, view: DataView, little: boolean): number | null => {
  const rest = Buffer.from(body.subarray(26, 40)).toString('hex')
  return body.length >= 40 && ![TAGGED, AMBISONIC, EMPTY].includes(rest) ? null : view.getUint16(24, little)
}

/** @param body of the chunk, 14 bytes at least */
export const readFields = (body: Uint8Array, bigEndian: boolean): WavFields => {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const little = !bigEndian
  const declared = view.getUint16(0, little)
  const bits = body.length >= 16 ? view.getUint16(14, little) : 0
  const valid = declared === EXTENSIBLE && body.length >= 20 ? view.getUint16(18, little) : 0
  return {
    tag: declared === EXTENSIBLE && body.length >= 26 ? subFormatTag(body, view, little) : declared,
    channels: view.getUint16(2, little),
    sampleRate: view.getUint32(4, little),
    bytesPerSecond: view.getUint32(8, little),
    blockAlign: view.getUint16(12, little),
    bits,
    sampleBits: valid > 0 && valid < bits ? valid : bits,
    isMarkedFloat: body.length >= 20 && view.getUint16(16, little) === 2 && view.getUint16(18, little) === 1,
  }
}

export const isMpeg = ({ tag }: WavFields): boolean => tag === MPEG || tag === MPEG_LAYER_3

const contradiction = (fields: WavFields, path: string): UserError =>
  new UserError(
    'AUDIO_DECODE_FAILED',
    `${path}: the header contradicts itself: ${fields.channels} channels of ${fields.bits} bits in frames of ${fields.blockAlign} bytes, ${fields.sampleRate} frames and ${fields.bytesPerSecond} bytes a second`,
  )

/** Bytes of one sample with its padding. @throws UserError AUDIO_DECODE_FAILED where the fields contradict each other */
const containerBytes = (fields: WavFields, bits: number, path: string): number => {
  const { channels, sampleRate, bytesPerSecond, blockAlign } = fields
  const least = Math.ceil(bits / 8)
  const inBlock = blockAlign / channels
  if (Number.isInteger(inBlock) && inBlock >= Math.max(1, least)) return inBlock
  // Where the block align is missing or impossible, the other two have to agree.
  const isTold = bits > 0 && (bytesPerSecond === least * channels * sampleRate || (blockAlign === 0 && !bytesPerSecond))
  if (isTold) return least
  throw contradiction(fields, path)
}

/**
 * How the samples are stored, as far as the header alone tells.
 * @returns the encoding, and whether the container is wider than its samples need, so that only the samples tell how they lie in it
 * @throws UserError AUDIO_DECODE_FAILED for a contradictory header, DECODER_MISSING for compressed samples
 */
export const encodingOf = (
  fields: WavFields,
  { path, bigEndian }: { readonly path: string; readonly bigEndian: boolean },
): { readonly encoding: PcmEncoding; readonly isWide: boolean } => {
  const { tag, bits, sampleBits } = fields
  const compressed = (): UserError =>
    new UserError('DECODER_MISSING', `${path}: WAV with compressed samples (format ${tag ?? 'unknown'}) needs ffmpeg`)
  if (fields.channels === 0) throw contradiction(fields, path)
  if (tag !== PCM && tag !== IEEE_FLOAT && tag !== A_LAW && tag !== MU_LAW) throw compressed()
  const isCompanded = tag === A_LAW || tag === MU_LAW
  // Some writers say how many bits a byte of A-law or µ-law stands for.
  const bytes = containerBytes(fields, isCompanded ? 8 : tag === PCM ? sampleBits : bits, path)
  const container = (8 * bytes) as PcmEncoding['bits']
  if (isCompanded) {
    if (bytes !== 1) throw contradiction(fields, path)
    const kind = tag === A_LAW ? 'a-law' : 'mu-law'
    return { encoding: { kind, bits: container, bigEndian, unsigned: true }, isWide: false }
  }
  if (tag === IEEE_FLOAT) {
    if ((bytes !== 4 && bytes !== 8) || bits !== container)
      throw bits === 16 || bits === 24 ? compressed() : contradiction(fields, path)
    return { encoding: { kind: 'float', bits: container, bigEndian, unsigned: false }, isWide: false }
  }
  if (fields.isMarkedFloat && bits === 32) throw compressed()
  if (bytes === 8 && bits === 64) throw compressed()
  if (bytes > 4) throw contradiction(fields, path)
  const isWide = sampleBits > 0 && bytes > Math.ceil(sampleBits / 8)
  return { encoding: { kind: 'int', bits: container, bigEndian, unsigned: bytes === 1 }, isWide }
}
