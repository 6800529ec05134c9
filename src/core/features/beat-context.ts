/**
 * @file One row of features for a beat of a track, seen with up to 16 bars on either side: the input of the beat-wise label head and
 * the boundary head.
 * Method: means of z-scores over the bar, contrasts of the 1, 4, 8 and 16 bars after against those before the beat, rise over 8 bars
 * (the windows of Foote's novelty, ICME 2000, without the kernel), presence levels and position.
 * Conventions: windows start at the beat and are clipped to the track; an empty side makes a contrast of 0.
 */
import { BARS_PER_PHRASE, phraseStartAt } from '../beats/beat-grid.ts'
import { modulo } from '../units/modulo.ts'
import { columnsWithRole } from './feature-spec.ts'
import { LEVELS, levelRank, meanLevel } from './presence-levels.ts'
import { type RowColumn, type RowPart, rowColumns } from './row-column.ts'
import { contextPlaces, type TrackContext } from './track-context.ts'
import { windowMean, windowRise } from './window-sums.ts'

const CONTRAST_BARS = [1, 4, 8, 16] as const
const COLUMN_PARTS: readonly RowPart[] = [
  ['bar'],
  ...CONTRAST_BARS.map((bars): RowPart => [`after minus before, ${bars} bars`, 'the change here']),
  ['rise over 8 bars'],
]
const LEVEL_PARTS: readonly RowPart[] = [
  ['bar'],
  ['after 4 bars', 'what follows'],
  ['before 4 bars', 'what came before'],
  ['highest before', 'what came before'],
  ['highest after', 'what follows'],
  ['full before', 'what came before'],
  ['full after', 'what follows'],
  ['rank'],
]
const NOVELTY_PARTS = CONTRAST_BARS.map((bars): RowPart => [`${bars} bars`])
const PLACE_PARTS: readonly RowPart[] = [
  ['of beat'],
  ['beats from start'],
  ['beats to end'],
  ['beat of bar'],
  ['beat of phrase'],
  ['track beats'],
]

const STYLE_PARTS: readonly RowPart[] = [['of the track', 'the kind of music']]

const COLUMNS = columnsWithRole('beat')
const STYLES = columnsWithRole('style')
const columnPlaces = contextPlaces(COLUMNS)
const stylePlaces = contextPlaces(STYLES)

/** A beat row's columns, in order. */
export const BEAT_COLUMNS: readonly RowColumn[] = [
  ...rowColumns(COLUMNS, COLUMN_PARTS),
  ...rowColumns(
    LEVELS.map(({ name, group }) => ({ name: `${name} presence`, group })),
    LEVEL_PARTS,
  ),
  ...rowColumns([{ name: 'novelty', group: 'repetition and change' }], NOVELTY_PARTS),
  ...rowColumns(STYLES, STYLE_PARTS),
  ...rowColumns([{ name: 'position', group: 'the place in the track' }], PLACE_PARTS),
]

export const BEAT_ROW_LENGTH = BEAT_COLUMNS.length

/** Writes BEAT_ROW_LENGTH values to `out` from `offset` on, one for each of BEAT_COLUMNS. */
export const beatRow = (context: TrackContext, beat: number, out: Float32Array, offset: number): void => {
  const { levels, beats, grid } = context
  const bar = grid.beatsPerBar
  const novelty = CONTRAST_BARS.map(() => 0)
  let at = offset
  for (const column of columnPlaces) {
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
  for (let layer = 0; layer < LEVELS.length; layer++) {
    const base = layer * (beats + 1)
    const level = meanLevel(levels, layer, [beat, beat + bar])
    out[at++] = level
    out[at++] = meanLevel(levels, layer, [beat, beat + 4 * bar], -0.5)
    out[at++] = meanLevel(levels, layer, [beat - 4 * bar, beat], -0.5)
    out[at++] = levels.highestBefore[base + beat]!
    out[at++] = levels.highestAfter[base + beat]!
    out[at++] = levels.fullBefore[base + beat]! / Math.max(1, beat)
    out[at++] = (levels.fullBefore[base + beats]! - levels.fullBefore[base + beat]!) / Math.max(1, beats - beat)
    out[at++] = levelRank(levels, layer, level)
  }
  for (const sum of novelty) out[at++] = Math.sqrt(sum / columnPlaces.length)
  for (const place of stylePlaces) out[at++] = context.means[place]!
  out[at++] = beat / beats
  out[at++] = beat
  out[at++] = beats - beat
  out[at++] = modulo(beat - grid.firstDownbeat, bar)
  out[at++] = modulo(beat - phraseStartAt(grid, beat), BARS_PER_PHRASE * bar)
  out[at++] = beats
}

/** @returns shape (beats.length, BEAT_ROW_LENGTH) */
export const beatRows = (context: TrackContext, beats: ArrayLike<number>): Float32Array => {
  const rows = new Float32Array(beats.length * BEAT_ROW_LENGTH)
  for (let index = 0; index < beats.length; index++) beatRow(context, beats[index]!, rows, index * BEAT_ROW_LENGTH)
  return rows
}
