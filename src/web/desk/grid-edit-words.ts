import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { secondsToBeats } from '../../core/beats/beat-grid.ts'
import type { GridEdit } from '../../core/beats/grid-edit.ts'
import { timeText } from '../kit/words/time-text.ts'

const side = (amount: number): string => (amount < 0 ? 'earlier' : 'later')

const distanceText = (amount: number, one: string): string => {
  const count = Math.abs(amount)
  return `${count === 1 ? `one ${one}` : `${count} ${one}s`} ${side(amount)}`
}

/** Half a beat is a distance of its own: so far off is a grid that sits between the beats. */
const moveText = (grid: BeatGrid, seconds: number): string => {
  const beats = Math.abs(secondsToBeats(grid, Math.abs(seconds)) - secondsToBeats(grid, 0))
  const distance = Math.abs(beats - 0.5) < 1e-6 ? 'half a beat' : `${Math.round(Math.abs(seconds) * 1000)} ms`
  return `grid ${distance} ${side(seconds)}`
}

/** What an edit of a grid is called when it is said, and when it is taken back. */
export const gridEditText = (edit: GridEdit, grid: BeatGrid): string => {
  switch (edit.kind) {
    case 'shift':
      return `first beat of the bar ${distanceText(edit.beats, 'beat')}`
    case 'shift-phrase':
      return `phrase ${distanceText(edit.bars, 'bar')}`
    case 'halve':
      return 'grid at half the tempo'
    case 'double':
      return 'grid at twice the tempo'
    case 'nudge':
      return moveText(grid, edit.seconds)
    case 'tempo':
      return `grid at ${edit.bpm.toFixed(2)} BPM`
    case 're-anchor':
      return `${edit.as === 'beat' ? 'beat' : 'bar'} of the grid at ${timeText(edit.seconds)}`
  }
}
