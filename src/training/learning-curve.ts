/**
 * @file How much better the model gets with every labelled track.
 * Method: for each size, the grouped folds of all tracks, each fold predicted by a model trained on that many tracks drawn at random from
 * the others; so every point is measured on the same labels. Seeded.
 * Conventions: sizes larger than the tracks outside a fold are left out; a class that the drawn tracks lack is simply never predicted.
 */
import { type ClassificationScores, mostLikely, scoreClassification } from '../evaluation/classification-scores.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { logitsToProbabilities, predictLogits } from '../models/boosted-trees.ts'
import type { Progress } from '../support/progress.ts'
import { createRandom, shuffle } from '../support/random.ts'
import { fitBoostedTreesAsync } from './fit-boosted-trees.ts'
import { groupedFolds, groupOf } from './grouped-folds.ts'
import { classWeights, collectSamples, prepareTracks, spanRowsOf, type TrainingTrack } from './label-rows.ts'
import { spanHeadOptions } from './span-head-options.ts'

const CURVE_SIZES: readonly number[] = [3, 5, 10, 20, 30]

export type CurvePoint = {
  /** Tracks each model was trained on. */
  readonly tracks: number
  /** Labels those held, on average. */
  readonly labels: number
  readonly accuracy: number
  readonly macroF1: number
}

export type CurveRequest = {
  readonly tracks: readonly TrainingTrack[]
  readonly kinds: readonly SectionKind[]
  readonly seed: number
  readonly sizes?: readonly number[]
}

/** Ten folds where five would leave too few tracks for the largest size. */
const FEW_FOLDS = 5
const MANY_FOLDS = 10
const EPOCHS = 40

export const learningCurve = async (
  { tracks, kinds, seed, sizes = CURVE_SIZES }: CurveRequest,
  progress: Progress = {},
): Promise<CurvePoint[]> => {
  const samples = collectSamples(prepareTracks(tracks), kinds)
  const { rows, columnCount } = spanRowsOf(samples)
  const targets = samples.map(({ target }) => target)
  const groups = samples.map(({ track }) => groupOf(track))
  const trackCount = new Set(samples.map(({ track }) => track.trackId)).size
  const foldCount = trackCount * (1 - 1 / FEW_FOLDS) >= Math.max(...sizes) ? FEW_FOLDS : MANY_FOLDS
  const folds = groupedFolds({ groups, classes: targets, classCount: kinds.length, foldCount, seed })
  const rowsOf = (picked: readonly number[]): Float32Array =>
    Float32Array.from(picked.flatMap((row) => [...rows.subarray(row * columnCount, (row + 1) * columnCount)]))
  const random = createRandom(seed)
  const points: CurvePoint[] = []
  for (const size of sizes) {
    const predicted = new Uint8Array(samples.length)
    let labels = 0
    let isLargeEnough = true
    for (let fold = 0; fold < foldCount && isLargeEnough; fold++) {
      const outside = [
        ...new Set(samples.filter((_, index) => folds[index] !== fold).map(({ track }) => track.trackId)),
      ]
      isLargeEnough = outside.length >= size
      if (!isLargeEnough) break
      const drawn = new Set(shuffle(outside, random).slice(0, size))
      const train = [...samples.keys()].filter((index) => drawn.has(samples[index]!.track.trackId))
      const test = [...samples.keys()].filter((index) => folds[index] === fold)
      const own = train.map((index) => targets[index]!)
      const trees = await fitBoostedTreesAsync(
        {
          rows: rowsOf(train),
          rowCount: train.length,
          columnCount,
          targets: own,
          classCount: kinds.length,
          weights: classWeights(own, kinds.length, 1),
          options: { ...spanHeadOptions(train.length), rounds: EPOCHS, seed, earlyStoppingRounds: null },
        },
        progress.signal ? { signal: progress.signal } : {},
      )
      const logits = predictLogits(trees, rowsOf(test), test.length)
      const chosen = mostLikely(logitsToProbabilities(logits, kinds.length, 1), kinds.length)
      test.forEach((sample, index) => {
        predicted[sample] = chosen[index]!
      })
      labels += train.length / foldCount
    }
    if (!isLargeEnough) continue
    const scores: ClassificationScores = scoreClassification(targets, predicted, kinds.length)
    points.push({ tracks: size, labels: Math.round(labels), accuracy: scores.accuracy, macroF1: scores.macroF1 })
    progress.onProgress?.((sizes.indexOf(size) + 1) / sizes.length)
  }
  return points
}
