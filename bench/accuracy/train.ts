/** One training, as a user's: from labelled tracks to the section model; beside it the position-only baseline. */
import { secondsToBeats } from '../../src/core/beats/beat-grid.ts'
import { featureSpecString } from '../../src/core/features/feature-spec.ts'
import { POSITION_COLUMNS, SPAN_ROW_LENGTH, spanRow } from '../../src/core/features/span-features.ts'
import { SECTION_KINDS, type SectionKind } from '../../src/core/labels/section-kind.ts'
import { type Span, spanLength } from '../../src/core/labels/span.ts'
import { logitsToProbabilities, predictProbabilities } from '../../src/core/models/boosted-trees.ts'
import type { SectionModel } from '../../src/core/models/section-model.ts'
import { crossFit } from '../../src/core/training/cross-fit.ts'
import { fitBoostedTreesAsync } from '../../src/core/training/fit-boosted-trees.ts'
import { fitTemperature } from '../../src/core/training/fit-temperature.ts'
import { foldsOfLabels } from '../../src/core/training/grouped-folds.ts'
import { labelStart } from '../../src/core/training/head-start.ts'
import { classWeights, collectSamples, spanRowsOf, type TrainingTrack } from '../../src/core/training/label-rows.ts'
import { spanHeadOptions } from '../../src/core/training/span-head-options.ts'
import { type TrainedSections, trainSections } from '../../src/core/training/train-sections.ts'
import { type CorpusTrack, referenceBoundaries } from '../corpus/corpus.ts'
import type { GriddedTrack } from './gridded-track.ts'

export type SpanModel = Pick<SectionModel, 'kinds' | 'spanHead'>

