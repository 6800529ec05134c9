import { BYTES_PER_PEAK, type WaveformPeaks } from '../../audio/waveform-peaks.ts'

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

/** Bands from the largest to the smallest, as they lie over each other; the first byte of a peak is the whole sound. */
const BANDS = [
  { byte: 1, colour: '--wave-low' },
  { byte: 2, colour: '--wave-middle' },
  { byte: 3, colour: '--wave-high' },
] as const

/** The coarsest level that still has a peak for each pixel. */
const levelFor = (peaks: WaveformPeaks, pixelsPerSecond: number): WaveformPeaks['levels'][number] =>
  peaks.levels.findLast(({ peaksPerSecond }) => peaksPerSecond >= pixelsPerSecond) ?? peaks.levels[0]!

/** Three bands over each other, low at the back: one filled outline a band, a point a pixel. */
export const paintPeaks = (
  context: CanvasRenderingContext2D,
  peaks: WaveformPeaks,
  frame: Frame & { readonly colour: (name: string) => string },
): void => {
  const { left, top, width, height, from, to, colour } = frame
  const { peaksPerSecond, values } = levelFor(peaks, width / (to - from))
  const count = values.length / BYTES_PER_PEAK
  const middle = top + height / 2
  const peaksPerPixel = ((to - from) * peaksPerSecond) / width
  for (const band of BANDS) {
    const heights = new Float32Array(Math.ceil(width))
    for (let x = 0; x < heights.length; x++) {
      const start = Math.max(0, Math.floor(from * peaksPerSecond + x * peaksPerPixel))
      const end = Math.min(count, Math.max(start + 1, Math.floor(from * peaksPerSecond + (x + 1) * peaksPerPixel)))
      let largest = 0
      for (let peak = start; peak < end; peak++) largest = Math.max(largest, values[peak * BYTES_PER_PEAK + band.byte]!)
      heights[x] = (largest / 255) * (height / 2)
    }
    context.fillStyle = colour(band.colour)
    context.beginPath()
    context.moveTo(left, middle)
    for (let x = 0; x < heights.length; x++) context.lineTo(left + x, middle - heights[x]!)
    for (let x = heights.length - 1; x >= 0; x--) context.lineTo(left + x, middle + heights[x]!)
    context.fill()
  }
}
