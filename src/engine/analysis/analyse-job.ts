import { type FollowingJob, followingJob, type JobDefinition } from '../jobs/job-definition.ts'
import { reportItems, stageFraction } from '../jobs/job-progress.ts'
import type { FileFailure } from '../kit/file-failure.ts'
import { requireTracks } from '../kit/track-reference.ts'
import { type AnalysisReport, analyseTracks } from './analyse-tracks.ts'

export type AnalysePayload = {
  /** Null: every track that is out of date. */
  readonly trackIds: readonly number[] | null
  /** Whether grids that no person has edited are estimated anew. */
  readonly newGrids: boolean
}

export const failedTracks = (failures: readonly FileFailure[]): readonly number[] =>
  failures.flatMap(({ trackId }) => (trackId === undefined ? [] : [trackId]))

/** A job of the tracks that failed; null where none did. */
export const analyseAgain = (failures: readonly FileFailure[]): FollowingJob | null =>
  failures.length === 0 ? null : followingJob(analyseJob, { trackIds: failedTracks(failures), newGrids: false })

export const analyseJob: JobDefinition<'analyse', AnalysePayload, AnalysisReport> = {
  kind: 'analyse',
  lane: 'library',
  firstStatus: 'running',
  isResumed: true,
  prepare: ({ store }, { trackIds }) => {
    if (trackIds !== null) requireTracks(store, trackIds)
    return null
  },
  run: (workspace, { trackIds, newGrids }, context) =>
    analyseTracks(workspace, {
      newGrids,
      ...(trackIds === null ? {} : { only: new Set(trackIds) }),
      signal: context.signal,
      onProgress: reportItems(context, stageFraction, 'analysing'),
    }),
  retry: ({ failures }) => analyseAgain(failures),
}
