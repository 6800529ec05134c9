/** @file Rows of a stretch of a track. */
import type { Beats } from '../units/units.ts'
import type { FeatureMatrix } from './feature-matrix.ts'

/** Rows of the beats of a span, at least one. */
export const featuresIn = (
  { columns, beats, values }: FeatureMatrix,
  { startBeat, endBeat }: { readonly startBeat: Beats; readonly endBeat: Beats },
): FeatureMatrix => {
  const first = Math.max(0, Math.min(beats - 1, Math.round(startBeat)))
  const end = Math.max(first + 1, Math.min(beats, Math.round(endBeat)))
  return { columns, beats: end - first, values: values.subarray(first * columns.length, end * columns.length) }
}
