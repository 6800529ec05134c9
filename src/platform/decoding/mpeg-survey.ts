/** @file Finds the frames of MPEG audio in a file: where the first one is, where they change, and whether something lies between them. */
import { type MpegFrame, mpegFrameAt, readEncoderFrame } from './mpeg-frames.ts'
import { type Bytes, readAt } from './read-bytes.ts'

/** Frames in a row of one kind that do not come about by chance. */
const TELLING_FRAMES = 4
/** More than so many of them take, whatever their rate. */
const TELLING_BYTES = 1 << 14

const isOneKind = (one: MpegFrame, other: MpegFrame): boolean =>
  one.version === other.version &&
  one.layer === other.layer &&
  one.sampleRate === other.sampleRate &&
  one.channels === other.channels

const isChain = (bytes: Uint8Array, start: number, first: MpegFrame): boolean => {
  let at = start + first.bytes
  for (let count = 1; count < TELLING_FRAMES; count++) {
    const next = mpegFrameAt(bytes, at)
    if (next === null || !isOneKind(first, next)) return false
    at += next.bytes
  }
  return true
}

/** Mode, copyright, original and emphasis, without what changes from frame to frame. */
const STEADY_BITS = 0xcf

/** Whether a frame belongs to those that follow. ffmpeg takes one that differs from the next in these bits for junk, unless it tells of them. */
const isOfStream = (bytes: Uint8Array, at: number, { bytes: length }: MpegFrame): boolean =>
  ((bytes[at + 3]! ^ bytes[at + length + 3]!) & STEADY_BITS) === 0 || readEncoderFrame(bytes.subarray(at)) !== null

/** @returns the place of the first of several frames in a row, null where there are none */
export const findMpegFrames = (bytes: Uint8Array): number | null => {
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const first = mpegFrameAt(bytes, at)
    if (first !== null && isChain(bytes, at, first) && isOfStream(bytes, at, first)) return at
  }
  return null
}

const WINDOW_BYTES = 1 << 20
const HEADER_BYTES = 4

/** Bytes of the file, half-open. */
export type Stretch = { readonly start: number; readonly end: number }

/** Frames of one rate and of one number of channels. */
export type MpegRun = {
  /** Where they follow one another; in what lies between, a decoder would find frames that are none. */
  readonly stretches: readonly Stretch[]
  readonly first: MpegFrame
  readonly frames: number
  /** How often something that is no frame lies between two of them. */
  readonly gaps: number
  /** Whether the file ends within the last of them. */
  readonly isCut: boolean
}

/** The frames between two places, read on from one to the next. @returns none where there are no frames */
export const surveyMpeg = async (file: Bytes, start: number, end: number): Promise<readonly MpegRun[]> => {
  const runs: {
    stretches: { start: number; end: number }[]
    first: MpegFrame
    frames: number
    gaps: number
    isCut: boolean
  }[] = []
  let [at, windowStart, isLost] = [start, start, false]
  let window = new Uint8Array(0)
  while (at + HEADER_BYTES <= end) {
    const windowEnd = windowStart + window.length
    if (at < windowStart || (at + TELLING_BYTES > windowEnd && windowEnd < end) || at + HEADER_BYTES > windowEnd) {
      window = (await readAt(file, at, Math.min(WINDOW_BYTES, end - at))) as Uint8Array<ArrayBuffer>
      windowStart = at
      if (window.length < HEADER_BYTES) break
    }
    const place = at - windowStart
    const frame = mpegFrameAt(window, place)
    const run = runs.at(-1)
    const isNext = frame !== null && (run === undefined || isOneKind(run.first, frame))
    if (isNext || (frame !== null && isChain(window, place, frame))) {
      if (run === undefined || !isNext) {
        runs.push({ stretches: [], first: frame, frames: 0, gaps: 0, isCut: false })
      }
      const current = runs.at(-1)!
      current.frames++
      if (isLost) current.gaps++
      if (isLost || current.stretches.length === 0) current.stretches.push({ start: at, end: at })
      isLost = false
      at += frame.bytes
      current.stretches.at(-1)!.end = Math.min(at, end)
      current.isCut = at > end
    } else {
      isLost = true
      const next = window.indexOf(0xff, place + 1)
      at = windowStart + (next < 0 ? Math.max(window.length, place + 1) : next)
    }
  }
  return runs
}
