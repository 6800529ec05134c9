/**
 * Honest predictions: everything learnt (section model, calibration) comes from training tracks only; the grid learns from generated music. Of a test track nothing is used but
 * its audio and, for the labels of given spans, the edges of those spans.
 */

import type { BarPhaseModel } from '../../src/core/beats/bar-phase.ts'
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { placeBars } from '../../src/core/beats/place-bars.ts'
import { prepareTrack } from '../../src/core/features/track-context.ts'
import type { SectionKind } from '../../src/core/labels/section-kind.ts'
import { decodeSections } from '../../src/core/sections/decode-sections.ts'
import { groupedFolds } from '../../src/core/training/grouped-folds.ts'
import type { CorpusTrack } from '../corpus/corpus.ts'
import type { Analyser } from './analysis.ts'
import { curveOfFold, type FoldCurve, joinCurves } from './curve.ts'
import { type Forms, NO_FORMS } from './forms.ts'
import type { GriddedTrack, HeardTrack } from './gridded-track.ts'
import { spanSeconds, type TimedPrediction, type TrackPrediction } from './measures.ts'
import { longestUncut } from './section-outcome.ts'
import type { CurvePoint } from './table.ts'
import { artistGroups } from './track-groups.ts'
import { labelSpans, spansInBeats, type TrainedModels, trainModels } from './train.ts'

export type Prepared = {
  readonly tracks: readonly HeardTrack[]
  readonly notes: readonly string[]
  readonly features: Analyser['features']
  /** Asked about the tracks that are judged; the trees alone judge where left out. */
  readonly forms?: Forms
  readonly close: () => Promise<void>
}

const FOLD_COUNT = 5

export const prepareCorpus = async (
  tracks: readonly CorpusTrack[],
  analyser: Analyser,
  forms?: Forms,
): Promise<Prepared> => {
  const notes: string[] = []
  const heard = await Promise.all(
    tracks.map(async (track): Promise<HeardTrack | null> => {
      try {
        return { track, ...(await analyser.track(track.audioPath)) }
      } catch (error) {
        notes.push(`${track.id} is not scored: ${(error as Error).message}`)
        return null
      }
    }),
  )
  return {
    tracks: heard.filter((track) => track !== null),
    notes,
    features: analyser.features,
    ...(forms ? { forms } : {}),
    close: analyser.close,
  }
}

export const layGrids = (
  tracks: readonly HeardTrack[],
  barPhase: BarPhaseModel,
  { features, forms = NO_FORMS }: Pick<Prepared, 'features' | 'forms'>,
): Promise<GriddedTrack[]> =>
  Promise.all(
    tracks.map(async ({ track, tracking, pace }) => {
      const grid = placeBars(tracking, barPhase, { heard: pace })
      const measured = await features(track.audioPath, grid)
      const form = await forms.of({ track, features: measured, grid })
      return { track, tracking, pace, grid, features: measured, context: prepareTrack(measured, grid), form }
    }),
  )

export const predictTrack = (models: TrainedModels, gridded: GriddedTrack): TrackPrediction => {
  const { track, tracking, grid, features, context, form } = gridded
  const sections = decodeSections(models.model, context, grid, { form })
  return {
    grid,
    spans: labelSpans(models.model, gridded).map((label, n): TimedPrediction => {
      const { start, end } = track.segments[n]!
      return { start, end, ...label }
    }),
    uncutBars: longestUncut(sections, { features, grid }),
    sections: sections.map((section) => ({
      ...spanSeconds(grid, section, tracking.durationSeconds),
      label: section.kind,
      confidence: section.confidence,
    })),
    positionOnly: spansInBeats(gridded).map((span): SectionKind => models.byPosition(gridded, span)),
  }
}

type Sides = { readonly train: readonly GriddedTrack[]; readonly test: readonly GriddedTrack[] }
export type Side = Pick<Prepared, 'tracks' | 'features' | 'forms'>

/** Grids of both sides by the shipped model, which was trained on generated music alone. */
export const laySides = async (train: Side, test: Side): Promise<Sides> => ({
  train: await layGrids(train.tracks, shippedBarPhaseModel, { features: train.features }),
  test: await layGrids(test.tracks, shippedBarPhaseModel, test),
})

export const predictSides = async ({ train, test }: Sides): Promise<Map<string, TrackPrediction>> => {
  const models = await trainModels(train)
  return new Map(test.map((gridded) => [gridded.track.id, predictTrack(models, gridded)]))
}

export type Predicted = {
  readonly predictions: ReadonlyMap<string, TrackPrediction>
  readonly notes: readonly string[]
  readonly curve: readonly CurvePoint[]
}

export const trainAndPredict = async (train: Side, test: Side): Promise<Predicted> => {
  const sides = await laySides(train, test)
  return { predictions: await predictSides(sides), notes: [], curve: [] }
}

/** @returns the fold of each track: artists stay together, sources spread evenly */
export const foldTracks = (tracks: readonly HeardTrack[], seed: number): Uint8Array => {
  const sources = [...new Set(tracks.map(({ track }) => track.source))]
  return groupedFolds({
    groups: artistGroups(tracks.map(({ track }) => track)),
    classes: tracks.map(({ track }) => sources.indexOf(track.source)),
    classCount: sources.length,
    foldCount: FOLD_COUNT,
    seed,
  })
}

/** Each fold of a corpus as the test side, the others as what is trained on. */
export const foldSides = (corpus: Prepared, seed: number): readonly { readonly train: Side; readonly test: Side }[] => {
  const folds = foldTracks(corpus.tracks, seed)
  const { features, forms } = corpus
  return Array.from({ length: Math.max(...folds) + 1 }, (_, fold) => ({
    train: { tracks: corpus.tracks.filter((_track, n) => folds[n] !== fold), features },
    test: { tracks: corpus.tracks.filter((_track, n) => folds[n] === fold), features, ...(forms ? { forms } : {}) },
  }))
}

export const crossValidate = async (
  corpus: Prepared,
  options: { readonly seed: number; readonly withCurve: boolean; readonly onFold: (text: string) => void },
): Promise<Predicted> => {
  const folds = foldSides(corpus, options.seed)
  const predictions = new Map<string, TrackPrediction>()
  const curves: FoldCurve[] = []
  for (const [fold, { train, test }] of folds.entries()) {
    options.onFold(`fold ${fold + 1} of ${folds.length}: training on ${train.tracks.length} tracks`)
    const sides = await laySides(train, test)
    for (const [id, prediction] of await predictSides(sides)) predictions.set(id, prediction)
    if (options.withCurve) curves.push(await curveOfFold(sides.train, sides.test, options.seed + fold))
  }
  return { predictions, notes: [], curve: joinCurves(curves) }
}
