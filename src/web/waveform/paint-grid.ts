import { type BeatGrid, beatsToSeconds, secondsToBeats } from '../../beats/beat-grid.ts'
import { type Frame, xOf } from './paint-peaks.ts'

/** Lines closer than this are a grey mist: the next coarser ones are drawn instead. */
const LEAST_PIXELS_BETWEEN_LINES = 9
const LEAST_PIXELS_BETWEEN_NUMBERS = 34
const BARS_PER_PHRASE = 4

/** 1-based, as musicians count; what comes before the first downbeat is bar 0. */
export const barOf = ({ beatsPerBar, firstDownbeat }: BeatGrid, beat: number): number =>
  Math.floor((beat - firstDownbeat) / beatsPerBar) + 1

/** Every 1, 2, 4 … bars, so that neither lines nor numbers touch. */
const barStep = (pixelsPerBar: number, least: number): number => {
  let step = 1
  while (step * pixelsPerBar < least) step *= 2
  return step
}

/** Beat and bar lines, and the number of the bar above; phrases are drawn stronger. */
export const paintGrid = (
  context: CanvasRenderingContext2D,
  grid: BeatGrid,
  frame: Frame & { readonly colour: (name: string) => string; readonly rulerHeight: number },
): void => {
  const { from, to, top, height, width, rulerHeight, colour } = frame
  const first = Math.max(0, Math.floor(secondsToBeats(grid, from)))
  const last = Math.min(grid.beatCount, Math.ceil(secondsToBeats(grid, to)))
  const pixelsPerBeat = width / Math.max(1, last - first)
  const pixelsPerBar = pixelsPerBeat * grid.beatsPerBar
  const lineStep = barStep(pixelsPerBar, LEAST_PIXELS_BETWEEN_LINES)
  const numberStep = barStep(pixelsPerBar, LEAST_PIXELS_BETWEEN_NUMBERS)
  const areBeatsDrawn = pixelsPerBeat >= LEAST_PIXELS_BETWEEN_LINES
  context.font = '11px "Inter Variable", system-ui, sans-serif'
  context.textBaseline = 'middle'
  for (let beat = first; beat <= last; beat++) {
    const isDownbeat = (beat - grid.firstDownbeat) % grid.beatsPerBar === 0
    const bar = barOf(grid, beat)
    if (!isDownbeat && !areBeatsDrawn) continue
    if (isDownbeat && (bar - 1) % lineStep !== 0) continue
    const x = Math.round(xOf(frame, beatsToSeconds(grid, beat)))
    const isPhrase = isDownbeat && (beat - grid.firstPhrase) % (grid.beatsPerBar * BARS_PER_PHRASE) === 0
    context.fillStyle = colour(isDownbeat ? '--bar' : '--beat')
    context.fillRect(x, top, isPhrase ? 2 : 1, height)
    if (!isDownbeat || (bar - 1) % numberStep !== 0) continue
    context.fillStyle = colour('--text-quiet')
    context.fillText(String(bar), x + 3, top - rulerHeight / 2)
  }
}
