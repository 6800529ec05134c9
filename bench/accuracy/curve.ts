/** How the labels of given spans get better with the number of labelled tracks: the span head alone, on the tracks of each fold left out. */
import type { SectionKind } from '../../src/core/labels/section-kind.ts'
import { createRandom, shuffle } from '../../src/core/support/random.ts'
import { scorePairs } from './figure.ts'
import type { GriddedTrack } from './gridded-track.ts'
import type { CurvePoint } from './table.ts'
import { labelSpans, trainSpans } from './train.ts'

const TRACK_COUNTS = [3, 5, 10, 20, 30] as const

type CurvePair = { readonly truth: SectionKind; readonly predicted: SectionKind }

/** What one fold adds: per number of tracks the labels it was trained on, and the pairs on the tracks left out. */
export type FoldCurve = readonly {
  readonly tracks: number
  readonly labels: number
  readonly pairs: readonly CurvePair[]
}[]

export const curveOfFold = async (
  train: readonly GriddedTrack[],
  test: readonly GriddedTrack[],
  seed: number,
): Promise<FoldCurve> => {
  const order = shuffle(train, createRandom(seed))
  const points = []
  for (const tracks of TRACK_COUNTS.filter((count) => count <= train.length)) {
    const chosen = order.slice(0, tracks)
    const labels = chosen.flatMap(({ track }) => track.segments.filter(({ label, counts }) => label && counts))
    // One kind teaches nothing to tell apart: such a draw is no point of the curve.
    if (new Set(labels.map(({ label }) => label)).size < 2) continue
    const head = await trainSpans(chosen)
    const pairs = test.flatMap((gridded) => {
      const predicted = labelSpans(head, gridded)
      return gridded.track.segments.flatMap(({ label, counts }, n) =>
        label && counts ? [{ truth: label, predicted: predicted[n]!.label }] : [],
      )
    })
    points.push({ tracks, labels: labels.length, pairs })
  }
  return points
}

/** @returns points that every fold could give, pooled over the folds */
export const joinCurves = (folds: readonly FoldCurve[]): CurvePoint[] =>
  TRACK_COUNTS.flatMap((tracks) => {
    const own = folds.flatMap((fold) => fold.filter((point) => point.tracks === tracks))
    const pairs = own.flatMap((point) => point.pairs)
    if (own.length < folds.length || pairs.length === 0) return []
    const { accuracy, macroF1 } = scorePairs(pairs)
    return [{ tracks, labels: own.reduce((sum, { labels }) => sum + labels, 0) / own.length, accuracy, macroF1 }]
  })
