import {
  BARS_PER_PHRASE,
  type BeatGrid,
  beatsToSeconds,
  phraseStartAt,
  secondsToBeats,
} from '../../core/beats/beat-grid.ts'
import { barOf } from '../../core/labels/bar-text.ts'
import { type Frame, xOf } from './paint-peaks.ts'

/** Lines closer than this are a grey mist: the next coarser ones are drawn instead. */
const LEAST_PIXELS_BETWEEN_LINES = 9
const LEAST_PIXELS_BETWEEN_NUMBERS = 34

/** Every bar, or every 4, 8, 16 … of them as phrases go, so that neither lines nor numbers touch. */
const barStep = (pixelsPerBar: number, least: number): number => {
  if (pixelsPerBar >= least) return 1
  let step = BARS_PER_PHRASE
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
    const barOfPhrases = (beat - phraseStartAt(grid, beat)) / grid.beatsPerBar
    if (!isDownbeat && !areBeatsDrawn) continue
    if (isDownbeat && barOfPhrases % lineStep !== 0) continue
    const x = Math.round(xOf(frame, beatsToSeconds(grid, beat)))
    const isPhrase = isDownbeat && barOfPhrases % BARS_PER_PHRASE === 0
    context.fillStyle = colour(isDownbeat ? '--bar' : '--beat')
    context.globalAlpha = isPhrase || !isDownbeat ? 1 : 0.55
    context.fillRect(x, top, isPhrase ? 2 : 1, height)
    context.globalAlpha = 1
    if (!isDownbeat || barOfPhrases % numberStep !== 0) continue
    context.fillStyle = colour('--text-quiet')
    const number = String(barOf(grid, beat))
    const isCut = x + 3 + context.measureText(number).width > frame.left + width
    if (!isCut) context.fillText(number, x + 3, top - rulerHeight / 2)
  }
}
