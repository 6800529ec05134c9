import { UserError } from '../../core/support/user-error.ts'
import type { Hertz } from '../../core/units/units.ts'
import { type PcmEncoding, readSamples, viewSamples } from './pcm-samples.ts'

/** How the samples of a WAV or AIFF file are to be read. */
export type PcmFormat = {
  readonly encoding: PcmEncoding
  readonly channels: number
  readonly sampleRate: Hertz
}

/** Bytes of whole samples in the file. */
export type PcmPart = { readonly start: number; readonly bytes: number }

/** The format of a WAV or AIFF file's sound, and where its samples lie. */
export type PcmLayout = PcmFormat & {
  /** In the order in which they sound; the last may reach beyond the end of a file that was cut off. */
  readonly parts: readonly PcmPart[]
  /** Whether the header tells how much sound there is, as it does not of a stream. */
  readonly isDeclared: boolean
  /** Bytes behind them that are not read as sound, though nothing says what they are. */
  readonly unreadBytes: number
}

export const frameBytesOf = ({ encoding, channels }: PcmFormat): number => (encoding.bits / 8) * channels

/** @throws UserError AUDIO_DECODE_FAILED when a figure is out of the supported range */
export const checkFormat = <Format extends PcmFormat>(format: Format, path: string): Format => {
  const { encoding, channels, sampleRate } = format
  const fits =
    channels >= 1 && channels <= 64 && Number.isInteger(sampleRate) && sampleRate >= 1000 && sampleRate <= 768000
  if (fits) return format
  throw new UserError(
    'AUDIO_DECODE_FAILED',
    `${path}: the header says ${channels} channels, ${encoding.bits} bit ${encoding.kind}, ${sampleRate} Hz`,
  )
}

export type FrameCutter = {
  readonly push: (chunk: Uint8Array) => void
  /** Passes on the rest; bytes of an unfinished frame are dropped. */
  readonly finish: () => void
}

/** Bytes gathered before they are passed on, because pipes deliver pieces too small to be fast. */
const GATHERED_BYTES = 1 << 18

/** Takes whole interleaved frames and reads them before it returns. */
type FrameSink = {
  readonly push: (frames: Float32Array) => void
  readonly pushInt16: (frames: Int16Array) => void
}

/** Cuts a byte stream of samples into whole interleaved frames. */
export const createFrameCutter = (format: PcmFormat, sink: FrameSink): FrameCutter => {
  const { encoding, channels } = format
  const frameBytes = frameBytesOf(format)
  const capacity = frameBytes * Math.ceil(GATHERED_BYTES / frameBytes)
  const gathered = new Uint8Array(capacity)
  const samples = new Float32Array((capacity / frameBytes) * channels)
  let fill = 0

  const decode = (bytes: Uint8Array): Float32Array => {
    const frames = samples.subarray(0, (bytes.length / frameBytes) * channels)
    readSamples(bytes, encoding, frames)
    return frames
  }
  const handOn = (): void => {
    const frames = Math.floor(fill / frameBytes)
    if (frames === 0) return
    const bytes = gathered.subarray(0, frames * frameBytes)
    fill = 0
    const held = viewSamples(bytes, encoding)
    if (held instanceof Int16Array) sink.pushInt16(held)
    else sink.push(held ?? decode(bytes))
  }
  const push = (chunk: Uint8Array): void => {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + capacity - fill)
      gathered.set(part, fill)
      fill += part.length
      at += part.length
      if (fill === capacity) handOn()
    }
  }
  return { push, finish: handOn }
}
