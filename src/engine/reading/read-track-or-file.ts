import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { presentLocation, type Track, trackTitle } from '../../core/library/track.ts'
import type { SectionModel } from '../../core/models/section-model.ts'
import type { Section } from '../../core/sections/decode-sections.ts'
import { UserError } from '../../core/support/user-error.ts'
import { analyseFile } from '../analysis/analyse-file.ts'
import { analyseTracks } from '../analysis/analyse-tracks.ts'
import { analysisStatus } from '../analysis/analysis-state.ts'
import { currentFeatureSpecDigest } from '../kit/feature-spec-digest.ts'
import { failureError } from '../kit/file-failure.ts'
import { askForm, formOf } from '../kit/form-of.ts'
import { findTrack, requireTrack } from '../kit/track-reference.ts'
import type { Workspace } from '../kit/workspace.ts'

/** Sections that a model read in a track or file. */
export type TrackReading = {
  /** Null for a file that is not in the library. */
  readonly trackId: number | null
  readonly title: string
  readonly path: string | null
  readonly durationSeconds: number
  readonly grid: BeatGrid
  /** One value a bar; none where it was not measured. */
  readonly energyCurve: readonly number[]
  readonly sections: readonly Section[]
  /** Whether the model read alone, since the network of form cannot be asked here. */
  readonly withoutForm: boolean
}

export type ReadTrackOptions = { readonly model: SectionModel; readonly signal?: AbortSignal }

/** Reads a track of the library from its cached features, or any audio file. */
export const readTrackOrFile = async (
  workspace: Workspace,
  reference: string,
  options: ReadTrackOptions,
): Promise<TrackReading> => {
  const track = findTrack(workspace.store, reference)
  if (track !== null) return readTrack(workspace, track, options)
  const path = resolve(reference)
  if (!existsSync(path)) requireTrack(workspace.store, reference)
  const cancellation = options.signal ? { signal: options.signal } : {}
  const { features, grid, durationSeconds, facts } = await analyseFile(
    workspace.pool,
    { path, grid: null },
    cancellation,
  )
  const form = await askForm(workspace.pool, { features, grid }, cancellation)
  const input = { model: options.model, features, grid, form }
  const sections = await workspace.pool.run('readSections', input, cancellation)
  return {
    trackId: null,
    title: reference,
    path,
    durationSeconds,
    grid,
    energyCurve: facts.energyCurve,
    sections,
    withoutForm: form === null,
  }
}

/**
 * Analyses the track first where its analysis is out of date.
 * @throws the error of its file where that cannot be read, and ANALYSIS_REQUIRED where it cannot be reached
 */
const readTrack = async (
  workspace: Workspace,
  track: Track,
  { model, signal }: ReadTrackOptions,
): Promise<TrackReading> => {
  const cancellation = signal ? { signal } : {}
  const featureSpecDigest = currentFeatureSpecDigest()
  if (analysisStatus(workspace.store, track, featureSpecDigest).stale !== null) {
    const { failures } = await analyseTracks(workspace, { only: new Set([track.id]), ...cancellation })
    if (failures[0]) throw failureError(failures[0])
  }
  const { analysis, grid, stale } = analysisStatus(workspace.store, track, featureSpecDigest)
  const features = analysis && workspace.store.features.read(analysis)
  if (stale !== null || !analysis || !grid || !features)
    throw new UserError('ANALYSIS_REQUIRED', `Track ${track.id} is not analysed and its file cannot be reached.`)
  const form = await formOf(workspace, { key: analysis, features, grid: grid.grid }, cancellation)
  const sections = await workspace.pool.run('readSections', { model, features, grid: grid.grid, form }, cancellation)
  return {
    trackId: track.id,
    title: trackTitle(track),
    path: presentLocation(track)?.path ?? null,
    durationSeconds: analysis.durationSeconds,
    grid: grid.grid,
    energyCurve: workspace.store.analyses.get(track.id)?.facts.energyCurve ?? [],
    sections,
    withoutForm: form === null,
  }
}
