/**
 * @file How much better the span head gets with every labelled track.
 * Method: the folds of the scoreboard; for each fold a quarter, a half, three quarters and all of the tracks outside it, nested, drawn
 * DRAWS times at random and artist by artist, as a library grows; every model predicts the fold it never saw, so that all points are
 * measured on all labels.
 * Conventions: all models get as many rounds as the final model; points are means over the draws; seeded.
 */

import { mostLikely, scoreClassification } from '../evaluation/classification-scores.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { createRandom, shuffle } from '../support/random.ts'
import type { CrossFitProgress } from './cross-fit.ts'
import { createRowFit } from './fit-rows.ts'
import { groupOf } from './grouped-folds.ts'
import type { HeadStart } from './head-start.ts'
import type { LabelSample, RowBlock } from './label-rows.ts'
import type { CurveSize } from './learning-gains.ts'
import { type CurveGains, estimateGains } from './learning-gains.ts'

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
  const classCount = kinds.length
  const fit = createRowFit({ ...request, targets, classCount }, progress, curveFits(everyFold.length))
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
        const said = mostLikely(await fit(members, test), classCount)
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
