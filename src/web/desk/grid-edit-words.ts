import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { GridAlternative, GridEdit, GridImport, HalfBeatEdit } from '../../core/beats/grid-edit.ts'
import { mainTempo } from '../../core/beats/main-tempo.ts'
import type { Bpm } from '../../core/units/units.ts'
import { shownPercent } from '../kit/words/percent-text.ts'
import { timeText } from '../kit/words/time-text.ts'

const side = (amount: number): string => (amount < 0 ? 'earlier' : 'later')

const distanceText = (amount: number, one: string): string => {
  const count = Math.abs(amount)
  return `${count === 1 ? `one ${one}` : `${count} ${one}s`} ${side(amount)}`
}

const stretchText = ({ from, to }: HalfBeatEdit): string =>
  from === undefined || to === undefined ? '' : ` from ${timeText(from)} to ${timeText(to)}`

/** What an edit of a grid is called when it is said, and when it is taken back. */
export const gridEditText = (edit: GridEdit): string => {
  switch (edit.kind) {
    case 'shift':
      return `first beat of the bar ${distanceText(edit.beats, 'beat')}`
    case 'shift-phrase':
      return `phrase ${distanceText(edit.bars, 'bar')}`
    case 'phrases':
      return `phrases from ${edit.seconds.map(timeText).join(', ')}`
    case 'halve':
      return 'grid at half the tempo'
    case 'double':
      return 'grid at twice the tempo'
    case 'nudge':
      return `grid ${Math.round(Math.abs(edit.seconds) * 1000)} ms ${side(edit.seconds)}`
    case 'tempo':
      return `grid at ${edit.bpm.toFixed(2)} BPM`
    case 'half-beat':
      return `grid half a beat ${edit.direction}${stretchText(edit)}`
    case 'pin':
      return `a beat of the grid at ${timeText(edit.seconds)}, after a drift`
    case 'metre':
      return `${NUMBERS[edit.beats]!.toLowerCase()} beats to the bar`
    case 'import':
      return `grid of ${edit.program}`
    case 'confirm':
      return 'grid is right'
    case 're-anchor':
      return `${edit.as === 'beat' ? 'beat' : 'bar'} of the grid at ${timeText(edit.seconds)}`
  }
}

/** What a grid may be instead, as a person would say it to another. */
export const alternativeText = ({ edit, probability }: GridAlternative, bpm: Bpm): string => {
  const share = ` · ${shownPercent(probability)} %`
  switch (edit.kind) {
    case 'halve':
      return `half the tempo, ${(bpm / 2).toFixed(1)} BPM${share}`
    case 'double':
      return `twice the tempo, ${(2 * bpm).toFixed(1)} BPM${share}`
    case 'half-beat':
      return `half a beat ${edit.direction}${stretchText(edit)}${share}`
    case 'shift':
      return `the bar begins ${distanceText(edit.beats, 'beat')}${share}`
    case 'metre':
      return `${NUMBERS[edit.beats]!.toLowerCase()} to the bar${share}`
    default:
      return gridEditText(edit) + share
  }
}
/** A grid that another program has. @param grid what it would be */
export const offeredText = ({ program }: GridImport, grid: BeatGrid): string =>
  `as in ${program}, ${mainTempo(grid).toFixed(2)} BPM`

/** How many beats a bar can have, as one says it. */
export const NUMBERS: Readonly<Record<number, string>> = {
  2: 'Two',
  3: 'Three',
  4: 'Four',
  5: 'Five',
  6: 'Six',
  7: 'Seven',
}
