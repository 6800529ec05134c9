/** @file AIFF and AIFF-C headers (Apple, "Audio Interchange File Format AIFF-C", draft 1991; QuickTime's names of encodings). */
import { UserError } from '../../core/support/user-error.ts'
import { isName, PLACEHOLDER_BYTES, type ReadBytes, walkChunks } from './iff-chunks.ts'
import type { PcmEncoding } from './pcm-samples.ts'
import { checkFormat, frameBytesOf, type PcmFormat, type PcmLayout } from './pcm-stream.ts'
import { contradictsSamples, lookAtSamples } from './sample-evidence.ts'
import type { WavFile } from './wav-layout.ts'

/** Reads 80-bit IEEE extended, the form of AIFF's sample rate. */
const readExtended = (view: DataView, at: number): number => {
  const exponent = (view.getUint16(at) & 0x7fff) - 16383
  return view.getUint32(at + 2) * 2 ** (exponent - 31) + view.getUint32(at + 6) * 2 ** (exponent - 63)
}

type Encoding = Pick<PcmEncoding, 'kind' | 'bigEndian'> & {
  readonly bits?: PcmEncoding['bits']
  readonly unsigned?: boolean
}

const ENCODINGS: Readonly<Record<string, Encoding>> = {
  NONE: { kind: 'int', bigEndian: true },
  twos: { kind: 'int', bigEndian: true },
  sowt: { kind: 'int', bigEndian: false },
  'raw ': { kind: 'int', bigEndian: true, bits: 8, unsigned: true },
  in24: { kind: 'int', bigEndian: true, bits: 24 },
  '42ni': { kind: 'int', bigEndian: false, bits: 24 },
  in32: { kind: 'int', bigEndian: true, bits: 32 },
  '23ni': { kind: 'int', bigEndian: false, bits: 32 },
  fl32: { kind: 'float', bigEndian: true, bits: 32 },
  FL32: { kind: 'float', bigEndian: true, bits: 32 },
  fl64: { kind: 'float', bigEndian: true, bits: 64 },
  FL64: { kind: 'float', bigEndian: true, bits: 64 },
  alaw: { kind: 'a-law', bigEndian: true, bits: 8 },
  ALAW: { kind: 'a-law', bigEndian: true, bits: 8 },
  ulaw: { kind: 'mu-law', bigEndian: true, bits: 8 },
  ULAW: { kind: 'mu-law', bigEndian: true, bits: 8 },
}

const WIDTHS = [8, 16, 24, 32]

const text = (bytes: Uint8Array, start: number): string => String.fromCharCode(...bytes.subarray(start, start + 4))

type Common = PcmFormat & { readonly frames: number }

const readCommon = (body: Uint8Array, compressed: boolean, path: string): Common => {
  if (body.length < 18) throw new UserError('AUDIO_DECODE_FAILED', `${path}: the AIFF header is cut off`)
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const type = compressed && body.length >= 22 ? text(body, 18) : 'NONE'
  const encoding = ENCODINGS[type]
  if (encoding === undefined)
    throw new UserError('DECODER_MISSING', `${path}: AIFF-C compressed as ${type} needs ffmpeg`)
  const { kind, bigEndian, unsigned = false } = encoding
  const bits = encoding.bits ?? ((Math.ceil(view.getUint16(6) / 8) * 8) as PcmEncoding['bits'])
  if (kind === 'int' && !WIDTHS.includes(bits))
    throw new UserError('AUDIO_DECODE_FAILED', `${path}: the header says samples of ${view.getUint16(6)} bits`)
  const format = { encoding: { kind, bits, bigEndian, unsigned }, channels: view.getUint16(0) }
  return { ...format, sampleRate: Math.round(readExtended(view, 8)), frames: view.getUint32(2) }
}

/** Bytes from `end` on that are neither a chunk, padded or not, nor a tag. */
const bytesBehind = async (read: ReadBytes, end: number, sizeBytes: number): Promise<number> => {
  const behind = await read(end, 5)
  const isTold = [text(behind, 0), text(behind, 1)].some((name) => isName(name) || name.startsWith('ID3'))
  return isTold ? 0 : Math.max(0, sizeBytes - end)
}

/** @throws UserError AUDIO_DECODE_FAILED, AUDIO_NO_STREAM, DECODER_MISSING (compressed AIFF-C) */
export const readAiffLayout = async ({ read, start, sizeBytes, path }: WavFile): Promise<PcmLayout> => {
  let common: Common | null = null
  let sound: { readonly start: number; readonly size: number } | null = null
  const compressed = text(await read(start + 8, 4), 0) === 'AIFC'
  for await (const chunk of walkChunks(read, start, { bigEndian: true })) {
    if (chunk.name === 'COMM') common = readCommon(await read(chunk.start, Math.min(chunk.size, 22)), compressed, path)
    if (chunk.name === 'SSND') {
      const body = await read(chunk.start, 8)
      const offset = body.length < 8 ? 0 : new DataView(body.buffer, body.byteOffset, 8).getUint32(0)
      sound = { start: chunk.start + 8 + offset, size: chunk.size - 8 - offset }
    }
    if (common !== null && sound !== null) break
  }
  if (common === null || sound === null)
    throw new UserError('AUDIO_NO_STREAM', `${path}: the AIFF file ends before any samples`)
  const { frames, ...format } = checkFormat(common, path)
  const frameBytes = frameBytesOf(format)
  // Who writes to a pipe cannot go back to fill in the size; some fill in the number of frames.
  const isSized = sound.size > 0 && !(sound.size >= PLACEHOLDER_BYTES && sound.start + sound.size > sizeBytes)
  const isDeclared = isSized || frames > 0
  const bytes = isSized ? sound.size : frames > 0 ? frames * frameBytes : sizeBytes - sound.start
  const parts = [{ start: sound.start, bytes }]
  const stretches = await lookAtSamples(read, parts, { frameBytes, sizeBytes })
  if (contradictsSamples(stretches, format.encoding, format.channels))
    throw new UserError('AUDIO_DECODE_FAILED', `${path}: the header contradicts the samples`)
  return { ...format, parts, isDeclared, unreadBytes: await bytesBehind(read, sound.start + bytes, sizeBytes) }
}
