/** @file AIFF and AIFF-C headers (Apple, "Audio Interchange File Format AIFF-C", draft 1991). */
import { UserError } from '../../core/support/user-error.ts'
import { checkLayout, type PcmLayout } from './pcm-stream.ts'
import type { ReadBytes } from './wav-layout.ts'

/** Reads 80-bit IEEE extended, the form of AIFF's sample rate. */
const readExtended = (view: DataView, at: number): number => {
  const exponent = (view.getUint16(at) & 0x7fff) - 16383
  return view.getUint32(at + 2) * 2 ** (exponent - 31) + view.getUint32(at + 6) * 2 ** (exponent - 63)
}

const ENCODINGS: Readonly<
  Record<string, { readonly kind: 'int' | 'float'; readonly bigEndian: boolean; readonly bits?: 32 | 64 }>
> = {
  NONE: { kind: 'int', bigEndian: true },
  twos: { kind: 'int', bigEndian: true },
  sowt: { kind: 'int', bigEndian: false },
  fl32: { kind: 'float', bigEndian: true, bits: 32 },
  FL32: { kind: 'float', bigEndian: true, bits: 32 },
  fl64: { kind: 'float', bigEndian: true, bits: 64 },
}

const text = (bytes: Uint8Array, start: number): string => String.fromCharCode(...bytes.subarray(start, start + 4))

/** @throws UserError AUDIO_DECODE_FAILED, AUDIO_NO_STREAM, DECODER_MISSING (compressed AIFF-C) */
export const readAiffLayout = async (read: ReadBytes, start: number, path: string): Promise<PcmLayout> => {
  let format: Omit<PcmLayout, 'dataStart' | 'dataBytes'> | null = null
  let data: { readonly dataStart: number; readonly dataBytes: number } | null = null
  const compressed = text(await read(start + 8, 4), 0) === 'AIFC'
  for (let at = start + 12; format === null || data === null; ) {
    const head = await read(at, 8)
    if (head.length < 8) throw new UserError('AUDIO_NO_STREAM', `${path}: the AIFF file ends before any samples`)
    const size = new DataView(head.buffer, head.byteOffset, 8).getUint32(4)
    const name = text(head, 0)
    if (name === 'COMM') {
      const body = await read(at + 8, Math.min(size, 22))
      if (body.length < 18) throw new UserError('AUDIO_DECODE_FAILED', `${path}: the AIFF header is cut off`)
      const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
      const type = compressed ? text(body, 18) : 'NONE'
      const encoding = ENCODINGS[type]
      if (encoding === undefined)
        throw new UserError('DECODER_MISSING', `${path}: AIFF-C compressed as ${type} needs ffmpeg`)
      const bits = encoding.bits ?? ((Math.ceil(view.getUint16(6) / 8) * 8) as 8 | 16 | 24 | 32)
      format = {
        encoding: { kind: encoding.kind, bits, bigEndian: encoding.bigEndian, unsigned: false },
        channels: view.getUint16(0),
        sampleRate: Math.round(readExtended(view, 8)),
      }
    }
    if (name === 'SSND') {
      const body = await read(at + 8, 8)
      const offset = body.length < 8 ? 0 : new DataView(body.buffer, body.byteOffset, 8).getUint32(0)
      data = { dataStart: at + 16 + offset, dataBytes: size - 8 - offset }
    }
    at += 8 + size + (size & 1)
  }
  return checkLayout({ ...format, ...data }, path)
}
