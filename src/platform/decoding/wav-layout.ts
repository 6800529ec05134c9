/** @file Where the samples of a RIFF/WAVE file lie, also in its 64-bit (RF64, BW64) and big-endian (RIFX) forms. */
import { UserError } from '../../core/support/user-error.ts'
import {
  type Chunk,
  endOfOpenSound,
  isKnownChunk,
  isName,
  PLACEHOLDER_BYTES,
  type ReadBytes,
  UNKNOWN_SIZE,
  walkChunks,
} from './iff-chunks.ts'
import { checkFormat, frameBytesOf, type PcmLayout, type PcmPart } from './pcm-stream.ts'
import { alignedEncoding, contradictsSamples, lookAtSamples } from './sample-evidence.ts'
import { encodingOf, isMpeg, readFields, type WavFields } from './wav-format.ts'

export type WavFile = {
  readonly read: ReadBytes
  readonly start: number
  /** Infinity for a stream that is not there yet. */
  readonly sizeBytes: number
  readonly path: string
}

const textAt = (bytes: Uint8Array, at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4))

/** Whether the length of a chunk of sound is unknown: then it reaches to the end. */
const isOpen = async ({ read, sizeBytes }: WavFile, { start, size }: Chunk): Promise<boolean> => {
  if (size === 0) return !isKnownChunk(textAt(await read(start, 4), 0))
  return size === UNKNOWN_SIZE || (size >= PLACEHOLDER_BYTES && start + size > sizeBytes)
}

type Found = {
  readonly fields: WavFields | null
  readonly parts: readonly PcmPart[]
  readonly isDeclared: boolean
  readonly bigEndian: boolean
  /** Bytes behind the sound that are neither a chunk nor sound of the same format. */
  readonly unreadBytes: number
}

const isSameFormat = (one: WavFields, other: WavFields): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Of a format of 14 bytes, which does not tell the width of a sample, no more is read. */
const formatBytes = (size: number): number => (size === 14 || size === 15 ? 14 : Math.min(Math.max(size, 16), 40))

const findParts = async (wav: WavFile): Promise<Found> => {
  const { read, start, sizeBytes } = wav
  const bigEndian = textAt(await read(start, 4), 0) === 'RIFX'
  let fields: WavFields | null = null
  const parts: PcmPart[] = []
  let unreadBytes = 0
  for await (const chunk of walkChunks(read, start, { bigEndian })) {
    const body = chunk.name === 'fmt ' ? await read(chunk.start, formatBytes(chunk.size)) : null
    const told = body !== null && body.length >= 14 ? readFields(body, bigEndian) : null
    const isOther = told !== null && fields !== null && !isSameFormat(told, fields)
    fields ??= told
    if (parts.length > 0 && (isOther || (!isName(chunk.name) && !chunk.name.startsWith('ID3')))) {
      unreadBytes = sizeBytes - chunk.start + 8
      break
    }
    if (chunk.name !== 'data') continue
    if (await isOpen(wav, chunk)) {
      const isWhole = Number.isFinite(sizeBytes)
      const end = isWhole ? await endOfOpenSound(read, { start: chunk.start, sizeBytes, bigEndian }) : sizeBytes
      parts.push({ start: chunk.start, bytes: end - chunk.start })
      return { fields, parts, isDeclared: false, bigEndian, unreadBytes: 0 }
    }
    if (chunk.size > 0) parts.push({ start: chunk.start, bytes: chunk.size })
  }
  return { fields, parts, isDeclared: true, bigEndian, unreadBytes }
}

const noSound = (path: string): UserError =>
  new UserError('AUDIO_NO_STREAM', `${path}: the WAV file ends before any samples`)

/** Where MPEG audio lies that is wrapped as WAV; null for any other WAV. */
export const findMpegInWav = async (wav: WavFile): Promise<PcmPart | null> => {
  const { fields, parts } = await findParts(wav)
  return fields !== null && isMpeg(fields) && parts[0] !== undefined ? parts[0] : null
}

/** Digital sound for receivers and cinemas, wrapped as samples: what a player without their decoder gives out is noise. */
const WRAPPED = ['fe7f0180', '7ffe8001', 'ff1f00e8', '1fffe800', '72f81f4e'].map((hex) => Buffer.from(hex, 'hex'))

const isWrapped = (stretch: Uint8Array | undefined): boolean =>
  stretch !== undefined && WRAPPED.some((mark) => Buffer.from(stretch).includes(mark))

/**
 * @throws UserError AUDIO_DECODE_FAILED (the header contradicts itself or the samples), AUDIO_NO_STREAM (no samples),
 * DECODER_MISSING (compressed samples)
 */
export const readWavLayout = async (wav: WavFile): Promise<PcmLayout> => {
  const { read, path, sizeBytes } = wav
  const { fields, parts, isDeclared, bigEndian, unreadBytes } = await findParts(wav)
  if (fields === null || parts.length === 0) throw noSound(path)
  const { channels, sampleRate, bits, sampleBits } = fields
  const { encoding, isWide } = encodingOf(fields, { path, bigEndian })
  const layout = checkFormat({ encoding, channels, sampleRate, parts, isDeclared, unreadBytes }, path)
  if (!Number.isFinite(sizeBytes)) return layout
  const stretches = await lookAtSamples(read, parts, { frameBytes: frameBytesOf(layout), sizeBytes })
  if (isWrapped(stretches[0])) throw new UserError('DECODER_MISSING', `${path}: DTS or AC-3 in WAV needs ffmpeg`)
  // Where the container has its full width told, the samples may also fill it.
  const full = bits === encoding.bits ? encoding : null
  const aligned = isWide ? (alignedEncoding(stretches, encoding, sampleBits) ?? full) : encoding
  if (aligned === null || contradictsSamples(stretches, aligned, channels))
    throw new UserError(
      'AUDIO_DECODE_FAILED',
      `${path}: the header contradicts the samples, which are not ${channels} × ${bits} bit`,
    )
  return { ...layout, encoding: aligned }
}
