/** @file Finds the frames of MPEG audio in a file: where the first one is, how many there are, and whether something lies between them. */
import { type MpegFrame, mpegFrameAt } from './mpeg-frames.ts'
import { type Bytes, readAt } from './read-bytes.ts'

/** Frames in a row of one kind that do not come about by chance. */
const TELLING_FRAMES = 4

const isOneKind = (one: MpegFrame, other: MpegFrame): boolean =>
  one.version === other.version && one.layer === other.layer && one.sampleRate === other.sampleRate

/** @returns the place of the first of several frames in a row, null where there are none */
export const findMpegFrames = (bytes: Uint8Array): number | null => {
  const isChain = (start: number, first: MpegFrame): boolean => {
    let at = start + first.bytes
    for (let count = 1; count < TELLING_FRAMES; count++) {
      const next = mpegFrameAt(bytes, at)
      if (next === null || !isOneKind(first, next)) return false
      at += next.bytes
    }
    return true
  }
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const first = mpegFrameAt(bytes, at)
    if (first !== null && isChain(at, first)) return at
  }
  return null
}

const WINDOW_BYTES = 1 << 20
const HEADER_BYTES = 4

export type MpegSurvey = {
  readonly frames: number
  /** How often something that is no frame lies between two frames. */
  readonly gaps: number
}

/** Counts the frames between two places, reading on from one to the next. */
export const surveyMpeg = async (file: Bytes, start: number, end: number): Promise<MpegSurvey> => {
  let [frames, gaps, at, windowStart] = [0, 0, start, start]
  let first: MpegFrame | null = null
  let isLost = false
  let window = new Uint8Array(0)
  while (at + HEADER_BYTES <= end) {
    if (at + HEADER_BYTES > windowStart + window.length || at < windowStart) {
      window = (await readAt(file, at, Math.min(WINDOW_BYTES, end - at))) as Uint8Array<ArrayBuffer>
      windowStart = at
      if (window.length < HEADER_BYTES) break
    }
    const frame = mpegFrameAt(window, at - windowStart)
    if (frame !== null && (first === null || isOneKind(first, frame))) {
      first ??= frame
      frames++
      if (isLost) gaps++
      isLost = false
      at += frame.bytes
    } else {
      isLost = true
      const next = window.indexOf(0xff, at - windowStart + 1)
      at = next < 0 ? windowStart + Math.max(window.length, at - windowStart + 1) : windowStart + next
    }
  }
  return { frames, gaps }
}
