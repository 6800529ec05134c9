import { DECODING } from '../../core/sections/decode-sections.ts'
import type { TrackForm } from '../../core/sections/track-form.ts'
import { shippedFormDigest } from '../../platform/inference/shipped-form.ts'
import { digestOf } from '../../platform/store/digest.ts'

/** Digest of what sections are read from: a track's features, the network of form beside the model, and how they are decoded. */
export const sectionSpecDigest = (featureSpecDigest: string): string =>
  digestOf(`${featureSpecDigest}\n${shippedFormDigest()}\n${DECODING}`)

/** The same for sections that were read with this form; null where the network of form could not be asked. */
export const readSpecDigest = (featureSpecDigest: string, form: TrackForm | null): string =>
  form === null ? featureSpecDigest : sectionSpecDigest(featureSpecDigest)

/**
 * Whether sections may be shown: those that were read without the network of form, where it could not run or was not
 * there yet, carry the digest of the features alone. They hold until they are read again.
 */
export const sectionsHold = (specDigest: string, featureSpecDigest: string | undefined): boolean =>
  featureSpecDigest !== undefined &&
  (specDigest === featureSpecDigest || specDigest === sectionSpecDigest(featureSpecDigest))
