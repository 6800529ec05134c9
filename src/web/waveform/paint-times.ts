import { timeText } from '../kit/words/time-text.ts'
import { type Frame, xOf } from './paint-peaks.ts'

/** Steps between the times of a ruler, in seconds, as clocks are read. */
const STEPS_SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800] as const
const LEAST_PIXELS_BETWEEN_TIMES = 64

/** The times that are written over a stretch so that they do not touch. */
export const timesIn = ({ from, to, width }: Pick<Frame, 'from' | 'to' | 'width'>): readonly number[] => {
  const pixelsPerSecond = width / (to - from)
  const step = STEPS_SECONDS.find((seconds) => seconds * pixelsPerSecond >= LEAST_PIXELS_BETWEEN_TIMES) ?? 3600
  const first = Math.ceil(from / step)
  return Array.from({ length: Math.max(0, Math.floor(to / step) - first + 1) }, (_, at) => (first + at) * step)
}

/** A ruler of minutes and seconds. */
export const paintTimes = (
  context: CanvasRenderingContext2D,
  frame: Frame & { readonly colour: (name: string) => string },
): void => {
  const { left, top, width, height, colour } = frame
  context.font = '11px "Inter Variable", system-ui, sans-serif'
  context.textBaseline = 'middle'
  context.fillStyle = colour('--text-quiet')
  for (const seconds of timesIn(frame)) {
    const x = Math.round(xOf(frame, seconds))
    context.fillRect(x, top + height - 4, 1, 4)
    const text = timeText(seconds)
    const isCut = x + 3 + context.measureText(text).width > left + width
    if (!isCut) context.fillText(text, x + 3, top + height / 2)
  }
}
