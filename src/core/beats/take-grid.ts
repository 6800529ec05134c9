/** @file The grid that another program has of a track: taken as an edit of ours, and held against ours. */
import { UserError } from '../support/user-error.ts'
import { modulo } from '../units/modulo.ts'
import type { Seconds } from '../units/units.ts'
import { type BeatGrid, beatsToSeconds, secondsToBeats } from './beat-grid.ts'
import { carryPhrases, countPhrases, renumber, settled } from './edited-grid.ts'
import type { GridAnchor } from './grid-anchor.ts'
import type { GridImport } from './grid-edit.ts'

const isInOrder = (anchors: readonly GridAnchor[]): boolean =>
  anchors.length > 0 &&
  anchors.every(({ beat, seconds, bpm }, at) => {
    const before = anchors[at - 1]
    const isRising = before === undefined || (beat > before.beat && seconds > before.seconds)
    return isRising && Number.isSafeInteger(beat) && Math.abs(seconds) <= LONGEST_SECONDS && bpm > 0
  })

/** No recording is longer; a file may say that one is. */
export const LONGEST_SECONDS = 24 * 3600
/** Half and twice what programs are read with, since pieces are stretched to end on the next anchor. */
const SLOWEST_BPM = 10
const FASTEST_BPM = 1000

/** The grid with the beats of another in the same metre. @throws GRID_EDIT_INVALID */
export const takeGrid = (
  grid: BeatGrid,
  { anchors, firstDownbeat, firstPhrase, saysBars }: GridImport,
  durationSeconds: Seconds,
): BeatGrid => {
  if (!isInOrder(anchors))
    throw new UserError('GRID_EDIT_INVALID', 'The anchors of a grid come one after the other, each with its tempo.')
  if (
    ![firstDownbeat, firstPhrase].every(Number.isSafeInteger) ||
    modulo(firstPhrase - firstDownbeat, grid.beatsPerBar) !== 0
  )
    throw new UserError('GRID_EDIT_INVALID', 'A phrase begins with a bar, and a bar with a beat.')
  const wrong = anchors.find(({ bpm }) => bpm < SLOWEST_BPM || bpm > FASTEST_BPM)
  if (wrong !== undefined)
    throw new UserError(
      'GRID_EDIT_INVALID',
      `The grid has ${wrong.bpm.toFixed(2)} BPM; ${SLOWEST_BPM} to ${FASTEST_BPM} are possible.`,
    )
  const taken = {
    ...settled(grid, 'tempo', 'phase', ...(saysBars ? (['bars'] as const) : [])),
    anchors,
    firstDownbeat: modulo(firstDownbeat, grid.beatsPerBar),
    tempoConfidence: 1,
    phaseConfidence: 1,
    ...(saysBars && { downbeatConfidence: 1 }),
  }
  return carryPhrases(grid, renumber(countPhrases(taken, [firstPhrase]), durationSeconds))
}

/** As `takeGrid`, of what a file or an earlier version says. @returns null where it cannot be taken */
export const takeableGrid = (grid: BeatGrid, edit: GridImport, durationSeconds: Seconds): BeatGrid | null => {
  try {
    return takeGrid(grid, edit, durationSeconds)
  } catch (error) {
    if (error instanceof UserError) return null
    throw error
  }
}

/** The same for a grid that has other bars than when it was offered: a phrase begins with the nearest of them. */
export const inMetre = ({ firstDownbeat, firstPhrase, ...edit }: GridImport, beatsPerBar: number): GridImport => ({
  ...edit,
  firstDownbeat,
  firstPhrase: firstDownbeat + beatsPerBar * Math.round((firstPhrase - firstDownbeat) / beatsPerBar),
})

/** Two beats as near as that are the same. */
const SAME_SECONDS = 0.01

/** Whether two grids of a track have the same beats, and the same of them begin bars. */
export const isSameBeat = (one: BeatGrid, other: BeatGrid): boolean => {
  const later = Math.round(secondsToBeats(other, beatsToSeconds(one, 0)))
  const places = Array.from({ length: one.beatCount }, (_, beat) => beat)
  return (
    one.beatsPerBar === other.beatsPerBar &&
    Math.abs(one.beatCount - other.beatCount) <= 1 &&
    modulo(one.firstDownbeat + later - other.firstDownbeat, one.beatsPerBar) === 0 &&
    places.every((beat) => Math.abs(beatsToSeconds(other, beat + later) - beatsToSeconds(one, beat)) < SAME_SECONDS)
  )
}
