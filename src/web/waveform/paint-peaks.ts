import { BYTES_PER_PEAK, type WaveformPeaks } from '../../core/audio/waveform-peaks.ts'

/** A rectangle of a canvas and the stretch of time that it shows, in CSS pixels and seconds. */
export type Frame = {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly from: number
  readonly to: number
}

export const xOf = ({ left, width, from, to }: Frame, seconds: number): number =>
  left + ((seconds - from) / (to - from)) * width
export const secondsAt = ({ left, width, from, to }: Frame, x: number): number =>
  from + ((x - left) / width) * (to - from)

/** The first byte of a peak is the whole sound. */
const BANDS = [
  { byte: 1, colour: '--wave-low' },
  { byte: 2, colour: '--wave-middle' },
  { byte: 3, colour: '--wave-high' },
] as const

/** Of half the height: the loudest place of a track reaches so far. */
const LOUDEST_SHARE = 0.96
/** What is quieter than this is shown as quiet as it is: own choice, −18 dB. */
const MOST_GAIN = 8

/** The coarsest level that still has a peak for each pixel. */
const levelFor = (peaks: WaveformPeaks, pixelsPerSecond: number): WaveformPeaks['levels'][number] =>
  peaks.levels.findLast(({ peaksPerSecond }) => peaksPerSecond >= pixelsPerSecond) ?? peaks.levels[0]!

/** @returns what makes a byte a share of half the height, so that quiet masters are seen as well as loud ones */
const scaleOf = ({ levels }: WaveformPeaks): number => {
  const { values } = levels.at(-1)!
  let loudest = 0
  for (let at = 0; at < values.length; at++) if (at % BYTES_PER_PEAK !== 0) loudest = Math.max(loudest, values[at]!)
  return LOUDEST_SHARE / Math.max(loudest, 255 / MOST_GAIN)
}

/** Three bands over each other, a column a pixel, in each the tallest at the back, so that none hides another. */
export const paintPeaks = (
  context: CanvasRenderingContext2D,
  peaks: WaveformPeaks,
  frame: Frame & { readonly colour: (name: string) => string },
): void => {
  const { left, top, width, height, from, to, colour } = frame
  const { peaksPerSecond, values } = levelFor(peaks, width / (to - from))
  const count = values.length / BYTES_PER_PEAK
  const peaksPerPixel = ((to - from) * peaksPerSecond) / width
  const scale = (scaleOf(peaks) * height) / 2
  const columns = Math.ceil(width)
  const heights = BANDS.map(({ byte }) => {
    const tall = new Float32Array(columns)
    for (let x = 0; x < columns; x++) {
      const start = Math.max(0, Math.floor(from * peaksPerSecond + x * peaksPerPixel))
      const end = Math.min(count, Math.max(start + 1, Math.floor(from * peaksPerSecond + (x + 1) * peaksPerPixel)))
      for (let peak = start; peak < end; peak++) tall[x] = Math.max(tall[x]!, values[peak * BYTES_PER_PEAK + byte]!)
    }
    return tall
  })
  // How many bands are taller: those are painted before.
  const ranks = heights.map((own, one) =>
    Uint8Array.from(own, (tall, x) => {
      let before = 0
      for (let other = 0; other < heights.length; other++)
        if (heights[other]![x]! > tall || (heights[other]![x] === tall && other < one)) before++
      return before
    }),
  )
  const middle = top + height / 2
  for (let rank = 0; rank < BANDS.length; rank++)
    BANDS.forEach((band, one) => {
      context.fillStyle = colour(band.colour)
      // Rectangles one by one: as one path they take ten times as long.
      for (let x = 0; x < columns; x++) {
        const reach = heights[one]![x]! * scale
        if (ranks[one]![x] === rank && reach > 0) context.fillRect(left + x, middle - reach, 1, 2 * reach)
      }
    })
}
