import { failedTracks } from '../analysis/analyse-job.ts'
import { type FollowingJob, followingJob, type JobDefinition } from '../jobs/job-definition.ts'
import { reportItems, stageFraction } from '../jobs/job-progress.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { sectionSpecDigest } from '../kit/section-spec-digest.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import { scopesInForce, tracksInScope } from '../versions/answering-version.ts'
import { proposingVersion } from '../versions/base-model.ts'
import { readModelVersion } from '../versions/section-model-file.ts'
import { type LibraryReading, type ReadLibraryOptions, readLibrary } from './read-library.ts'

export type ReadLibraryPayload = {
  readonly version: number
  /** Null: every analysed track. */
  readonly trackIds: readonly number[] | null
}

/** After the general version, those of scopes read the tracks that they answer for. */
const readForAll = async (workspace: Workspace, options: ReadLibraryOptions): Promise<LibraryReading> => {
  const { store } = workspace
  const reading = await readLibrary(workspace, options)
  if (options.version !== proposingVersion(store)) return reading
  return scopesInForce(store).reduce(async (before, scope) => {
    const only = new Set(tracksInScope(store, scope, options.only && [...options.only]))
    const [whole, own] = [
      await before,
      await readLibrary(workspace, { ...options, version: scope.activeVersion, only }),
    ]
    return {
      ...whole,
      classified: whole.classified + own.classified,
      failures: [...whole.failures, ...own.failures],
    }
  }, Promise.resolve(reading))
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
    readForAll(workspace, {
      version,
      ...(trackIds === null ? {} : { only: new Set(trackIds) }),
      signal: context.signal,
      onProgress: reportItems(context, stageFraction, 'classifying'),
    }),
  retry: ({ failures, version }) =>
    failures.length === 0 ? null : followingJob(readLibraryJob, { version, trackIds: failedTracks(failures) }),
}

/** The version that reads without being asked: the proposing one, unless `autoClassify` is off. */
const readerOf = (store: Workspace['store']): number | null =>
  store.settings.all().autoClassify ? proposingVersion(store) : null

/** Reads at once what would be read in the background: whoever asks has nothing that goes on in the background. @returns null where nothing reads without being asked */
export const readMissingNow = async (
  workspace: Workspace,
  { signal, onProgress }: { readonly signal: AbortSignal; readonly onProgress: (fraction: number) => void },
): Promise<LibraryReading | null> => {
  const version = readerOf(workspace.store)
  return version === null
    ? null
    : readForAll(workspace, { version, signal, onProgress: (progress) => onProgress(stageFraction(progress)) })
}

/** What was analysed and not read on the way is read now. */
export const readNewTracks = ({ store }: Workspace, { unread }: { readonly unread: number }): FollowingJob | null => {
  const version = readerOf(store)
  return version === null || unread === 0 ? null : followingJob(readLibraryJob, { version, trackIds: null })
}

/** After a look at the whole library, also what an interrupted job left analysed and unread is read. */
export const readMissingTracks = (
  { store }: Workspace,
  { analysed, upToDate }: { readonly analysed: number; readonly upToDate: number },
): FollowingJob | null => {
  const version = readerOf(store)
  if (version === null || analysed + upToDate === 0) return null
  const features = currentFeatureSpecDigest()
  const isMissing = store.sections.areMissing(version, { features, sections: sectionSpecDigest(features) })
  return isMissing ? followingJob(readLibraryJob, { version, trackIds: null }) : null
}
