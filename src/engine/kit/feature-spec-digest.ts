import { featureSpecString } from '../../core/features/feature-spec.ts'
import { shippedEarsDigest } from '../../platform/inference/shipped-ears.ts'
import { digestOf } from '../../platform/store/digest.ts'

let known: string | undefined

/**
 * Digest of the features that this version computes and of the network they come from. Neither changes while it runs, and a start asks
 * once for each track.
 */
export const currentFeatureSpecDigest = (): string => {
  known ??= digestOf(`${featureSpecString()}\n${shippedEarsDigest()}`)
  return known
}
