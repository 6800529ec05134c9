import { applyGridEdit } from '../../core/beats/apply-grid-edit.ts'
import { describeGridEdit } from '../../core/beats/grid-edit.ts'
import type { GridVersion } from '../../core/beats/grid-version.ts'
import { carrySpansBack } from '../../core/labels/carry-spans.ts'
import { UserError } from '../../core/support/user-error.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { moveSpans } from '../../platform/catalogue/label-rows.ts'
import { putGrid } from '../../platform/catalogue/work-rows.ts'
import { gridDigest } from '../../platform/store/grid-store.ts'
import type { GridChange, GridEditOptions } from '../analysis/edit-grid.ts'
import { movesOf, restoredGrid } from '../analysis/restored-grid.ts'
import type { Catalogue } from './catalogue.ts'
import { editWork, type Gridded, type HeldWork } from './edit-work.ts'

/** @throws GRID_EDIT_INVALID */
const plan = ({ kept, grids, trackId }: HeldWork, edit: GridChange, durationSeconds: number) =>
  edit.kind === 'restore'
    ? restoredGrid(grids, { trackId, to: edit.to })
    : { origin: 'edited' as const, grid: applyGridEdit(kept.grid, edit, durationSeconds), takesBack: [] }

/**
 * Makes a new version of the grid that a team works on, and moves its labels and decisions onto it by time. Other teams keep theirs.
 * @throws ANALYSIS_REQUIRED, GRID_EDIT_INVALID, GRID_CHANGED
 */
export const editTeamGrid = (
  catalogue: Catalogue,
  user: { readonly id: number; readonly teamId: number },
  shared: Gridded,
  { version, ...edit }: GridChange & GridEditOptions,
): Promise<GridVersion> =>
  editWork(catalogue, user, shared, async (held) => {
    const { kept, labels, decisions, trackId, teamId, sql } = held
    if (version !== undefined && version !== kept.version)
      throw new UserError('GRID_CHANGED', `The grid of track ${trackId} has version ${kept.version}, not ${version}.`, {
        version: kept.version,
      })
    if (shared.analysis === null) throw new UserError('ANALYSIS_REQUIRED', `Track ${trackId} is not analysed.`)
    const { grid, origin, takesBack } = plan(held, edit, shared.analysis.durationSeconds)
    const digest = gridDigest(grid)
    if (digest === kept.digest) {
      const { moves: _, ...asItIs } = kept
      return { ...asItIs, trackId }
    }
    const spans = [...labels, ...decisions]
    const carried = carrySpansBack(spans, { from: kept.grid, to: grid, moves: takesBack })
    const made = {
      version: kept.version + 1,
      digest,
      origin,
      edit: describeGridEdit(edit),
      grid,
      createdAt: new Date().toISOString(),
    }
    await putGrid(sql, { teamId, trackId }, { ...made, moves: movesOf(spans, carried) })
    await moveSpans(sql, 'labels', carried.slice(0, labels.length))
    await moveSpans(sql, 'decisions', carried.slice(labels.length))
    await putEvent(sql, teamId, { type: 'grid', trackId, version: made.version })
    return { ...made, trackId }
  })
