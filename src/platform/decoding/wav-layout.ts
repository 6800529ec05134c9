/** @file RIFF/WAVE headers (Microsoft, "Multiple Channel Audio Data and WAVE Files", 2007; RF64: EBU Tech 3306). */
import { UserError } from '../../core/support/user-error.ts'
import { checkLayout, type PcmLayout } from './pcm-stream.ts'

const PCM = 1
const IEEE_FLOAT = 3
const EXTENSIBLE = 0xfffe

export type ReadBytes = (position: number, length: number) => Promise<Uint8Array>

const chunkName = (view: DataView, at: number): string =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))

/** @throws UserError AUDIO_DECODE_FAILED, AUDIO_NO_STREAM (no data chunk) */
export const readWavLayout = async (read: ReadBytes, start: number, path: string): Promise<PcmLayout> => {
  let format: Omit<PcmLayout, 'dataStart' | 'dataBytes'> | null = null
  for (let at = start + 12; ; ) {
    const head = await read(at, 8)
    if (head.length < 8) break
    const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
    const size = view.getUint32(4, true)
    const name = chunkName(view, 0)
    if (name === 'fmt ') {
      const body = await read(at + 8, Math.min(size, 40))
      if (body.length < 16) break
      const fields = new DataView(body.buffer, body.byteOffset, body.byteLength)
      const declared = fields.getUint16(0, true)
      const tag = declared === EXTENSIBLE && body.length >= 26 ? fields.getUint16(24, true) : declared
      if (tag !== PCM && tag !== IEEE_FLOAT)
        throw new UserError('DECODER_MISSING', `${path}: WAV with compressed samples (format ${tag}) needs ffmpeg`)
      const bits = fields.getUint16(14, true) as PcmLayout['encoding']['bits']
      format = {
        encoding: { kind: tag === PCM ? 'int' : 'float', bits, bigEndian: false, unsigned: bits === 8 },
        channels: fields.getUint16(2, true),
        sampleRate: fields.getUint32(4, true),
      }
    }
    if (name === 'data') {
      if (format === null) throw new UserError('AUDIO_DECODE_FAILED', `${path}: the samples come before their format`)
      const dataBytes = size === 0xffffffff || size === 0 ? Number.POSITIVE_INFINITY : size
      return checkLayout({ ...format, dataStart: at + 8, dataBytes }, path)
    }
    at += 8 + size + (size & 1)
  }
  throw new UserError('AUDIO_NO_STREAM', `${path}: the WAV file ends before any samples`)
}
