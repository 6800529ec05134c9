import { failedTracks } from '../analysis/analyse-job.ts'
import { type FollowingJob, followingJob, type JobDefinition } from '../jobs/job-definition.ts'
import { reportItems, stageFraction } from '../jobs/job-progress.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import { proposingVersion } from '../versions/base-model.ts'
import { readModelVersion } from '../versions/section-model-file.ts'
import { type LibraryReading, readLibrary } from './read-library.ts'

export type ReadLibraryPayload = {
  readonly version: number
  /** Null: every analysed track. */
  readonly trackIds: readonly number[] | null
}

/** A model version reads the library again. */
export const readLibraryJob: JobDefinition<'classify', ReadLibraryPayload, LibraryReading> = {
  kind: 'classify',
  lane: 'reading',
  firstStatus: 'running',
  isResumed: true,
  prepare: ({ store }, { version, trackIds }) => {
    readModelVersion(store, version)
    if (trackIds !== null) requireTracks(store, trackIds)
    return null
  },
  run: (workspace, { version, trackIds }, context) =>
    readLibrary(workspace, {
      version,
      ...(trackIds === null ? {} : { only: new Set(trackIds) }),
      signal: context.signal,
      onProgress: reportItems(context, stageFraction, 'classifying'),
    }),
  retry: ({ failures, version }) =>
    failures.length === 0 ? null : followingJob(readLibraryJob, { version, trackIds: failedTracks(failures) }),
}

/** The proposing version reads what no job has read on its way, unless `autoClassify` is off. */
export const readNewTracks = ({ store }: Workspace): FollowingJob | null => {
  const version = store.settings.all().autoClassify ? proposingVersion(store) : null
  if (version === null || !store.sections.areMissing(version, currentFeatureSpecDigest())) return null
  return followingJob(readLibraryJob, { version, trackIds: null })
}
