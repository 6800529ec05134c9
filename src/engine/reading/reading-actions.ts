import type { Span } from '../../core/labels/span.ts'
import type { Repeat } from '../../core/sections/find-repeats.ts'
import type { JobOf } from '../jobs/job-definition.ts'
import type { JobQueue } from '../jobs/job-queue.ts'
import type { Job } from '../kit/job.ts'
import { findTrack, requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'
import { type Answering, answeringVersion } from '../versions/answering-version.ts'
import { proposingVersion } from '../versions/base-model.ts'
import { readModelVersion, requireVersion } from '../versions/section-model-file.ts'
import { compareLibrary, type LibraryComparison, type LibraryComparisonOptions } from './compare-library.ts'
import { type EnergeticSections, withEnergy } from './energetic-sections.ts'
import { type ExplainedSpan, explainSpan, repeatsOf } from './explain-span.ts'
import { createOpenTrack } from './open-track.ts'
import type { LibraryReading } from './read-library.ts'
import { readLibraryJob, readMissingNow } from './read-library-job.ts'
import { readTrackOrFile, type TrackReading } from './read-track-or-file.ts'
import { type ReadSectionsOptions, readSections, shownSections, storedSections } from './track-sections.ts'

/**
 * What model versions read in tracks, and why.
 * @throws TRACK_NOT_FOUND, MODEL_NOT_FOUND where the version is missing, or none is active and the shipped one is switched off
 */
export type ReadingActions = {
  /** Kept sections that still hold, or null. @param version the active one where left out */
  readonly storedSections: (track: string, version?: number) => Promise<EnergeticSections | null>
  /** Kept sections, or else made now. */
  readonly readSections: (track: string, options?: ReadSectionsOptions) => Promise<EnergeticSections>
  /** Why a version, or the proposing one, gives a part of a track its kind. */
  readonly explain: (track: string, span: Span & { readonly version?: number | undefined }) => Promise<ExplainedSpan>
  /** Other places in the track that sound like a part of it, best first. */
  readonly repeats: (track: string, span: Span) => Promise<readonly Repeat[]>
  /** Sections of a track of the library or of any audio file, made now and not kept. @param options.version the active one where left out, or else the one that ships */
  readonly readTrackOrFile: (
    reference: string,
    options?: { readonly version?: number; readonly signal?: AbortSignal },
  ) => Promise<{ readonly version: number; readonly scope: Answering['scope']; readonly reading: TrackReading }>
  /** Starts a job in which a version, or else the active or the shipped one, reads the named tracks, or all. */
  readonly start: (request: {
    readonly version: number | null
    readonly trackIds: readonly number[] | null
  }) => Promise<JobOf<typeof readLibraryJob>>
  /** What answers reads at once all that it has not read; without `autoClassify` nothing does. */
  readonly readMissing: (options: Parameters<typeof readMissingNow>[1]) => Promise<LibraryReading | null>
  /** Tells which track a person has open: what it lacks is made before all else. @returns the job, where one is needed */
  readonly open: (track: string) => Promise<Job | null>
  /** Compares what two versions make of the library, where both have read it. */
  readonly compareLibrary: (
    one: number,
    other: number,
    options?: LibraryComparisonOptions,
  ) => Promise<LibraryComparison>
}

/** A file that is not in the library is in no scope. */
const answeringOf = (store: Workspace['store'], trackId: number | null): Answering =>
  trackId === null ? { version: proposingVersion(store), scope: null } : answeringVersion(store, trackId)

export const readingActions = (workspace: Workspace, jobs: JobQueue): ReadingActions => {
  const { store } = workspace
  const open = createOpenTrack(store, jobs)
  return {
    open: async (reference) => open(requireTrack(store, reference)),
    readMissing: (options) => readMissingNow(workspace, options),
    storedSections: async (reference, version) => {
      const track = requireTrack(store, reference)
      const read =
        version === undefined
          ? shownSections(store, track, store.models.activeVersion())
          : storedSections(store, track, version)
      return read && withEnergy(store, read)
    },
    readSections: async (reference, options) =>
      withEnergy(store, await readSections(workspace, requireTrack(store, reference), options)),
    explain: async (reference, span) => explainSpan(workspace, requireTrack(store, reference), span),
    repeats: async (reference, span) => repeatsOf(workspace, requireTrack(store, reference), span),
    readTrackOrFile: async (reference, { version: wanted, signal } = {}) => {
      const track = findTrack(store, reference)
      const { version: answering, scope } = answeringOf(store, track?.id ?? null)
      const version = requireVersion(store, wanted ?? answering)
      const options = { model: readModelVersion(store, version), ...(signal ? { signal } : {}) }
      return {
        version,
        scope: wanted === undefined ? scope : null,
        reading: await readTrackOrFile(workspace, reference, options),
      }
    },
    start: async ({ version, trackIds }) =>
      jobs.start(readLibraryJob, { version: requireVersion(store, version ?? proposingVersion(store)), trackIds }),
    compareLibrary: (one, other, options) => compareLibrary(store, [one, other], options),
  }
}
