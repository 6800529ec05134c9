import { failedTracks } from '../analysis/analyse-job.ts'
import { type FollowingJob, followingJob, type JobDefinition } from '../jobs/job-definition.ts'
import { reportItems, stageFraction } from '../jobs/job-progress.ts'
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

/** The proposing version reads what was analysed and not read on the way, unless `autoClassify` is off. */
export const readNewTracks = ({ store }: Workspace, { unread }: { readonly unread: number }): FollowingJob | null => {
  const version = proposingVersion(store)
  const isWanted = store.settings.all().autoClassify && unread > 0
  return version === null || !isWanted ? null : followingJob(readLibraryJob, { version, trackIds: null })
}
