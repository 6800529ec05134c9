/** @file One edit of a grid by its name: what is recorded, sent or kept for undo, made. */
import type { Seconds } from '../units/units.ts'
import type { BeatGrid } from './beat-grid.ts'
import { beginPhrases } from './begin-phrases.ts'
import { dropOvertaken } from './edited-grid.ts'
import type { GridEdit } from './grid-edit.ts'
import { confirmGrid, moveHalfBeat, nudge, reAnchor, setMetre, shiftDownbeat, shiftPhrase } from './grid-edits.ts'
import { takeGrid } from './take-grid.ts'
import { doubleTempo, halveTempo, pinBeat, setTempo } from './tempo-edits.ts'

/** The edited grid. @throws GRID_EDIT_INVALID */
export const applyGridEdit = (before: BeatGrid, edit: GridEdit, durationSeconds: Seconds): BeatGrid => {
  const grid = dropOvertaken(before)
  switch (edit.kind) {
    case 'shift':
      return shiftDownbeat(grid, edit.beats)
    case 'shift-phrase':
      return shiftPhrase(grid, edit.bars)
    case 'phrases':
      return beginPhrases(grid, edit.seconds, durationSeconds)
    case 'halve':
      return halveTempo(grid, durationSeconds)
    case 'double':
      return doubleTempo(grid, durationSeconds)
    case 'half-beat':
      return moveHalfBeat(grid, edit, durationSeconds)
    case 'nudge':
      return nudge(grid, edit.seconds, durationSeconds)
    case 'tempo':
      return setTempo(grid, { bpm: edit.bpm, seconds: edit.seconds, durationSeconds })
    case 're-anchor':
      return reAnchor(grid, { seconds: edit.seconds, as: edit.as, durationSeconds })
    case 'pin':
      return pinBeat(grid, edit.seconds, durationSeconds)
    case 'confirm':
      return confirmGrid(grid)
    case 'import':
      return takeGrid(grid, edit, durationSeconds)
    case 'metre':
      return setMetre(grid, { beatsPerBar: edit.beats, seconds: edit.seconds, durationSeconds })
  }
}
