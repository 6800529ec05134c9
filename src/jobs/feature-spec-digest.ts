import { featureSpecString } from '../features/feature-spec.ts'
import { shippedEarsDigest } from '../inference/shipped-ears.ts'
import { digestOf } from '../store/digest.ts'

/** Of the features that this version computes, and of the network that they hear with. */
export const currentFeatureSpecDigest = (): string => digestOf(`${featureSpecString()}\n${shippedEarsDigest()}`)
