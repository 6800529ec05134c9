/**
 * @file Labels that sound most like another one, to be heard beside it.
 * Method: the vectors of `track-vector.ts` over the beats of each label, every place as z-score over all labels; Euclidean distance.
 * Conventions: only labels of other tracks, since those of one track always sound alike.
 */
import { featuresIn } from '../features/features-in.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { squaredDistance, standardised } from '../similarity/standardised.ts'
import { trackVector } from '../similarity/track-vector.ts'
import type { TrainingTrack } from './label-rows.ts'

type Placed = { readonly id: string; readonly track: string; readonly kind: SectionKind; readonly vector: Float64Array }

/** @returns the ids of the labels of a kind that are nearest to a label, the nearest first */
export const createNearestLabels = (
  tracks: readonly TrainingTrack[],
): ((labelId: string, kind: SectionKind, count: number) => readonly string[]) => {
  const labels = tracks.flatMap(({ audioDigest: track, matrix, labels: own }) =>
    own.map((label) => ({ id: label.id, track, kind: label.kind, raw: trackVector(featuresIn(matrix, label)) })),
  )
  const vectors = standardised(labels.map(({ raw }) => raw))
  const placed = labels.map(({ id, track, kind }, at): Placed => ({ id, track, kind, vector: vectors[at]! }))
  const byId = new Map(placed.map((one) => [one.id, one]))
  return (labelId, kind, count) => {
    const own = byId.get(labelId)!
    return placed
      .filter((one) => one.kind === kind && one.track !== own.track)
      .map(({ id, vector }) => ({ id, away: squaredDistance(vector, own.vector) }))
      .toSorted((a, b) => a.away - b.away)
      .slice(0, count)
      .map(({ id }) => id)
  }
}
