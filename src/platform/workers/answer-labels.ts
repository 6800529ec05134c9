import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import { prepareTrack } from '../../core/features/track-context.ts'
import type { Span } from '../../core/labels/span.ts'
import { predictSpans, type SectionModel } from '../../core/models/section-model.ts'

/** For each model the spans of a track that it is asked about. */
export type AnswerLabelsInput = {
  readonly models: readonly SectionModel[]
  readonly tracks: readonly {
    readonly features: FeatureMatrix
    readonly grid: BeatGrid
    readonly spans: readonly (readonly Span[])[]
  }[]
}

/** @returns for each track and model a probability of each of its kinds for each span, shape (spans, kinds) */
export const answerLabels = ({ models, tracks }: AnswerLabelsInput): readonly (readonly Float32Array[])[] =>
  tracks.map(({ features, grid, spans }) => {
    const context = prepareTrack(features, grid)
    return models.map((model, at) => predictSpans(model, context, spans[at]!))
  })
