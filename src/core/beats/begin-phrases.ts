/**
 * @file Phrases that begin anew inside a track: after a bar too many or too few, sections no longer begin where one count of phrases has
 * its starts. Where bars begin anew, too, beats are left out or put in, as between the regions of a recording.
 */
import { UserError } from '../support/user-error.ts'
import { modulo } from '../units/modulo.ts'
import type { Seconds } from '../units/units.ts'
import { type BeatGrid, beatsToSeconds, secondsToBeats } from './beat-grid.ts'
import { countPhrases, phraseCounts, requireInside } from './edited-grid.ts'
import type { GridEdit } from './grid-edit.ts'
import { shiftDownbeat } from './grid-edits.ts'
import { joinGrids } from './join-grids.ts'

/** The nearest beat that lies in the track. */
const beatAt = (grid: BeatGrid, seconds: Seconds): number =>
  Math.max(0, Math.min(grid.beatCount - 1, Math.round(secondsToBeats(grid, seconds))))

/** The grid with a bar from `beat` on, which the bars before may run into. */
const beginBar = (grid: BeatGrid, beat: number, durationSeconds: Seconds): BeatGrid => {
  const { beatsPerBar, firstDownbeat } = grid
  if (modulo(beat - firstDownbeat, beatsPerBar) === 0) return grid
  const after = { ...grid, firstDownbeat: modulo(beat, beatsPerBar) }
  return joinGrids(
    [
      { startSeconds: 0, grid },
      { startSeconds: beatsToSeconds(grid, beat), grid: after },
    ],
    durationSeconds,
  )
}

/** Phrases count from the beats nearest to these times, and before the first as from it. @throws GRID_EDIT_INVALID */
export const beginPhrases = (grid: BeatGrid, seconds: readonly Seconds[], durationSeconds: Seconds): BeatGrid => {
  const [first, ...others] = seconds
  if (first === undefined || seconds.some((one, at) => at > 0 && one <= seconds[at - 1]!))
    throw new UserError('GRID_EDIT_INVALID', 'Say where phrases begin, one time after the other.')
  for (const one of seconds) requireInside(one, durationSeconds)
  const start = beatAt(grid, first)
  const off = modulo(start - grid.firstDownbeat, grid.beatsPerBar)
  let begun = countPhrases(off === 0 ? grid : shiftDownbeat(grid, off), [start])
  for (const one of others) {
    const joined = beginBar(begun, beatAt(begun, one), durationSeconds)
    begun = countPhrases(joined, [...phraseCounts(joined), beatAt(joined, one)])
  }
  return { ...begun, phraseConfidence: 1 }
}

/** The edit after which a phrase also begins at the beat nearest to `seconds`. */
export const phraseFrom = (grid: BeatGrid, seconds: Seconds): Extract<GridEdit, { kind: 'phrases' }> => {
  const begun = beatAt(grid, seconds)
  const [first, ...others] = phraseCounts(grid)
  const starts = [...(begun <= first! ? [] : [first!]), begun, ...others.filter((beat) => beat !== begun)]
  // Beat 0 may lie a rounding error before the track.
  const times = starts.toSorted((a, b) => a - b).map((beat) => Math.max(0, beatsToSeconds(grid, beat)))
  return { kind: 'phrases', seconds: times }
}