export type TrainedModels = {
  readonly model: SectionModel
  /** What was said of each label by a model that had not seen its track. */
  readonly outOfFold: readonly (TrainedSections['outOfFold'][number] & Pick<SectionModel, 'kinds'>)[]
  readonly byPosition: (gridded: GriddedTrack, span: Span) => SectionKind
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

type LabelledSpan = { readonly label: SectionKind; readonly span: Span; readonly segment: number }

/** Labels that count and that our grid can hold. */
const labelledSpans = (gridded: GriddedTrack): LabelledSpan[] => {
  const spans = spansInBeats(gridded)
  return gridded.track.segments.flatMap(({ label, counts }, n) =>
    label && counts && spanLength(spans[n]!) >= 1 ? [{ label, span: spans[n]!, segment: n }] : [],
  )
}

/** The id of the label that a segment of a track becomes. */
export const labelIdOf = ({ track }: Pick<GriddedTrack, 'track'>, segment: number): string => `${track.id} ${segment}`

export const toTraining = (gridded: GriddedTrack): TrainingTrack => ({
  audioDigest: gridded.track.id,
  artist: gridded.track.artist,
  grid: gridded.grid,
  matrix: gridded.context.matrix,
  labels: labelledSpans(gridded).map(({ label, span, segment }) => ({
    ...span,
    kind: label,
    source: 'imported',
    id: labelIdOf(gridded, segment),
  })),
})

const doubtfulBeats = ({ track, grid }: { track: CorpusTrack; grid: GriddedTrack['grid'] }): number[] =>
  referenceBoundaries(track).ignored.map((time) => secondsToBeats(grid, time))

/** What a span head reads of a span. */
export type RowOf = (gridded: GriddedTrack, span: Span) => Float32Array

const wholeRow: RowOf = ({ context }, span) => {
  const row = new Float32Array(SPAN_ROW_LENGTH)
  spanRow(context, span, row, 0)
  return row
}
const positionRow: RowOf = (gridded, span) => wholeRow(gridded, span).slice(-POSITION_COLUMNS.length)

/** The span head alone: for the learning curve, and for what else is tried as its rows. */
export const trainSpans = async (tracks: readonly GriddedTrack[], rowOf: RowOf = wholeRow): Promise<SpanModel> => {
  const labelled = tracks.flatMap((gridded) =>
    labelledSpans(gridded).map(({ label, span }) => ({ label, row: rowOf(gridded, span) })),
  )
  const kinds = SECTION_KINDS.filter((kind) => labelled.some(({ label }) => label === kind))
  const targets = labelled.map(({ label }) => kinds.indexOf(label))
  const columnCount = labelled[0]!.row.length
  const rows = new Float32Array(labelled.length * columnCount)
  labelled.forEach(({ row }, at) => {
    rows.set(row, at * columnCount)
  })
  const trees = await fitBoostedTreesAsync({
    rows,
    rowCount: labelled.length,
    columnCount,
    targets,
    weights: classWeights(targets, kinds.length, 1),
    classCount: kinds.length,
    options: {
      ...spanHeadOptions(labelled.length),
      ...(columnCount <= POSITION_COLUMNS.length && { columnFraction: 1 }),
      rounds: ROUNDS,
      seed: 1,
      earlyStoppingRounds: null,
    },
  })
  return { kinds, spanHead: { trees, temperature: 1 } }
}

export type TrainedSpans = SpanModel & {
  /** The chance that models which had not seen a label's track gave its kind. */
  readonly outOfFold: readonly { readonly labelId: string; readonly chance: number }[]
}

const FOLDS = 5
const MOST_ROUNDS = 80

/**
 * The span head alone, as a person's training makes it: it stops where folds are best, and begins from a model of other music.
 * @param base saw neither these tracks nor those that will be judged; null begins from nothing
 */
export const trainSpansFrom = async (
  tracks: readonly GriddedTrack[],
  base: SpanModel | null,
): Promise<TrainedSpans> => {
  const prepared = tracks.map((gridded) => ({ ...toTraining(gridded), context: gridded.context }))
  const kinds = SECTION_KINDS.filter((kind) => prepared.some(({ labels }) => labels.some((one) => one.kind === kind)))
  const samples = collectSamples(prepared, kinds)
  const targets = samples.map(({ target }) => target)
  const [classCount, seed] = [kinds.length, 1]
  const block = spanRowsOf(samples)
  const { trees, logits } = await crossFit(
    {
      block,
      targets,
      classCount,
      balance: 1,
      start: labelStart(base, 'spanHead', { ...block, kinds }),
      folds: foldsOfLabels(samples, { classCount, foldCount: FOLDS, seed }),
      options: { ...spanHeadOptions(samples.length), rounds: MOST_ROUNDS, seed },
    },
    {},
  )
  const temperature = fitTemperature(logits, targets, classCount)
  const chances = logitsToProbabilities(logits, classCount, temperature)
  const outOfFold = samples.map(({ label, target }, at) => ({
    labelId: label.id,
    chance: chances[at * classCount + target]!,
  }))
  return { kinds, spanHead: { trees, temperature }, outOfFold }
}

const mostLikelyKind = (
  { kinds, spanHead }: SpanModel,
  row: Float32Array,
): { readonly label: SectionKind; readonly confidence: number } => {
  const probabilities = [...predictProbabilities(spanHead.trees, row, 1, spanHead.temperature)]
  const confidence = Math.max(...probabilities)
  return { label: kinds[probabilities.indexOf(confidence)]!, confidence }
}

/** Our labels of a track's true spans. */
export const labelSpans = (
  model: SpanModel,
  gridded: GriddedTrack,
  rowOf: RowOf = wholeRow,
): { readonly label: SectionKind; readonly confidence: number }[] =>
  spansInBeats(gridded).map((span) => mostLikelyKind(model, rowOf(gridded, span)))

/** @param base saw neither these tracks nor those that will be judged, nor their artists */
export const trainModels = async (
  tracks: readonly GriddedTrack[],
  base: SectionModel | null = null,
): Promise<TrainedModels> => {
  const { model, outOfFold } = await trainSections({
    tracks: tracks.map(toTraining),
    options: {
      featureSpec: featureSpecString(),
      seed: 1,
      // A corpus is measured as it is, also where a kind is rarer than a user's labels may be.
      minSamples: 1,
      scoreboard: false,
      base,
      doubtfulBeats: new Map(tracks.map((gridded) => [gridded.track.id, doubtfulBeats(gridded)])),
    },
  })
  const position = await trainSpans(tracks, positionRow)
  return {
    model,
    outOfFold: outOfFold.map((guess) => ({ ...guess, kinds: model.kinds })),
    byPosition: (gridded, span) => mostLikelyKind(position, positionRow(gridded, span)).label,
  }
}
