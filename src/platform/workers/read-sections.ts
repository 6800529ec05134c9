import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import { prepareTrack } from '../../core/features/track-context.ts'
import type { SectionModel } from '../../core/models/section-model.ts'
import { decodeSections, type Section } from '../../core/sections/decode-sections.ts'
import type { TrackForm } from '../../core/sections/track-form.ts'

export type ReadSectionsInput = {
  readonly model: SectionModel
  readonly features: FeatureMatrix
  readonly grid: BeatGrid
  /** What the network of form says of the track; null where none can be asked. */
  readonly form: TrackForm | null
}

/** Reads the sections of a track whose features are known. */
export const readSections = ({ model, features, grid, form }: ReadSectionsInput): readonly Section[] =>
  decodeSections(model, prepareTrack(features, grid), grid, { form })
