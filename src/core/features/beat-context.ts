/**
 * @file One row of features for a beat of a track, seen with up to 16 bars on either side: what the beat-wise label head and
 * the boundary head read.
 * Method: means of z-scores over the bar, contrasts of the 1, 4, 8 and 16 bars after against those before the beat, rise over 8 bars
 * (the windows of Foote's novelty, ICME 2000, without the kernel), presence levels and position.
 * Conventions: windows start at the beat and are clipped to the track; an empty side makes a contrast of 0.
 */
import { levelRank, meanLevel } from './presence-levels.ts'
import { type TrackContext, windowMean, windowRise } from './track-context.ts'

const CONTRAST_BARS = [1, 4, 8, 16] as const
const COLUMN_PARTS = [
  'bar',
  ...CONTRAST_BARS.map((bars) => `after minus before, ${bars} bars`),
  'rise over 8 bars',
] as const
const LEVEL_PARTS = [
  'bar',
  'after 4 bars',
  'before 4 bars',
  'highest before',
  'highest after',
  'full before',
  'full after',
  'rank',
] as const
const NOVELTY_COLUMNS = CONTRAST_BARS.map((bars) => `novelty: ${bars} bars`)
const PLACE_COLUMNS = [
  'position: of beat',
  'position: beats from start',
  'position: beats to end',
  'position: beat of bar',
  'position: beat of phrase',
  'position: track beats',
] as const

/** Names of a beat row's columns, `group: part`. */
export const beatContextColumns = (context: Pick<TrackContext, 'matrix' | 'levels' | 'onBeats'>): readonly string[] => [
  ...context.onBeats.flatMap((column) => COLUMN_PARTS.map((part) => `${context.matrix.columns[column]}: ${part}`)),
  ...context.levels.names.flatMap((name) => LEVEL_PARTS.map((part) => `${name} presence: ${part}`)),
  ...NOVELTY_COLUMNS,
  ...PLACE_COLUMNS,
]

export const beatRowLength = (context: Pick<TrackContext, 'onBeats' | 'levels'>): number =>
  context.onBeats.length * COLUMN_PARTS.length +
  context.levels.names.length * LEVEL_PARTS.length +
  NOVELTY_COLUMNS.length +
  PLACE_COLUMNS.length

const modulo = (value: number, size: number): number => ((value % size) + size) % size

/** Writes `beatRowLength` values to `out` from `offset` on; names and order are `beatContextColumns`'. */
export const beatRow = (context: TrackContext, beat: number, out: Float32Array, offset: number): void => {
  const { onBeats, levels, beats, grid } = context
  const bar = grid.beatsPerBar
  const novelty = CONTRAST_BARS.map(() => 0)
  let at = offset
  for (const column of onBeats) {
    out[at++] = windowMean(context, column, [beat, beat + bar])
    for (let size = 0; size < CONTRAST_BARS.length; size++) {
      const reach = CONTRAST_BARS[size]! * bar
      const contrast =
        beat === 0
          ? 0
          : windowMean(context, column, [beat, beat + reach]) - windowMean(context, column, [beat - reach, beat])
      novelty[size]! += contrast * contrast
      out[at++] = contrast
    }
    out[at++] = windowRise(context, column, [beat - 4 * bar, beat + 4 * bar])
  }
  for (let name = 0; name < levels.names.length; name++) {
    const base = name * (beats + 1)
    const level = meanLevel(levels, name, [beat, beat + bar])
    out[at++] = level
    out[at++] = meanLevel(levels, name, [beat, beat + 4 * bar], -0.5)
    out[at++] = meanLevel(levels, name, [beat - 4 * bar, beat], -0.5)
    out[at++] = levels.highestBefore[base + beat]!
    out[at++] = levels.highestAfter[base + beat]!
    out[at++] = levels.fullBefore[base + beat]! / Math.max(1, beat)
    out[at++] = (levels.fullBefore[base + beats]! - levels.fullBefore[base + beat]!) / Math.max(1, beats - beat)
    out[at++] = levelRank(levels, name, level)
  }
  for (const sum of novelty) out[at++] = Math.sqrt(sum / onBeats.length)
  out[at++] = beat / beats
  out[at++] = beat
  out[at++] = beats - beat
  out[at++] = modulo(beat - grid.firstDownbeat, bar)
  out[at++] = modulo(beat - grid.firstPhrase, 4 * bar)
  out[at++] = beats
}

/** @returns shape (beats.length, beatRowLength) */
export const beatRows = (context: TrackContext, beats: ArrayLike<number>): Float32Array => {
  const length = beatRowLength(context)
  const rows = new Float32Array(beats.length * length)
  for (let index = 0; index < beats.length; index++) beatRow(context, beats[index]!, rows, index * length)
  return rows
}
