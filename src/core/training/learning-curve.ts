/**
 * @file How much better the span head gets with every labelled track.
 * Method: the folds of the scoreboard; for each fold a quarter, a half, three quarters and all of the tracks outside it, nested, drawn
 * DRAWS times at random and artist by artist, as a library grows; every model predicts the fold it never saw, so that all points are
 * measured on all labels.
 * Conventions: all models get as many rounds as the final model; points are means over the draws; seeded.
 */

import { mostLikely, scoreClassification } from '../evaluation/classification-scores.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { logitsToProbabilities, predictLogits } from '../models/boosted-trees.ts'
import { createRandom, shuffle } from '../support/random.ts'
import type { CrossFitProgress } from './cross-fit.ts'
import { fitBinnedTrees } from './fit-boosted-trees.ts'
import { groupOf } from './grouped-folds.ts'
import { addStart, type HeadStart } from './head-start.ts'
import { binRows } from './histogram-bins.ts'
import { classWeights, type LabelSample, type RowBlock } from './label-rows.ts'
import type { CurveSize } from './learning-gains.ts'
import { type CurveGains, estimateGains } from './learning-gains.ts'
import { spanHeadOptions } from './span-head-options.ts'

const SHARES = [0.25, 0.5, 0.75, 1] as const
/** With two draws the figures of the corpus moved by up to 1.9 points against eight; four take half the time of eight. */
const DRAWS = 4
/** With fewer tracks a quarter is one or two, and a point says more about these than about their number. */
const LEAST_TRACKS = 8

type KindPoint = {
  /** Labels of the kind that a model was trained on, on average over the folds. */
  readonly labels: number
  readonly f1: number
}

type CurvePoint = {
  /** Of the tracks outside a fold. */
  readonly share: number
  /** Tracks and labels that a model was trained on, on average over the folds. */
  readonly tracks: number
  readonly labels: number
  readonly accuracy: number
  readonly macroF1: number
  /** In the order of the kinds. */
  readonly kinds: readonly KindPoint[]
}

export type LearningCurve = CurveGains & { readonly points: readonly CurvePoint[] }

export type CurveRequest = {
  readonly samples: readonly LabelSample[]
  readonly kinds: readonly SectionKind[]
  /** Fold of each sample. */
  readonly folds: ArrayLike<number>
  readonly block: RowBlock
  readonly rounds: number
  readonly seed: number
  /** What the model began from; null for nothing. */
  readonly start?: HeadStart | null
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

const pointOf = (size: CurveSize, targets: readonly number[], kinds: readonly SectionKind[]): CurvePoint => {
  const scores = size.predicted.map((predicted) => scoreClassification(targets, predicted, kinds.length))
  return {
    share: size.share,
    tracks: size.tracks,
    labels: size.labels.reduce((sum, labels) => sum + labels, 0),
    accuracy: meanOf(scores.map(({ accuracy }) => accuracy)),
    macroF1: meanOf(scores.map(({ macroF1 }) => macroF1)),
    kinds: kinds.map((_, kind) => ({
      labels: size.labels[kind]!,
      f1: meanOf(scores.map(({ classes }) => classes[kind]!.f1)),
    })),
  }
}

type Fit = (members: readonly number[], test: readonly number[]) => Promise<Uint8Array>

/** @returns a function that trains on some samples and predicts others; bins are shared, since they see no labels */
const createFit = (
  { samples, kinds, block, rounds, seed, start = null }: CurveRequest,
  { signal, onRound, onProgress }: CrossFitProgress,
  fits: number,
): Fit => {
  const classCount = kinds.length
  const targets = Uint8Array.from(samples, ({ target }) => target)
  const binned = binRows(block.rows, block.rowCount, spanHeadOptions(samples.length).maxBins ?? 63)
  let done = 0
  return async (members, test) => {
    const weights = new Float32Array(block.rowCount)
    classWeights(
      members.map((member) => targets[member]!),
      classCount,
      1,
    ).forEach((weight, at) => {
      weights[members[at]!] = weight
    })
    const options = { ...spanHeadOptions(members.length), rounds, seed, earlyStoppingRounds: null }
    const whole = { binned, members: Int32Array.from(members), targets, weights }
    const { set: train, factor } = start?.begin(whole, members.length) ?? { set: whole, factor: 0 }
    const trees = await fitBinnedTrees(
      { train, classCount, options },
      {
        ...(signal && { signal }),
        onProgress: (fraction) => onProgress?.((done + fraction) / fits),
        onRound: (round, trainLoss) => onRound?.({ fit: done, fold: done, round, trainLoss, validationLoss: null }),
      },
    )
    done++
    const width = block.columnCount
    const rows = new Float32Array(test.length * width)
    test.forEach((row, at) => {
      rows.set(block.rows.subarray(row * width, (row + 1) * width), at * width)
    })
    const grown = predictLogits(trees, rows, test.length)
    const outputs = grown.length / test.length
    const logits = Float32Array.from(
      test.flatMap((row, at) => [
        ...addStart(start, { factor, row, grown: grown.subarray(at * outputs, (at + 1) * outputs) }),
      ]),
    )
    return mostLikely(logitsToProbabilities(logits, classCount, 1), classCount)
  }
}

/** Number of models that one curve takes. */
export const curveFits = (foldCount: number): number => foldCount * (DRAWS * (SHARES.length - 1) + 1)

/** @returns null for fewer than LEAST_TRACKS tracks */
export const learningCurve = async (
  request: CurveRequest,
  progress: CrossFitProgress = {},
): Promise<LearningCurve | null> => {
  const { samples, kinds, folds, seed } = request
  const trackOf = samples.map(({ track }) => track.audioDigest)
  if (new Set(trackOf).size < LEAST_TRACKS) return null
  const groupOfTrack = new Map(samples.map(({ track }) => [track.audioDigest, groupOf(track)]))
  const targets = samples.map(({ target }) => target)
  const everyFold = [...new Set(Array.from(folds))].sort((a, b) => a - b)
  const fit = createFit(request, progress, curveFits(everyFold.length))
  const random = createRandom(seed)
  const sizes = SHARES.map((share) => {
    // Every draw of all tracks is the same.
    const draws = share === 1 ? 1 : DRAWS
    const predicted = Array.from({ length: draws }, () => new Uint8Array(samples.length))
    return { share, tracks: 0, labels: kinds.map(() => 0), predicted }
  })
  for (const fold of everyFold) {
    const test = [...samples.keys()].filter((sample) => folds[sample] === fold)
    const outside = [...new Set(trackOf.filter((_, sample) => folds[sample] !== fold))]
    const artists = [...Map.groupBy(outside, (track) => groupOfTrack.get(track)!).values()]
    const orders = Array.from({ length: DRAWS }, () => shuffle(artists, random).flat())
    for (const size of sizes) {
      const taken = Math.max(1, Math.round(size.share * outside.length))
      size.tracks += taken / everyFold.length
      for (const [draw, predicted] of size.predicted.entries()) {
        const drawn = new Set(orders[draw]!.slice(0, taken))
        const members = [...samples.keys()].filter((sample) => folds[sample] !== fold && drawn.has(trackOf[sample]!))
        for (const member of members) size.labels[targets[member]!]! += 1 / (everyFold.length * size.predicted.length)
        const said = await fit(members, test)
        test.forEach((sample, at) => {
          predicted[sample] = said[at]!
        })
      }
    }
  }
  return {
    points: sizes.map((size) => pointOf(size, targets, kinds)),
    ...estimateGains({ sizes, targets, kinds, trackOf, folds, seed }),
  }
}
