import type { GridVersion } from '../../core/beats/grid-version.ts'
import type { Track } from '../../core/library/track.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { Workspace } from '../kit/workspace.ts'
import { analyseJob } from './analyse-job.ts'
import { editGrid, type GridChange, type GridEditOptions } from './edit-grid.ts'

/** Edits a grid, tells of it, and has the track measured on its new grid. @throws as `editGrid` does */
export const changeGrid = async (
  { store, emit }: Pick<Workspace, 'store' | 'emit'>,
  jobs: Pick<JobQueue, 'follow'>,
  track: Track,
  change: GridChange & GridEditOptions,
): Promise<GridVersion> => {
  const grid = await editGrid(store, track, change)
  emit({ type: 'grid', trackId: grid.trackId, version: grid.version })
  jobs.follow({ definition: analyseJob, payload: { trackIds: [grid.trackId], newGrids: false } }, 'urgent')
  return grid
}
