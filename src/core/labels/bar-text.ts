import type { BeatGrid } from '../beats/beat-grid.ts'
import type { Span } from './span.ts'

/** How the beats of a track make bars. */
export type Metre = Pick<BeatGrid, 'beatsPerBar' | 'firstDownbeat'>

export const metreOf = ({ beatsPerBar, firstDownbeat }: Metre): Metre => ({ beatsPerBar, firstDownbeat })

/** 1-based, as musicians count; what comes before the first downbeat is bar 0. */
export const barOf = ({ beatsPerBar, firstDownbeat }: Metre, beat: number): number =>
  Math.floor((beat - firstDownbeat) / beatsPerBar) + 1

const beatInBar = ({ beatsPerBar, firstDownbeat }: Metre, beat: number): number =>
  (((beat - firstDownbeat) % beatsPerBar) + beatsPerBar) % beatsPerBar

/** As DJs read it: bar, and beat of the bar, both from 1, e.g. "33.1". */
export const placeText = (metre: Metre, beat: number): string => `${barOf(metre, beat)}.${beatInBar(metre, beat) + 1}`

/** Inverse of `placeText` for whole beats; "33" is the first beat of the bar. @returns null for what is no place */
export const parsePlace = ({ beatsPerBar, firstDownbeat }: Metre, text: string): number | null => {
  const [, bar, beat = '1'] = /^\s*(-?\d{1,6})(?:[.,:](\d{1,2}))?\s*$/.exec(text) ?? []
  if (bar === undefined || Number(beat) < 1 || Number(beat) > beatsPerBar) return null
  return firstDownbeat + (Number(bar) - 1) * beatsPerBar + Number(beat) - 1
}

const isOnBars = (metre: Metre, { startBeat, endBeat }: Span): boolean =>
  [startBeat, endBeat].every((beat) => beatInBar(metre, beat) === 0)

/** "5–8", "5", and by their places, "5.2 to 9.1", where an edge is off the bar. */
export const barRange = (metre: Metre, span: Span): string => {
  const { startBeat, endBeat } = span
  if (!isOnBars(metre, span)) return `${placeText(metre, startBeat)} to ${placeText(metre, endBeat)}`
  const [first, last] = [barOf(metre, startBeat), barOf(metre, endBeat) - 1]
  return first === last ? `${first}` : `${first}–${last}`
}

/** As `barRange`, but it says that these are bars: "bars 5–8", "bar 5", "bars 5.2 to 9.1". */
export const spanText = (metre: Metre, span: Span): string => {
  const range = barRange(metre, span)
  return /^\S+$/.test(range) && !range.includes('–') ? `bar ${range}` : `bars ${range}`
}
