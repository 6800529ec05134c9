import { featureSpecString } from '../features/feature-spec.ts'
import { digestOf } from '../store/digest.ts'

/** Of the features that this version computes. */
export const currentFeatureSpecDigest = (): string => digestOf(featureSpecString())
