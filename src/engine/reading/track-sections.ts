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
import { requireVersion } from '../versions/section-model-file.ts'
import { readLibrary } from './read-library.ts'

/** Sections that a model version reads in a track, on the grid in force. */
export type TrackSections = {
  readonly trackId: number
  readonly version: number
  readonly sections: readonly (Section & { readonly startSeconds: number; readonly endSeconds: number })[]
  readonly madeAt: string
}

/** @returns null where the version has not read the track in its present state */
export const storedSections = (store: Store, track: Track, version: number): TrackSections | null => {
  const stored = store.sections.get(track.id, version)
  const { stale, analysis, grid } = analysisStatus(store, track, currentFeatureSpecDigest())
  if (stored === null || grid === null || stored.gridDigest !== grid.digest) return null
  if (!isStillTrue(stale) || !sectionsHold(stored.specDigest, analysis?.featureSpecDigest)) return null
  return {
    trackId: track.id,
    version,
    madeAt: stored.madeAt,
    sections: stored.sections.map((section) => ({
      ...section,
      startSeconds: beatsToSeconds(grid.grid, section.startBeat),
      endSeconds: beatsToSeconds(grid.grid, section.endBeat),
    })),
  }
}

export type ReadSectionsOptions = {
  /** @default the active version */
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
  const wanted = requireVersion(store, version)
  const kept = storedSections(store, track, wanted)
  if (kept !== null) return kept
  requireGrid(store, track)
  const options = { only: new Set([track.id]), ...(signal ? { signal } : {}) }
  const analysed = await analyseTracks(workspace, options)
  const reading = await readLibrary(workspace, { ...options, version: wanted })
  const failure = analysed.failures[0] ?? reading.failures[0]
  const made = storedSections(store, track, wanted)
  if (made === null)
    throw failure ? failureError(failure) : new UserError('ANALYSIS_REQUIRED', `Track ${track.id} changed meanwhile.`)
  return made
}
