/**
 * @file Puts bars that begin anew inside a track in order: the last beat before and the first after get anchors, and beats between them are
 * left out or put in, at most half a bar, so that bars run through on one raster.
 * Conventions: as in `join-grids.ts`, which does the same for regions of a set.
 */
import { modulo } from '../units/modulo.ts'
import type { BarJump } from './bar-jumps.ts'
import type { BeatPlacement } from './bar-phase.ts'
import { ROWS_PER_BASE_BEAT, takeRows } from './beat-raster.ts'
import type { GridAnchor } from './grid-anchor.ts'
import type { BeatTracking } from './track-beats.ts'

/** The last beat before a jump is at least this far from the first after it, in beats. */
const MIN_GAP_BEATS = 0.6

type Seam = {
  /** Rows of the last beat before and of the first after it. */
  readonly last: number
  readonly start: number
  /** Beats from the one to the other. */
  readonly beats: number
}

const seamOf = (
  { row, turnBefore, turn }: BarJump,
  { firstBeatRow, rowsPerBeat }: BeatPlacement,
  metre: number,
): Seam => {
  const origin = (turns: number): number => firstBeatRow + (turns * rowsPerBeat) / 2
  const [before, after] = [origin(turnBefore), origin(turn)]
  const start = after + Math.ceil((row - after) / rowsPerBeat) * rowsPerBeat
  const last = before + Math.floor((start - before) / rowsPerBeat - MIN_GAP_BEATS) * rowsPerBeat
  const missing = modulo((start - after) / rowsPerBeat - (last - before) / rowsPerBeat - 1, metre)
  return missing > 1
    ? { last: last - (metre - missing) * rowsPerBeat, start, beats: 1 }
    : { last, start, beats: 1 + missing }
}

const spliceOne = (tracking: BeatTracking, { last, start, beats }: Seam, rowsPerBeat: number): BeatTracking => {
  const { raster, baseAnchors, phaseRow } = tracking
  const between = beats * rowsPerBeat
  const rows: number[] = []
  const rowSeconds: number[] = []
  for (let row = 0; row < last; row++) rows.push(row)
  const [lastSeconds, startSeconds] = [raster.rowSeconds[last]!, raster.rowSeconds[start]!]
  for (let n = 0; n < between; n++) rows.push(last + Math.floor((n * (start - last)) / between))
  for (let row = start; row < raster.rows; row++) rows.push(row)
  for (let at = 0; at < rows.length; at++) {
    const inSeam = at - last
    rowSeconds.push(
      inSeam > 0 && inSeam < between
        ? lastSeconds + (inSeam * (startSeconds - lastSeconds)) / between
        : raster.rowSeconds[rows[at]!]!,
    )
  }
  rowSeconds.push(raster.rowSeconds[raster.rows]!)
  const beatOf = (row: number): number => (row - phaseRow) / ROWS_PER_BASE_BEAT
  const bpm = (60 * between) / ROWS_PER_BASE_BEAT / (startSeconds - lastSeconds)
  // Each of its beats has an anchor, for none of them is a tempo of the track.
  const seam = Array.from({ length: beats }, (_, n) => ({
    beat: beatOf(last + n * rowsPerBeat),
    seconds: lastSeconds + (n * (startSeconds - lastSeconds)) / beats,
    bpm,
  }))
  const current = baseAnchors.findLast(({ seconds }) => seconds <= startSeconds + 1e-6) ?? baseAnchors[0]!
  const longer = last + between - start
  const anchors: GridAnchor[] = [
    ...baseAnchors.filter(({ seconds }, n) => n === 0 || seconds < lastSeconds - 1e-6),
    ...seam,
    { beat: beatOf(last + between), seconds: startSeconds, bpm: current.bpm },
    ...baseAnchors
      .filter(({ seconds }, n) => n > 0 && seconds > startSeconds + 1e-6)
      .map((anchor) => ({ ...anchor, beat: anchor.beat + longer / ROWS_PER_BASE_BEAT })),
  ]
  return { ...tracking, baseAnchors: anchors, raster: takeRows(raster, rows, Float64Array.from(rowSeconds)) }
}

/** Where all groups strike together more, on the row of the beat or half a fast beat later: two halves of a cut had hidden it. */
const strongerPhase = ({ raster, phaseRow }: BeatTracking): number => {
  const together = [0, ROWS_PER_FAST_BEAT / 2].map((later) => {
    const sums = [0, 0, 0]
    for (let row = (phaseRow + later) % ROWS_PER_FAST_BEAT; row < raster.rows; row += ROWS_PER_FAST_BEAT)
      for (let group = 0; group < 3; group++) sums[group]! += raster.onsets[row * 3 + group]!
    return sums[0]! * sums[1]! * sums[2]!
  })
  return together[1]! > together[0]! ? (phaseRow + ROWS_PER_FAST_BEAT / 2) % ROWS_PER_BASE_BEAT : phaseRow
}
const ROWS_PER_FAST_BEAT = ROWS_PER_BASE_BEAT / 2

/** Where another tempo begins, beats run on: there is no half of a bar to be put in order. */
const isOneTempo = ({ raster: { rows, rowSeconds } }: BeatTracking, { last, start }: Seam): boolean => {
  if (last <= 0 || start >= rows) return false
  const usual = (first: number, end: number): number => {
    const lengths = rowSeconds.slice(Math.max(0, first), Math.min(rows, end) + 1)
    const steps = lengths.subarray(1).map((seconds, row) => seconds - lengths[row]!)
    return steps.sort()[steps.length >> 1]!
  }
  return Math.abs(usual(start, start + TEMPO_ROWS) / usual(last - TEMPO_ROWS, last) - 1) < SAME_TEMPO
}
const TEMPO_ROWS = 8 * ROWS_PER_BASE_BEAT
const SAME_TEMPO = 0.02

/** @param jumps in rising order @param placement of the bars before the first of them */
export const spliceTracking = (
  tracking: BeatTracking,
  jumps: readonly BarJump[],
  placement: BeatPlacement,
  metre: number,
): BeatTracking => {
  const seams = jumps
    .map((jump) => seamOf(jump, placement, metre))
    .filter((seam, n, all) => seam.last >= (all[n - 1]?.start ?? 0) && isOneTempo(tracking, seam))
  // From the last on, so that the rows before each stay where they are.
  const spliced = seams.toReversed().reduce((before, seam) => spliceOne(before, seam, placement.rowsPerBeat), tracking)
  return { ...spliced, phaseRow: strongerPhase(spliced) }
}
