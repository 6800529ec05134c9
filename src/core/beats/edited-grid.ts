/**
 * @file What all edits of a grid share: beat 0 is the first beat at or after 0 s, `beatCount` beats lie in the track, and doubts that an edit
 * settles are gone.
 */
import { UserError } from '../support/user-error.ts'
import { modulo } from '../units/modulo.ts'
import type { Seconds } from '../units/units.ts'
import { type Anchored, BARS_PER_PHRASE, type BeatGrid, beatsToSeconds, secondsToBeats } from './beat-grid.ts'
import type { GridAnchor } from './grid-anchor.ts'
import type { GridAlternative } from './grid-edit.ts'

/** A beat this close to an end of the track counts as on it, so that rounding cannot drop beat 0. */
export const EDGE_SECONDS = 1e-6

/**
 * The grid with phrases counted from each of these beats on, in rising order, and before the first as from it. Left out are those outside
 * the track, those that begin no bar, and those where the count just goes on.
 */
export const countPhrases = (
  { laterPhrases: _, ...grid }: BeatGrid,
  [first = grid.firstPhrase, ...others]: readonly number[],
): BeatGrid => {
  const phrase = grid.beatsPerBar * BARS_PER_PHRASE
  const begun = others.filter((beat) => modulo(beat - grid.firstDownbeat, grid.beatsPerBar) === 0)
  const firstPhrase = modulo(begun.findLast((beat) => beat <= 0) ?? first, phrase)
  let [last, count] = [0, firstPhrase]
  const laterPhrases = begun.filter((beat) => {
    if (beat <= 0 || beat >= grid.beatCount || beat <= last || modulo(beat - count, phrase) === 0) return false
    last = beat
    count = beat
    return true
  })
  return { ...grid, firstPhrase, ...(laterPhrases.length > 0 && { laterPhrases }) }
}

/** As near as may be, with the beats in between in either direction: −8 to 8 of a phrase of 16. */
const withinPhrase = (beats: number, phrase: number): number => {
  const rest = beats % phrase
  return Math.abs(rest) > phrase / 2 ? rest - Math.sign(rest) * phrase : rest
}

/**
 * All phrases `by` beats later; negative = earlier. As they repeat, a phrase at most makes no difference; one that begins anew and would
 * leave the track begins a phrase before or after instead, so that the bars behind it are counted as they should.
 */
export const movePhrases = (grid: BeatGrid, by: number): BeatGrid => {
  const phrase = grid.beatsPerBar * BARS_PER_PHRASE
  const beats = withinPhrase(by, phrase)
  const [first, ...later] = phraseCounts(grid)
  const moved = later.map((beat) => beat + beats)
  return countPhrases(grid, [
    first! + beats,
    ...moved.map((beat, at) => {
      // Where another count follows, or came, within that phrase, the bars that it would be for are that one's.
      if (beat <= 0 && (moved[at + 1] ?? Infinity) > beat + phrase) return beat + phrase
      return beat >= grid.beatCount && (moved[at - 1] ?? -Infinity) < beat - phrase ? beat - phrase : beat
    }),
  ])
}

/** The phrases that begin anew in a grid, by time, on another that has the same first one: each with the bar that is nearest there. */
export const carryPhrases = (from: BeatGrid, to: BeatGrid): BeatGrid => {
  const { beatsPerBar, firstDownbeat } = to
  const nearest = (beat: number): number =>
    firstDownbeat + beatsPerBar * Math.round((beat - firstDownbeat) / beatsPerBar)
  const carried = (from.laterPhrases ?? []).map((beat) => nearest(secondsToBeats(to, beatsToSeconds(from, beat))))
  return countPhrases(to, [to.firstPhrase, ...new Set(carried)])
}

/** More than a day has at any tempo; beats so far away cannot be counted one by one. */
const MOST_BEATS = 1e7

