import { beatsToSeconds } from '../../core/beats/beat-grid.ts'
import type { Track } from '../../core/library/track.ts'
import type { Section } from '../../core/sections/decode-sections.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { analyseTracks } from '../analysis/analyse-tracks.ts'
import { analysisStatus, isStillTrue } from '../analysis/analysis-state.ts'
import { requireGrid } from '../kit/current-grid.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { failureError } from '../kit/file-failure.ts'
import { sectionsHold } from '../kit/section-spec-digest.ts'
import type { Workspace } from '../kit/workspace.ts'
import { type Answering, answeringVersion } from '../versions/answering-version.ts'
import { requireVersion } from '../versions/section-model-file.ts'
import { readLibrary } from './read-library.ts'

/** Sections that a model version reads in a track, on the grid in force. */
export type TrackSections = {
  readonly trackId: number
  readonly version: number
  /** The scope that the version speaks for; null for the general one. */
  readonly scope: Scope | null
  readonly sections: readonly (Section & { readonly startSeconds: number; readonly endSeconds: number })[]
  readonly madeAt: string
}

type Scope = NonNullable<Answering['scope']>
const NO_SCOPE: Answering = { version: null, scope: null }

/** @returns null where the version has not read the track in its present state */
export const storedSections = (store: Store, track: Track, version: number): TrackSections | null => {
  const stored = store.sections.get(track.id, version)
  const { stale, analysis, grid } = analysisStatus(store, track, currentFeatureSpecDigest())
  if (stored === null || grid === null || stored.gridDigest !== grid.digest) return null
  if (!isStillTrue(stale) || !sectionsHold(stored.specDigest, analysis?.featureSpecDigest)) return null
  return {
    trackId: track.id,
    version,
    scope: null,
    madeAt: stored.madeAt,
    sections: stored.sections.map((section) => ({
      ...section,
      startSeconds: beatsToSeconds(grid.grid, section.startBeat),
      endSeconds: beatsToSeconds(grid.grid, section.endBeat),
    })),
  }
}

/**
 * The sections that are shown of a track: those of the smallest scope that answers for it, or else of the general version.
 * @param general the version that proposes
 */
export const shownSections = (store: Store, track: Track, general: number | null): TrackSections | null => {
  const { version, scope } = answeringVersion(store, track.id)
  const own = scope === null || version === null ? null : storedSections(store, track, version)
  if (own !== null) return { ...own, scope }
  return general === null ? null : storedSections(store, track, general)
}

export type ReadSectionsOptions = {
  /** @default that of a scope that answers for the track, or else the active version */
  readonly version?: number | undefined
  readonly signal?: AbortSignal | undefined
}

/**
 * Gives the sections of a track: those that are kept, or else made now, after an analysis where that is out of date.
 * @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL, ANALYSIS_REQUIRED
 */
export const readSections = async (
  workspace: Workspace,
  track: Track,
  { version, signal }: ReadSectionsOptions = {},
): Promise<TrackSections> => {
  const { store } = workspace
  const { scope, version: answering } = version === undefined ? answeringVersion(store, track.id) : NO_SCOPE
  const wanted = requireVersion(store, scope === null ? version : answering)
  const kept = storedSections(store, track, wanted)
  if (kept !== null) return { ...kept, scope }
  requireGrid(store, track)
  const options = { only: new Set([track.id]), ...(signal ? { signal } : {}) }
  const analysed = await analyseTracks(workspace, options)
  const reading = await readLibrary(workspace, { ...options, version: wanted })
  const failure = analysed.failures[0] ?? reading.failures[0]
  const made = storedSections(store, track, wanted)
  if (made === null)
    throw failure ? failureError(failure) : new UserError('ANALYSIS_REQUIRED', `Track ${track.id} changed meanwhile.`)
  return { ...made, scope }
}
