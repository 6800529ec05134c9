/**
 * @file The edits that a person makes to a grid, each resulting in a new grid: shift the downbeat, halve, double or set the tempo, nudge,
 * put a beat or downbeat at a time. Also carries a labelled span from the old grid to the new one.
 * Conventions: what a person set is certain (confidence 1); every result keeps the contract of `BeatGrid` (beat 0 is the first
 * beat at or after 0 s, `beatCount` beats lie in the track), which takes the duration of the track.
 */
import { UserError } from '../support/user-error.ts'
import type { Beats, Bpm, Seconds } from '../units/units.ts'
import { type Anchored, BARS_PER_PHRASE, type BeatGrid, beatsToSeconds, secondsToBeats } from './beat-grid.ts'
import { MAX_TEMPO_BPM } from './tempo-range.ts'

/** A beat this close to an end of the track counts as on it, so that rounding cannot drop beat 0. */
const EDGE_SECONDS = 1e-6
/** A beat lasts 3 s at this tempo; nobody would want a slower grid. */
const SLOWEST_BPM = 20
const FASTEST_BPM = 2 * MAX_TEMPO_BPM

const modulo = (value: number, period: number): number => ((value % period) + period) % period

/** Renumbers the beats so that beat 0 is the first in the track; the phases move along. */
const renumber = (grid: BeatGrid, durationSeconds: Seconds): BeatGrid => {
  const first = Math.ceil(secondsToBeats(grid, -EDGE_SECONDS))
  const end = Math.ceil(secondsToBeats(grid, durationSeconds - EDGE_SECONDS))
  if (end <= first) throw new UserError('GRID_EDIT_INVALID', 'No beat of the new grid would lie in the track.')
  return {
    ...grid,
    anchors: grid.anchors.map((anchor) => ({ ...anchor, beat: anchor.beat - first })),
    beatCount: end - first,
    firstDownbeat: modulo(grid.firstDownbeat - first, grid.beatsPerBar),
    firstPhrase: modulo(grid.firstPhrase - first, grid.beatsPerBar * BARS_PER_PHRASE),
  }
}

/** Moves the downbeat, and the phrase with it, later by `beats`; negative = earlier. */
export const shiftDownbeat = (grid: BeatGrid, beats: number): BeatGrid => {
  if (!Number.isInteger(beats))
    throw new UserError('GRID_EDIT_INVALID', `A downbeat moves by whole beats, not ${beats}.`)
  return {
    ...grid,
    firstDownbeat: modulo(grid.firstDownbeat + beats, grid.beatsPerBar),
    firstPhrase: modulo(grid.firstPhrase + beats, grid.beatsPerBar * BARS_PER_PHRASE),
    downbeatConfidence: 1,
  }
}

/** Moves the phrase start later by `bars`; negative = earlier. */
export const shiftPhrase = (grid: BeatGrid, bars: number): BeatGrid => {
  if (!Number.isInteger(bars)) throw new UserError('GRID_EDIT_INVALID', `A phrase moves by whole bars, not ${bars}.`)
  const beats = bars * grid.beatsPerBar
  return {
    ...grid,
    firstPhrase: modulo(grid.firstPhrase + beats, grid.beatsPerBar * BARS_PER_PHRASE),
    phraseConfidence: 1,
  }
}

/** Beat 2 b of the new grid is beat b of the old one; half-beats become beats. */
export const doubleTempo = (grid: BeatGrid, durationSeconds: Seconds): BeatGrid => {
  refuseTempo(grid.anchors.map(({ bpm }) => bpm * 2))
  const doubled = {
    ...grid,
    anchors: grid.anchors.map(({ beat, seconds, bpm }) => ({ beat: beat * 2, seconds, bpm: bpm * 2 })),
    firstDownbeat: modulo(grid.firstDownbeat * 2, grid.beatsPerBar),
    firstPhrase: modulo(grid.firstPhrase * 2, grid.beatsPerBar * BARS_PER_PHRASE),
    tempoConfidence: 1,
  }
  return renumber(doubled, durationSeconds)
}

