/**
 * @file What a DJ does to get from one track into the next: from which beats, how long, and with which hands.
 * Conventions: beats of the track named; a window is as long in the beats of the track that goes out as `beats` says. 87 BPM goes with
 * 174: each beat of the slower one then lies on two of the faster.
 */
import { type BeatGrid, beatsToSeconds } from '../beats/beat-grid.ts'
import type { Span } from '../labels/span.ts'
import { type MixStyle, meetsAtEnds } from '../setlist/mix-styles.ts'
import { beatsOnBeat } from '../similarity/tempo-difference.ts'
import { UserError } from '../support/user-error.ts'
import type { Beats } from '../units/units.ts'

/** How the one gives way to the other: both faders, both faders with the basses swapped at once, or a cut at the end. */
export const MIX_CURVES = ['blend', 'bass swap', 'cut'] as const
export type MixCurve = (typeof MIX_CURVES)[number]

export type MixMove = {
  /** Where the window begins in the track that goes out, and in the one that comes in. */
  readonly fromBeat: Beats
  readonly toBeat: Beats
  readonly beats: Beats
  readonly curve: MixCurve
  /** Beats of the track that goes out, from where the window begins. */
  readonly bassSwapBeat: Beats | null
  /** How much later than by the grids the next track sounds. */
  readonly nudgeMs: number
}

export const MOST_NUDGE_MS = 500
/** A longer window is no transition, and its tempo would glide for minutes. */
const MOST_BEATS = 1024
/** Half an octave: beyond it the other octave lies nearer. */
const MOST_STRETCH = 1.5

const secondsOf = (grid: BeatGrid, start: Beats, beats: Beats): number =>
  beatsToSeconds(grid, start + beats) - beatsToSeconds(grid, start)

/**
 * How many beats of the next track lie on a beat of the one before: 1, or 2 or ½ where one has half the tempo of the other.
 * @throws TEMPI_TOO_FAR
 */
export const beatRatio = (
  from: BeatGrid,
  to: BeatGrid,
  { fromBeat, toBeat, beats }: Pick<MixMove, 'fromBeat' | 'toBeat' | 'beats'>,
): number => {
  const [out, into] = [secondsOf(from, fromBeat, beats), secondsOf(to, toBeat, beats)]
  if (!(out > 0 && into > 0 && Number.isFinite(out) && Number.isFinite(into)))
    throw new UserError('TEMPI_TOO_FAR', 'A beat grid without a tempo cannot be mixed by its beats.')
  const ratio = beatsOnBeat(1 / out, 1 / into)
  const stretch = (into * ratio) / out
  if (Math.max(stretch, 1 / stretch) > MOST_STRETCH) {
    const [slow, fast] = [out, into].map((seconds) => ((60 * beats) / seconds).toFixed(1)).sort()
    throw new UserError('TEMPI_TOO_FAR', `${slow} and ${fast} BPM lie too far apart to play their beats together.`)
  }
  return ratio
}

const invalid = (detail: string): UserError => new UserError('TRANSITION_INVALID', detail)

/** @param titles of both tracks @throws TRANSITION_INVALID, TEMPI_TOO_FAR */
export const checkMove = (
  [from, to]: readonly [BeatGrid, BeatGrid],
  move: MixMove,
  [one, other]: readonly [string, string],
): void => {
  const { fromBeat, toBeat, beats, bassSwapBeat, nudgeMs } = move
  const figures = [fromBeat, toBeat, beats, nudgeMs, bassSwapBeat ?? 0]
  if (!figures.every(Number.isFinite)) throw invalid('A window needs finite numbers.')
  if (beats < 1 || beats > MOST_BEATS) throw invalid(`A window is 1 to ${MOST_BEATS} beats long, not ${beats}.`)
  if (fromBeat < 0 || fromBeat + beats > from.beatCount) throw invalid(`The window lies outside of ${one}.`)
  const ratio = beatRatio(from, to, move)
  if (toBeat < 0 || toBeat + beats * ratio > to.beatCount) throw invalid(`The window lies outside of ${other}.`)
  if (bassSwapBeat !== null && (bassSwapBeat < 0 || bassSwapBeat > beats))
    throw invalid('The bass is swapped within the window.')
  if (Math.abs(nudgeMs) > MOST_NUDGE_MS) throw invalid(`A nudge is at most ${MOST_NUDGE_MS} ms.`)
}

type ProposedWindow = { readonly style: MixStyle; readonly from: Span; readonly to: Span }

/** A proposed window as it is played. @throws TEMPI_TOO_FAR */
export const moveOfWindow = (
  [from, to]: readonly [BeatGrid, BeatGrid],
  window: ProposedWindow,
  hasBasses: boolean,
): MixMove => {
  const [out, into] = [window.from.endBeat - window.from.startBeat, window.to.endBeat - window.to.startBeat]
  const places = { fromBeat: window.from.startBeat, toBeat: window.to.startBeat }
  const ratio = beatRatio(from, to, { ...places, beats: Math.min(out, into) })
  const beats = Math.min(out, into / ratio)
  const met = meetsAtEnds(window.style)
    ? { fromBeat: window.from.endBeat - beats, toBeat: window.to.endBeat - beats * ratio }
    : places
  const swaps = hasBasses && window.style !== 'quick cut' && beats > from.beatsPerBar
  return {
    ...met,
    beats,
    curve: window.style === 'quick cut' ? 'cut' : swaps ? 'bass swap' : 'blend',
    bassSwapBeat: swaps ? beats / 2 : null,
    nudgeMs: 0,
  }
}
