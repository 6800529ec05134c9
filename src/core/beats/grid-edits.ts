/**
 * @file Edits that move a grid or its bars: shift the downbeat or phrase, set the metre, nudge, put a beat or downbeat at a time.
 * Conventions: what a person set is certain (confidence 1); the tempo is edited in `tempo-edits.ts`.
 */
import { UserError } from '../support/user-error.ts'
import { preciseClock } from '../units/clock.ts'
import { modulo } from '../units/modulo.ts'
import type { Seconds } from '../units/units.ts'
import { BARS_PER_PHRASE, type BeatGrid, beatsToSeconds, secondsToBeats } from './beat-grid.ts'
import { carryPhrases, countPhrases, movePhrases, renumber, requireInside, settled } from './edited-grid.ts'
import type { HalfBeatEdit } from './grid-edit.ts'
import { joinGrids } from './join-grids.ts'

const FEWEST_BEATS = 2
const MOST_BEATS = 7

/** Moves the downbeat, and the phrase with it, later by `beats`; negative = earlier. */
export const shiftDownbeat = (grid: BeatGrid, beats: number): BeatGrid => {
  if (!Number.isSafeInteger(beats))
    throw new UserError('GRID_EDIT_INVALID', `A downbeat moves by whole beats, not ${beats}.`)
  const shifted = {
    ...settled(grid, 'bars'),
    firstDownbeat: modulo(grid.firstDownbeat + (beats % grid.beatsPerBar), grid.beatsPerBar),
    downbeatConfidence: 1,
  }
  return movePhrases(shifted, beats)
}

/** Moves the phrase start later by `bars`; negative = earlier. */
export const shiftPhrase = (grid: BeatGrid, bars: number): BeatGrid => {
  if (!Number.isSafeInteger(bars))
    throw new UserError('GRID_EDIT_INVALID', `A phrase moves by whole bars, not ${bars}.`)
  return movePhrases({ ...grid, phraseConfidence: 1 }, (bars % BARS_PER_PHRASE) * grid.beatsPerBar)
}

/** Moves the whole grid later by `seconds`; negative = earlier. */
export const nudge = (grid: BeatGrid, seconds: Seconds, durationSeconds: Seconds): BeatGrid => {
  if (!(Math.abs(seconds) < durationSeconds))
    throw new UserError(
      'GRID_EDIT_INVALID',
      `The grid of a track of ${durationSeconds.toFixed(3)} s cannot move by ${seconds} s.`,
    )
  const moved = {
    ...settled(grid, 'phase'),
    anchors: grid.anchors.map((anchor) => ({ ...anchor, seconds: anchor.seconds + seconds })),
    phaseConfidence: 1,
  }
  return renumber(moved, durationSeconds)
}

const movedHalfBeat = (grid: BeatGrid, direction: HalfBeatEdit['direction']): BeatGrid => {
  const by = direction === 'later' ? 0.5 : -0.5
  return {
    ...grid,
    anchors: grid.anchors.map((anchor) => ({ ...anchor, seconds: beatsToSeconds(grid, anchor.beat + by) })),
  }
}

/** Every beat, or every one between the two times, comes where the middle between two was, also where the tempo changes. */
export const moveHalfBeat = (
  grid: BeatGrid,
  { direction, from = 0, to = Infinity }: Omit<HalfBeatEdit, 'kind'>,
  durationSeconds: Seconds,
): BeatGrid => {
  if (from <= 0 && to >= durationSeconds)
    return renumber({ ...movedHalfBeat(settled(grid, 'phase'), direction), phaseConfidence: 1 }, durationSeconds)
  requireInside(from, durationSeconds)
  if (!(to > from))
    throw new UserError(
      'GRID_EDIT_INVALID',
      `The beats that move have to end after ${preciseClock(from)}, not at ${preciseClock(to)}.`,
    )
  const parts = [
    { startSeconds: 0, grid },
    { startSeconds: from, grid: movedHalfBeat(grid, direction) },
    { startSeconds: to, grid },
  ].filter(({ startSeconds }, at) => (at === 0 ? from > 0 : startSeconds < durationSeconds))
  const joined = renumber(joinGrids(parts, durationSeconds), durationSeconds)
  const { alternatives = [] } = grid
  const open = alternatives.filter(({ edit }) => edit.kind !== 'half-beat' || (edit.from ?? 0) !== from)
  const doubts = open.flatMap(({ doubt, probability }) => (doubt === 'phase' ? [probability] : []))
  return {
    ...carryPhrases(grid, joined),
    // A part that nobody doubted says nothing about the rest.
    ...(open.length < alternatives.length && { phaseConfidence: 1 - Math.max(0, ...doubts) }),
    ...(open.length > 0 && { alternatives: open }),
  }
}

/** So many beats to the bar; the beat nearest to `seconds` begins a bar and a phrase. */
export const setMetre = (
  grid: BeatGrid,
  {
    beatsPerBar,
    seconds,
    durationSeconds,
  }: { readonly beatsPerBar: number; readonly seconds: Seconds; readonly durationSeconds: Seconds },
): BeatGrid => {
  if (!(Number.isInteger(beatsPerBar) && beatsPerBar >= FEWEST_BEATS && beatsPerBar <= MOST_BEATS))
    throw new UserError('GRID_EDIT_INVALID', `A bar has ${FEWEST_BEATS} to ${MOST_BEATS} beats, not ${beatsPerBar}.`)
  requireInside(seconds, durationSeconds)
  const downbeat = Math.round(secondsToBeats(grid, seconds))
  const counted = {
    ...settled(grid, 'bars'),
    beatsPerBar,
    firstDownbeat: modulo(downbeat, beatsPerBar),
    downbeatConfidence: 1,
    phraseConfidence: 1,
  }
  return countPhrases(counted, [downbeat])
}

export type Anchoring = {
  readonly seconds: Seconds
  readonly as: 'beat' | 'downbeat'
  readonly durationSeconds: Seconds
}

/** Moves the grid by at most half a beat so that a beat lies at `seconds`; that beat becomes a downbeat if asked for. */
export const reAnchor = (grid: BeatGrid, { seconds, as, durationSeconds }: Anchoring): BeatGrid => {
  requireInside(seconds, durationSeconds)
  const beat = Math.round(secondsToBeats(grid, seconds))
  const at = beatsToSeconds(grid, beat)
  const placed = as === 'beat' ? grid : shiftDownbeat(grid, modulo(beat - grid.firstDownbeat, grid.beatsPerBar))
  const [only, ...others] = placed.anchors
  // What is set by hand is what a second place is measured from.
  const anchors = others.length === 0 ? [{ beat, seconds: at, bpm: only!.bpm }] : placed.anchors
  return nudge({ ...placed, anchors }, seconds - at, durationSeconds)
}

/** The person heard it and says that it is right. */
export const confirmGrid = (grid: BeatGrid): BeatGrid => ({
  ...settled(grid, 'tempo', 'phase', 'bars'),
  tempoConfidence: 1,
  phaseConfidence: 1,
  downbeatConfidence: 1,
  phraseConfidence: 1,
})
