import { applyGridEdit } from '../../core/beats/apply-grid-edit.ts'
import { describeGridEdit, type GridEdit } from '../../core/beats/grid-edit.ts'
import type { GridVersion } from '../../core/beats/grid-version.ts'
import type { Track } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { putGrid } from './put-grid.ts'
import { restoredGrid } from './restored-grid.ts'

export type GridEditOptions = {
  /** Version of the grid that the edit was made on; without it, edits of others are not looked for. */
  readonly version?: number | undefined
}

/** An edit of the grid in force, or the grid of an earlier version again. */
export type GridChange = GridEdit | { readonly kind: 'restore'; readonly to: number }

const versionsOf = ({ grids }: Store, trackId: number) =>
  grids.versions(trackId).map((grid) => ({ ...grid, moves: grids.moves(trackId, grid.version) }))

/**
 * Makes a new version of the track's grid and moves its labels onto it by time; older versions are kept.
 * @throws ANALYSIS_REQUIRED, GRID_EDIT_INVALID, GRID_CHANGED
 */
export const editGrid = async (
  store: Store,
  track: Track,
  { version, ...edit }: GridChange & GridEditOptions,
): Promise<GridVersion> => {
  const put = await putGrid(store, track.id, () => {
    const current = requireGrid(store, track)
    if (version !== undefined && version !== current.version)
      throw new UserError(
        'GRID_CHANGED',
        `The grid of track ${track.id} has version ${current.version}, not ${version}.`,
        { version: current.version },
      )
    if (edit.kind === 'restore')
      return {
        ...restoredGrid(versionsOf(store, track.id), { trackId: track.id, to: edit.to }),
        edit: describeGridEdit(edit),
      }
    const analysis = store.analyses.get(track.id)
    if (analysis === null) throw new UserError('ANALYSIS_REQUIRED', `Track ${track.id} is not analysed.`)
    const grid = applyGridEdit(current.grid, edit, analysis.durationSeconds)
    return { origin: 'edited', edit: describeGridEdit(edit), grid }
  })
  return put!
}