/** The first beat that is not before a time; where a few beats stand for others, both conversions are asked. */
export const firstBeatFrom = (grid: Anchored, seconds: Seconds): number => {
  let beat = Math.ceil(secondsToBeats(grid, seconds))
  while (beatsToSeconds(grid, beat - 1) >= seconds) beat--
  while (beatsToSeconds(grid, beat) < seconds) beat++
  return beat
}

/**
 * Without anchors that do not lie before all those behind them, as an earlier version left some. The first of all tells of the beats before
 * the others, too: it is told from the beat before them.
 */
export const dropOvertaken = (grid: BeatGrid): BeatGrid => {
  const kept: GridAnchor[] = []
  const keep = (anchor: GridAnchor): void => {
    const next = kept.at(-1)
    if (next === undefined || (anchor.beat < next.beat && anchor.seconds < next.seconds)) kept.push(anchor)
  }
  for (const anchor of grid.anchors.toReversed()) keep(anchor)
  if (kept.length === grid.anchors.length) return grid
  const [first] = grid.anchors as [GridAnchor]
  const beat = kept.at(-1)!.beat - 1
  if (kept.at(-1) !== first) keep({ ...first, beat, seconds: first.seconds + ((beat - first.beat) * 60) / first.bpm })
  return { ...grid, anchors: kept.reverse() }
}

/** Whether the last beat of each piece comes before the next one begins. */
const isRising = ({ anchors }: Anchored): boolean =>
  anchors.slice(1).every(({ beat, seconds }, at) => {
    const before = anchors[at]!
    const last = Math.max(before.beat, Math.ceil(beat) - 1)
    return beat > before.beat && before.seconds + ((last - before.beat) * 60) / before.bpm < seconds - EDGE_SECONDS
  })

/** Renumbers the beats so that beat 0 is the first in the track; the phases move along. @throws GRID_EDIT_INVALID */
export const renumber = (grid: BeatGrid, durationSeconds: Seconds): BeatGrid => {
  if (!isRising(grid)) throw new UserError('GRID_EDIT_INVALID', 'Beats would pass each other where the tempo changes.')
  const ends = [-EDGE_SECONDS, durationSeconds - EDGE_SECONDS].map((seconds) => secondsToBeats(grid, seconds))
  if (!ends.every((beat) => Math.abs(beat) < MOST_BEATS))
    throw new UserError('GRID_EDIT_INVALID', 'The new grid lies too far from the track.')
  const first = firstBeatFrom(grid, -EDGE_SECONDS)
  const end = firstBeatFrom(grid, durationSeconds - EDGE_SECONDS)
  if (end <= first) throw new UserError('GRID_EDIT_INVALID', 'No beat of the new grid would lie in the track.')
  const renumbered = {
    ...grid,
    anchors: grid.anchors.map((anchor) => ({ ...anchor, beat: anchor.beat - first })),
    beatCount: end - first,
    firstDownbeat: modulo(grid.firstDownbeat - first, grid.beatsPerBar),
  }
  return countPhrases(
    renumbered,
    phraseCounts(grid).map((beat) => beat - first),
  )
}

/** The beats from which phrases are counted. */
export const phraseCounts = ({ firstPhrase, laterPhrases = [] }: BeatGrid): readonly number[] => [
  firstPhrase,
  ...laterPhrases,
]

/** The grid after an edit that settles these doubts; of what else it may be, the rest is still open. */
export const settled = (
  { alternatives = [], ...grid }: BeatGrid,
  ...doubts: readonly GridAlternative['doubt'][]
): BeatGrid => {
  const open = alternatives.filter(({ doubt }) => !doubts.includes(doubt))
  return open.length === 0 ? grid : { ...grid, alternatives: open }
}

/** @throws GRID_EDIT_INVALID */
export const requireInside = (seconds: Seconds, durationSeconds: Seconds): void => {
  if (!(seconds >= 0 && seconds <= durationSeconds))
    throw new UserError('GRID_EDIT_INVALID', `${seconds} s lies outside the track of ${durationSeconds.toFixed(3)} s.`)
}
