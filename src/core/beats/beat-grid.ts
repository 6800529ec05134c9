/**
 * @file The beat grid: beats are the truth, seconds are derived here and nowhere else.
 * A grid is piecewise constant in tempo: each anchor holds from its beat to the next anchor's, and the last one to the end;
 * the tempo of the first anchor also holds before it. A constant-tempo track has exactly one anchor.
 * Conventions: beat indices are 0-based; beat 0 is the first beat at or after 0 s; seconds count from the first decoded sample.
 */
import type { Beats, Seconds } from '../units/units.ts'
import type { GridAnchor } from './grid-anchor.ts'
import type { GridAlternative } from './grid-edit.ts'

/** Dance music is built of phrases of four bars. */
export const BARS_PER_PHRASE = 4

export type BeatGrid = {
  /** At least one, in rising order of beat. */
  readonly anchors: readonly GridAnchor[]
  /** Number of beats whose time lies in the track. */
  readonly beatCount: number
  readonly beatsPerBar: number
  /** Index of the first downbeat, 0 ≤ firstDownbeat < beatsPerBar. */
  readonly firstDownbeat: number
  /** Index of the first beat that starts a 4-bar phrase, 0 ≤ firstPhrase < BARS_PER_PHRASE · beatsPerBar, congruent to firstDownbeat. */
  readonly firstPhrase: number
  /** Downbeats inside the track from which phrases are counted anew, in rising order; absent where one count fits all of it. */
  readonly laterPhrases?: readonly number[]
  /** Calibrated probabilities that tempo, downbeat and phrase phase are right, each 0 to 1. */
  readonly tempoConfidence: number
  /** That the beats lie on the beat rather than between two; absent in grids that earlier releases made. */
  readonly phaseConfidence?: number
  readonly downbeatConfidence: number
  readonly phraseConfidence: number
  /** What it may be instead, by the most probable first; absent where nothing else is likely, or where nobody asked. */
  readonly alternatives?: readonly GridAlternative[]
}

/** The part of a grid that conversion needs. */
export type Anchored = Pick<BeatGrid, 'anchors'>

const anchorAtBeat = (grid: Anchored, beat: Beats): GridAnchor => {
  let found = grid.anchors[0]!
  for (const anchor of grid.anchors) if (anchor.beat <= beat) found = anchor
  return found
}

const anchorAtSeconds = (grid: Anchored, seconds: Seconds): GridAnchor => {
  let found = grid.anchors[0]!
  for (const anchor of grid.anchors) if (anchor.seconds <= seconds) found = anchor
  return found
}

/** @returns the time of a beat position; fractions and positions outside the track are extrapolated. */
export const beatsToSeconds = (grid: Anchored, beat: Beats): Seconds => {
  const anchor = anchorAtBeat(grid, beat)
  return anchor.seconds + ((beat - anchor.beat) * 60) / anchor.bpm
}

/** Inverse of `beatsToSeconds`. */
export const secondsToBeats = (grid: Anchored, seconds: Seconds): Beats => {
  const anchor = anchorAtSeconds(grid, seconds)
  return anchor.beat + ((seconds - anchor.seconds) * anchor.bpm) / 60
}

/** @returns times of beats 0 … beatCount − 1, strictly rising. */
export const beatTimes = (grid: BeatGrid): Float64Array =>
  Float64Array.from({ length: grid.beatCount }, (_, beat) => beatsToSeconds(grid, beat))

/** What a count of phrases is told by. */
export type PhraseCount = Pick<BeatGrid, 'firstPhrase' | 'laterPhrases'>

/** @returns a beat that begins a phrase of those around `beat` */
export const phraseStartAt = ({ firstPhrase, laterPhrases }: PhraseCount, beat: Beats): Beats =>
  laterPhrases?.findLast((later) => later <= beat) ?? firstPhrase

export const isConstantTempo = (grid: BeatGrid): boolean => grid.anchors.length === 1
