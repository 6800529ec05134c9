import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import type { Span } from '../../core/labels/span.ts'
import type { SectionModel } from '../../core/models/section-model.ts'
import { type CheckedTrack, checkLabels as check, type LabelFlaw } from '../../core/sections/check-labels.ts'
import { explainSection as explain, type SectionExplanation } from '../../core/sections/explain-section.ts'
import { findRepeats as find, type Repeat } from '../../core/sections/find-repeats.ts'

export type FindRepeatsInput = { readonly features: FeatureMatrix; readonly grid: BeatGrid; readonly span: Span }
export type ExplainSectionInput = FindRepeatsInput & { readonly model: SectionModel }

export const findRepeats = ({ features, grid, span }: FindRepeatsInput): readonly Repeat[] => find(features, grid, span)

export const explainSection = ({ model, ...track }: ExplainSectionInput): SectionExplanation => explain(model, track)

export const checkLabels = (track: CheckedTrack): readonly LabelFlaw[] => check(track)
