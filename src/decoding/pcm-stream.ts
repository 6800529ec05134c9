import { UserError } from '../support/user-error.ts'
import type { Hertz } from '../units/units.ts'
import { type PcmEncoding, readPlanes } from './pcm-samples.ts'

/** Facts of a WAV or AIFF file's sound, and where its samples lie. */
export type PcmLayout = {
  readonly encoding: PcmEncoding
  readonly channels: number
  readonly sampleRate: Hertz
  readonly dataStart: number
  /** Bytes of samples that the header declares; Infinity when it is a stream of unknown length. */
  readonly dataBytes: number
}

const BITS = [8, 16, 24, 32, 64]

/** @throws UserError AUDIO_DECODE_FAILED when the figures are out of the readable range */
export const checkLayout = (layout: PcmLayout, path: string): PcmLayout => {
  const { encoding, channels, sampleRate } = layout
  const fits =
    BITS.includes(encoding.bits) &&
    (encoding.kind === 'int' ? encoding.bits < 64 : encoding.bits >= 32) &&
    channels >= 1 &&
    channels <= 64 &&
    Number.isInteger(sampleRate) &&
    sampleRate >= 1000 &&
    sampleRate <= 768000
  if (fits) return layout
  throw new UserError(
    'AUDIO_DECODE_FAILED',
    `${path}: the header says ${channels} channels, ${encoding.bits} bit ${encoding.kind}, ${sampleRate} Hz`,
  )
}

/** Cuts a byte stream of samples into planes of whole frames, carrying odd bytes over. */
export const createFrameCutter = (layout: PcmLayout): ((chunk: Uint8Array) => Float32Array[] | null) => {
  const frameBytes = (layout.encoding.bits / 8) * layout.channels
  let carried = new Uint8Array(0)
  let left = layout.dataBytes
  return (chunk) => {
    const wanted = chunk.subarray(0, Math.min(chunk.length, left))
    left -= wanted.length
    let bytes = wanted
    if (carried.length > 0) {
      bytes = new Uint8Array(carried.length + wanted.length)
      bytes.set(carried)
      bytes.set(wanted, carried.length)
    }
    const whole = bytes.length - (bytes.length % frameBytes)
    carried = bytes.slice(whole)
    return whole === 0 ? null : readPlanes(bytes.subarray(0, whole), layout.encoding, layout.channels)
  }
}
