/** One training, as a user's: from labelled tracks to the section model; beside it the position-only baseline. */
import { secondsToBeats } from '../src/beats/beat-grid.ts'
import { featureSpecString } from '../src/features/feature-spec.ts'
import { POSITION_COLUMNS, spanRow, spanRowLength } from '../src/features/span-features.ts'
import type { TrackContext } from '../src/features/track-context.ts'
import { SECTION_KINDS, type SectionKind } from '../src/labels/section-kind.ts'
import { type Span, spanLength } from '../src/labels/span.ts'
import { predictProbabilities } from '../src/models/boosted-trees.ts'
import type { SectionModel } from '../src/models/section-model.ts'
import { fitBoostedTreesAsync } from '../src/training/fit-boosted-trees.ts'
import { classWeights, collectSamples, spanRowsOf, type TrainingTrack } from '../src/training/label-rows.ts'
import { spanHeadOptions } from '../src/training/span-head-options.ts'
import { trainSections } from '../src/training/train-sections.ts'
import { type CorpusTrack, referenceBoundaries } from './corpus.ts'
import type { GriddedTrack } from './evaluate-folds.ts'

export type SpanModel = Pick<SectionModel, 'kinds' | 'spanHead'>

export type TrainedModels = {
  readonly model: SectionModel
  readonly byPosition: (context: TrackContext, span: Span) => SectionKind
}

/** Instead of the rounds that `trainSections` finds out of fold, and about as many. */
const ROUNDS = 60

/** Segment edges in beats of our grid; the first starts with the track, the last ends with it. */
export const spansInBeats = ({ track, grid }: Pick<GriddedTrack, 'track' | 'grid'>): Span[] =>
  track.segments.map(({ start, end }, n) => ({
    startBeat: n === 0 && start < 1 ? 0 : Math.max(0, Math.round(secondsToBeats(grid, start))),
    endBeat:
      n === track.segments.length - 1
        ? grid.beatCount
        : Math.min(grid.beatCount, Math.round(secondsToBeats(grid, end))),
  }))

type LabelledSpan = { readonly label: SectionKind; readonly span: Span }

/** Labels that count and that our grid can hold. */
const labelledSpans = (gridded: GriddedTrack): LabelledSpan[] => {
  const spans = spansInBeats(gridded)
  return gridded.track.segments.flatMap(({ label, counts }, n) =>
    label && counts && spanLength(spans[n]!) >= 1 ? [{ label, span: spans[n]! }] : [],
  )
}

export const toTraining = (gridded: GriddedTrack): TrainingTrack => ({
  trackId: gridded.track.id,
  artist: gridded.track.artist,
  grid: gridded.grid,
  matrix: gridded.context.matrix,
  labels: labelledSpans(gridded).map(({ label, span }, n) => ({
    ...span,
    kind: label,
    source: 'imported',
    id: `${gridded.track.id} ${n}`,
  })),
})

const doubtfulBeats = ({ track, grid }: { track: CorpusTrack; grid: GriddedTrack['grid'] }): number[] =>
  referenceBoundaries(track).ignored.map((time) => secondsToBeats(grid, time))

const fitSpans = async (tracks: readonly GriddedTrack[], firstColumn: number): Promise<SpanModel> => {
  const prepared = tracks.map((gridded) => ({ ...toTraining(gridded), context: gridded.context }))
  const present = new Set(prepared.flatMap(({ labels }) => labels.map(({ kind }) => kind)))
  const kinds = SECTION_KINDS.filter((kind) => present.has(kind))
  const samples = collectSamples(prepared, kinds)
  const targets = samples.map(({ target }) => target)
  const block = spanRowsOf(samples)
  const columnCount = block.columnCount - firstColumn
  const rows = new Float32Array(samples.length * columnCount)
  for (let row = 0; row < samples.length; row++)
    rows.set(
      block.rows.subarray(row * block.columnCount + firstColumn, (row + 1) * block.columnCount),
      row * columnCount,
    )
  const trees = await fitBoostedTreesAsync({
    rows,
    rowCount: samples.length,
    columnCount,
    targets,
    weights: classWeights(targets, kinds.length, 1),
    classCount: kinds.length,
    options: {
      ...spanHeadOptions(samples.length),
      ...(columnCount <= POSITION_COLUMNS.length && { columnFraction: 1 }),
      rounds: ROUNDS,
      seed: 1,
      earlyStoppingRounds: null,
    },
  })
  return { kinds, spanHead: { trees, temperature: 1 } }
}

const rowOf = (context: TrackContext, span: Span): Float32Array => {
  const row = new Float32Array(spanRowLength(context))
  spanRow(context, span, row, 0)
  return row
}

const mostLikelyKind = (
  { kinds, spanHead }: SpanModel,
  row: Float32Array,
): { readonly label: SectionKind; readonly confidence: number } => {
  const probabilities = [...predictProbabilities(spanHead.trees, row, 1, spanHead.temperature)]
  const confidence = Math.max(...probabilities)
  return { label: kinds[probabilities.indexOf(confidence)]!, confidence }
}

/** The span head alone, for the learning curve. */
export const trainSpans = (tracks: readonly GriddedTrack[]): Promise<SpanModel> => fitSpans(tracks, 0)

/** Our labels of a track's true spans. */
export const labelSpans = (
  model: SpanModel,
  gridded: GriddedTrack,
): { readonly label: SectionKind; readonly confidence: number }[] =>
  spansInBeats(gridded).map((span) => mostLikelyKind(model, rowOf(gridded.context, span)))

export const trainModels = async (tracks: readonly GriddedTrack[]): Promise<TrainedModels> => {
  const { model } = await trainSections({
    tracks: tracks.map(toTraining),
    options: {
      featureSpec: featureSpecString(),
      seed: 1,
      // A corpus is measured as it is, also where a kind is rarer than a user's labels may be.
      minSamples: 1,
      scoreboard: false,
      doubtfulBeats: new Map(tracks.map((gridded) => [gridded.track.id, doubtfulBeats(gridded)])),
    },
  })
  const rowLength = spanRowLength(tracks[0]!.context)
  const position = await fitSpans(tracks, rowLength - POSITION_COLUMNS.length)
  return {
    model,
    byPosition: (context, span) => mostLikelyKind(position, rowOf(context, span).slice(-POSITION_COLUMNS.length)).label,
  }
}