/** Keeps every other beat, so that the phrase starts stay beats and the first of them stays a downbeat. */
export const halveTempo = (grid: BeatGrid, durationSeconds: Seconds): BeatGrid => {
  refuseTempo(grid.anchors.map(({ bpm }) => bpm / 2))
  const kept = grid.firstPhrase % 2
  const firstPhrase = (grid.firstPhrase - kept) / 2
  const halved = {
    ...grid,
    anchors: grid.anchors.map(({ beat, seconds, bpm }) => ({ beat: (beat - kept) / 2, seconds, bpm: bpm / 2 })),
    firstDownbeat: modulo(firstPhrase, grid.beatsPerBar),
    firstPhrase,
    tempoConfidence: 1,
  }
  return renumber(halved, durationSeconds)
}

const refuseTempo = (tempi: readonly Bpm[]): void => {
  for (const bpm of tempi)
    if (!(bpm >= SLOWEST_BPM && bpm <= FASTEST_BPM))
      throw new UserError(
        'GRID_EDIT_INVALID',
        `The tempo would be ${bpm.toFixed(2)} BPM; ${SLOWEST_BPM} to ${FASTEST_BPM} are possible.`,
      )
}

/** One tempo for the whole track; the beat nearest to `seconds` stays where it is, with its place in the bar. */
export const setTempo = (
  grid: BeatGrid,
  {
    bpm,
    seconds,
    durationSeconds,
  }: { readonly bpm: Bpm; readonly seconds: Seconds; readonly durationSeconds: Seconds },
): BeatGrid => {
  refuseTempo([bpm])
  const beat = Math.round(secondsToBeats(grid, seconds))
  const anchor = { beat, seconds: beatsToSeconds(grid, beat), bpm }
  return renumber({ ...grid, anchors: [anchor], tempoConfidence: 1 }, durationSeconds)
}

/** Moves the whole grid later by `seconds`; negative = earlier. */
export const nudge = (grid: BeatGrid, seconds: Seconds, durationSeconds: Seconds): BeatGrid => {
  if (!(Math.abs(seconds) < durationSeconds))
    throw new UserError(
      'GRID_EDIT_INVALID',
      `The grid of a track of ${durationSeconds.toFixed(3)} s cannot move by ${seconds} s.`,
    )
  const moved = {
    ...grid,
    anchors: grid.anchors.map((anchor) => ({ ...anchor, seconds: anchor.seconds + seconds })),
    phaseConfidence: 1,
  }
  return renumber(moved, durationSeconds)
}

export type Anchoring = {
  readonly seconds: Seconds
  readonly as: 'beat' | 'downbeat'
  readonly durationSeconds: Seconds
}

/** Moves the grid by at most half a beat so that a beat lies at `seconds`; that beat becomes a downbeat if asked for. */
export const reAnchor = (grid: BeatGrid, { seconds, as, durationSeconds }: Anchoring): BeatGrid => {
  if (!(seconds >= 0 && seconds < durationSeconds))
    throw new UserError('GRID_EDIT_INVALID', `${seconds} s lies outside the track of ${durationSeconds.toFixed(3)} s.`)
  const beat = Math.round(secondsToBeats(grid, seconds))
  const placed = as === 'beat' ? grid : shiftDownbeat(grid, modulo(beat - grid.firstDownbeat, grid.beatsPerBar))
  return nudge(placed, seconds - beatsToSeconds(grid, beat), durationSeconds)
}

/** A half-open stretch of the track in beats; labels and sections have this form. */
type BeatRange = { readonly startBeat: Beats; readonly endBeat: Beats }

/** @returns the range on the new grid that covers the same time, on whole beats, at least one beat long. */
export const carrySpan = (span: BeatRange, from: Anchored, to: BeatGrid): { startBeat: Beats; endBeat: Beats } => {
  const carry = (beat: Beats): Beats => {
    const carried = Math.round(secondsToBeats(to, beatsToSeconds(from, beat)))
    return Math.max(0, Math.min(to.beatCount, carried))
  }
  const startBeat = Math.min(carry(span.startBeat), Math.max(0, to.beatCount - 1))
  return { startBeat, endBeat: Math.max(startBeat + 1, carry(span.endBeat)) }
}
