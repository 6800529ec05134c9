/**
 * @file Where the sound of a track changes so strongly that no long section may run over it.
 * Method: the mean of up to 16 beats after each beat against as many before, inside the section only (Foote's checkerboard in its cheap form), root
 * mean square over levels and onsets, in standard deviations of the track: what `labels/inner-change.ts` measures inside a label.
 * Conventions: whole beats, rising; changes within two bars of an edge are the edge itself, or a fill.
 */
import { columnsWithRole } from '../features/feature-spec.ts'
import { contextPlaces, type TrackContext } from '../features/track-context.ts'
import { windowMean } from '../features/window-sums.ts'
import type { Span } from '../labels/span.ts'
import type { Beats } from '../units/units.ts'

const REACH_BEATS = 16
const MARGIN_BEATS = 8
/** Half as much again as makes the check of labels ask whether a label covers two sections; at 1 the public corpora lose a point of bars (decision 0042). */
const STRONG_CHANGE = 1.5

const places = contextPlaces(columnsWithRole('change'))

export type StrongChanges = {
  /** The strongest of each neighbourhood, rising. */
  readonly peaks: readonly Beats[]
  /** Whether one lies inside a span of at least 32 beats. */
  readonly areIn: (span: Span) => boolean
}

/** @returns how strongly the sound changes at a beat inside a span */
export const changeAt = (context: TrackContext, beat: number, { startBeat, endBeat }: Span): number => {
  const [start, end] = [Math.max(startBeat, beat - REACH_BEATS), Math.min(endBeat, beat + REACH_BEATS)]
  let squares = 0
  for (const column of places)
    squares += (windowMean(context, column, [beat, end]) - windowMean(context, column, [start, beat])) ** 2
  // The mean of a short window is noisier, so its differences shrink as the standard error grows.
  return Math.sqrt(Math.min(beat - start, end - beat) / REACH_BEATS) * Math.sqrt(squares / places.length)
}

const pickPeaks = (changes: Float32Array): readonly Beats[] => {
  const strong = [...changes.keys()].filter((beat) => changes[beat]! >= STRONG_CHANGE)
  const peaks: number[] = []
  for (const beat of strong.sort((a, b) => changes[b]! - changes[a]! || a - b))
    if (peaks.every((peak) => Math.abs(peak - beat) >= MARGIN_BEATS)) peaks.push(beat)
  return peaks.sort((a, b) => a - b)
}

export const findStrongChanges = (context: TrackContext): StrongChanges => {
  const { beats } = context
  const whole = { startBeat: 0, endBeat: beats }
  const changes = Float32Array.from({ length: beats }, (_, beat) => (beat === 0 ? 0 : changeAt(context, beat, whole)))
  const counts = new Int32Array(beats + 1)
  changes.forEach((change, beat) => {
    counts[beat + 1] = counts[beat]! + (change >= STRONG_CHANGE ? 1 : 0)
  })
  // Near an edge of a span only what lies inside counts, so that the edge has changes of its own.
  const kept = new Map<string, boolean>()
  const isNear = (name: string, first: number, span: Span): boolean => {
    const known = kept.get(name)
    if (known !== undefined) return known
    let found = false
    for (let beat = first; beat < first + REACH_BEATS - MARGIN_BEATS && !found; beat++)
      found = changeAt(context, beat, span) >= STRONG_CHANGE
    kept.set(name, found)
    return found
  }
  return {
    peaks: pickPeaks(changes),
    areIn: ({ startBeat, endBeat }) =>
      counts[endBeat - REACH_BEATS + 1]! > counts[startBeat + REACH_BEATS]! ||
      isNear(`after ${startBeat}`, startBeat + MARGIN_BEATS, { startBeat, endBeat: beats }) ||
      isNear(`before ${endBeat}`, endBeat - REACH_BEATS + 1, { startBeat: 0, endBeat }),
  }
}
