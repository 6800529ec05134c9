import { presentLocation, type Track } from '../../core/library/track.ts'
import type { Store } from '../../platform/store/store.ts'
import { type AnalysePayload, analyseJob } from '../analysis/analyse-job.ts'
import { analysisStatus } from '../analysis/analysis-state.ts'
import { type FollowingJob, followingJob } from '../jobs/job-definition.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import type { Job } from '../kit/job.ts'
import { answeringVersion } from '../versions/answering-version.ts'
import { readLibraryJob } from './read-library-job.ts'
import { storedSections } from './track-sections.ts'

/** What a track still needs before a person can work on it; null where that is nothing, or nothing that would succeed. */
const missingOf = (store: Store, track: Track): FollowingJob | null => {
  const { stale } = analysisStatus(store, track, currentFeatureSpecDigest())
  if (stale !== null) {
    if (presentLocation(track) === null || store.analyses.failure(track.id) !== null) return null
    return followingJob(analyseJob, { trackIds: [track.id], newGrids: false } satisfies AnalysePayload)
  }
  const version = store.settings.all().autoClassify ? answeringVersion(store, track.id).version : null
  if (version === null || storedSections(store, track, version) !== null) return null
  return followingJob(readLibraryJob, { version, trackIds: [track.id] })
}

/**
 * Makes at once what the track in front of a person still lacks, before all other work. The track that was open before
 * no longer has that place: where its job still waits, it is withdrawn.
 */
export const createOpenTrack = (store: Store, jobs: JobQueue): ((track: Track) => Promise<Job | null>) => {
  let last: { readonly job: Job; readonly trackId: number } | null = null
  return async (track) => {
    const before = last
    const next = missingOf(store, track)
    const known = new Set(jobs.list({ statuses: ['pending'] }).map(({ id }) => id))
    const job = next && jobs.start(next.definition, next.payload, { priority: 'urgent' })
    // A job that somebody else asked for stays theirs.
    last = job !== null && !known.has(job.id) ? { job, trackId: track.id } : null
    if (before !== null && before.trackId !== track.id && known.has(before.job.id)) await jobs.cancel(before.job.id)
    return job
  }
}
