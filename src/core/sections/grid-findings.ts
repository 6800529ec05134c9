/** @file What may be wrong with the grid under the labels of a track: doubts of the grid's own tests, and phrases that the edges contradict. */
import { type BeatGrid, secondsToBeats } from '../beats/beat-grid.ts'
import type { GridAlternative } from '../beats/grid-edit.ts'
import { mainTempo } from '../beats/main-tempo.ts'
import type { Span } from '../labels/span.ts'
import { likelyAlternatives } from '../quality/doubtful-estimates.ts'
import { countText } from '../units/count-text.ts'
import { type PhraseFinding, phraseFinding, side } from './phrase-finding.ts'

export type GridFinding = Omit<PhraseFinding, 'code'> & { readonly code: 'GRID_DOUBT' | PhraseFinding['code'] }

const doubtOf = ({ edit }: GridAlternative, grid: BeatGrid): Pick<GridFinding, 'message' | 'editText'> | null => {
  const bpm = mainTempo(grid)
  switch (edit.kind) {
    case 'half-beat':
      return {
        message: 'The beats may lie half a beat off here.',
        editText: `Move the beats half a beat ${edit.direction}`,
      }
    case 'halve':
      return { message: `The tempo may be half of this, ${(bpm / 2).toFixed(1)} BPM.`, editText: 'Halve the tempo' }
    case 'double':
      return { message: `The tempo may be twice this, ${(2 * bpm).toFixed(1)} BPM.`, editText: 'Double the tempo' }
    case 'tempo':
      return { message: `The tempo may be ${edit.bpm.toFixed(1)} BPM.`, editText: `Set ${edit.bpm.toFixed(1)} BPM` }
    case 'shift': {
      const words = `${countText(Math.abs(edit.beats), 'beat')} ${side(edit.beats)}`
      return { message: `The bar may begin ${words}.`, editText: `Begin the bar ${words}` }
    }
    case 'metre':
      return { message: `There may be ${edit.beats} beats to the bar.`, editText: `Count ${edit.beats} to the bar` }
    default:
      return null
  }
}

/** The bar from which on an alternative counts: the first, or where a track of a set begins. */
const placeOf = ({ edit }: GridAlternative, grid: BeatGrid): number => {
  const { firstDownbeat, beatsPerBar } = grid
  if (edit.kind !== 'half-beat' || edit.from === undefined) return firstDownbeat
  const bars = Math.ceil((secondsToBeats(grid, edit.from) - firstDownbeat) / beatsPerBar)
  return firstDownbeat + beatsPerBar * Math.max(0, bars)
}

const gridDoubts = (grid: BeatGrid): readonly GridFinding[] =>
  likelyAlternatives(grid).flatMap((alternative) => {
    const words = doubtOf(alternative, grid)
    return words === null
      ? []
      : [{ code: 'GRID_DOUBT' as const, ...words, edit: alternative.edit, beat: placeOf(alternative, grid) }]
  })

/** @param read what a model has read where nobody has labelled: its edges count for less */
export const gridFindings = (
  grid: BeatGrid,
  labels: readonly Span[],
  read: readonly Span[] = [],
): readonly GridFinding[] => {
  const phrase = phraseFinding(grid, labels, read)
  return [...gridDoubts(grid), ...(phrase === null ? [] : [phrase])]
}
