import type { GridVersion } from '../../core/beats/grid-version.ts'
import type { TagCount, ToldTrackTag } from '../../platform/store/hearing-store.ts'
import type { JobOf } from '../jobs/job-definition.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import { type AnalysePayload, analyseJob } from './analyse-job.ts'
import { changeGrid } from './change-grid.ts'
import type { GridChange, GridEditOptions } from './edit-grid.ts'
import { libraryTags, type PlacedTag, placedTags, trackTags } from './hearing.ts'
import { readWaveform, type Waveform } from './waveform.ts'

/** What is measured and heard of tracks. @throws TRACK_NOT_FOUND */
export type AnalysisActions = {
  /** Named tracks do not wait for a scan under way. */
  readonly start: (payload: AnalysePayload) => Promise<JobOf<typeof analyseJob>>
  /** Measures the track on its new grid afterwards. @throws ANALYSIS_REQUIRED, GRID_EDIT_INVALID, GRID_CHANGED */
  readonly editGrid: (track: string, edit: GridChange, options?: GridEditOptions) => Promise<GridVersion>
  /** The peaks that a waveform display draws; made now where they are missing. */
  readonly waveform: (track: string) => Promise<Waveform>
  /** Tags heard in the library, the commonest first. */
  readonly libraryTags: () => Promise<readonly TagCount[]>
  /** Tags heard in a track, the longest first; null where no network has heard it. */
  readonly trackTags: (track: string) => Promise<readonly ToldTrackTag[] | null>
  /** The same tags, and where they are heard. @throws ANALYSIS_REQUIRED */
  readonly placedTags: (track: string) => Promise<readonly PlacedTag[]>
}

/** @param urgent the workspace with threads that do not wait for jobs */
export const analysisActions = (workspace: Workspace, urgent: Workspace, jobs: JobQueue): AnalysisActions => {
  const { store } = workspace
  return {
    start: async (payload) =>
      jobs.start(analyseJob, payload, { priority: payload.trackIds === null ? 'normal' : 'urgent' }),
    editGrid: async (reference, edit, options) =>
      changeGrid(workspace, jobs, requireTrack(store, reference), { ...edit, ...options }),
    waveform: async (reference) => readWaveform(urgent, requireTrack(store, reference)),
    libraryTags: async () => libraryTags(store),
    trackTags: async (reference) => trackTags(store, requireTrack(store, reference)),
    placedTags: async (reference) => placedTags(workspace, requireTrack(store, reference)),
  }
}
