import type { BeatGrid } from '../beats/beat-grid.ts'
import { carrySpan, doubleTempo, halveTempo, nudge, reAnchor, shiftDownbeat, shiftPhrase } from '../beats/grid-edits.ts'
import type { Track } from '../library/track.ts'
import type { GridVersion } from '../store/grid-store.ts'
import type { Store } from '../store/store.ts'
import { UserError } from '../support/user-error.ts'
import type { Seconds } from '../units/units.ts'
import { requireGrid } from './label-operations.ts'

/** What a person can do to a grid by hand. */
export type GridEdit =
  | { readonly kind: 'shift'; readonly beats: number }
  | { readonly kind: 'shift-phrase'; readonly bars: number }
  | { readonly kind: 'halve' }
  | { readonly kind: 'double' }
  | { readonly kind: 'nudge'; readonly seconds: Seconds }
  | { readonly kind: 're-anchor'; readonly seconds: Seconds; readonly as: 'beat' | 'downbeat' }

const apply = (grid: BeatGrid, edit: GridEdit, durationSeconds: Seconds): BeatGrid => {
  switch (edit.kind) {
    case 'shift':
      return shiftDownbeat(grid, edit.beats)
    case 'shift-phrase':
      return shiftPhrase(grid, edit.bars)
    case 'halve':
      return halveTempo(grid, durationSeconds)
    case 'double':
      return doubleTempo(grid, durationSeconds)
    case 'nudge':
      return nudge(grid, edit.seconds, durationSeconds)
    case 're-anchor':
      return reAnchor(grid, { seconds: edit.seconds, as: edit.as, durationSeconds })
  }
}

const describe = ({ kind, ...amounts }: GridEdit): string => [kind, ...Object.values(amounts)].join(' ')

export type GridEditOptions = {
  /** Of the grid that was edited; left out, nobody else's edit is looked for. */
  readonly version?: number | undefined
}

/**
 * Makes a new version of the track's grid and moves its labels onto it by time; older versions are kept.
 * @throws ANALYSIS_REQUIRED, GRID_EDIT_INVALID, GRID_CHANGED
 */
export const editGrid = (store: Store, track: Track, { version, ...edit }: GridEdit & GridEditOptions): GridVersion => {
  const { grid, version: current } = requireGrid(store, track)
  if (version !== undefined && version !== current)
    throw new UserError('GRID_CHANGED', `The grid of track ${track.id} has version ${current}, not ${version}.`, {
      version: current,
    })
  const analysis = store.analyses.get(track.id)
  if (analysis === null) throw new UserError('ANALYSIS_REQUIRED', `Track ${track.id} is not analysed.`)
  const edited = apply(grid, edit, analysis.durationSeconds)
  return store.grids.add({ trackId: track.id, origin: 'edited', edit: describe(edit), grid: edited }, (span) =>
    carrySpan(span, grid, edited),
  )
}
