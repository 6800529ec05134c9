import { featureSpecString } from '../../core/features/feature-spec.ts'
import { shippedEarsDigest } from '../../platform/inference/shipped-ears.ts'
import { digestOf } from '../../platform/store/digest.ts'

/** Digest of the features that this version computes and of the network they come from. */
export const currentFeatureSpecDigest = (): string => digestOf(`${featureSpecString()}\n${shippedEarsDigest()}`)
