import type { BeatGrid } from '../beats/beat-grid.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { prepareTrack } from '../features/track-context.ts'
import type { SectionModel } from '../models/section-model.ts'
import { decodeSections, type Section } from '../sections/decode-sections.ts'

export type ClassifyTrackInput = {
  readonly model: SectionModel
  readonly features: FeatureMatrix
  readonly grid: BeatGrid
}

/** The sections of a track whose features are known. */
export const classifyTrack = ({ model, features, grid }: ClassifyTrackInput): readonly Section[] =>
  decodeSections(model, prepareTrack(features, grid), grid)
