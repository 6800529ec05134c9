import { z } from 'zod'
import { AUDIBLE_SHARE } from './audible-share.ts'

/** How often a tag is true of music in which it is heard, as measured for one network. */
export type TagPrecision = {
  readonly tag: string
  /** Of tracks in which it is heard for `AUDIBLE_SHARE` of the time, the share that hold it, 0 to 1. */
  readonly heardPrecision: number
  /** From this share of a track's time on it is shown; null where no share makes it precise enough. */
  readonly shownFrom: number | null
  /** Of tracks in which it is shown, the share that hold it; null where it never is. */
  readonly shownPrecision: number | null
}

/** What is shown without being asked for is true of so many tracks. */
export const LEAST_SHOWN_PRECISION = 0.7

const probability = z.number().min(0).max(1)
const documentSchema = z.object({
  kind: z.literal('algiers-tag-precision'),
  /** Digest of the weights whose tags were measured. */
  onnx_sha256: z.string(),
  tags: z.array(
    z
      .object({
        name: z.string(),
        heard_precision: probability,
        shown_from: z.number().min(AUDIBLE_SHARE).max(1).nullable(),
        shown_precision: probability.nullable(),
      })
      .refine(
        ({ shown_from: from, shown_precision: precision }) =>
          from === null ? precision === null : precision !== null && precision >= LEAST_SHOWN_PRECISION,
        `a tag is shown from a share on at which its precision is at least ${LEAST_SHOWN_PRECISION}`,
      ),
  ),
})

/**
 * What `tag-precision.json` says of a network. Empty where it is about other weights: their precision is then not known.
 * @returns a sentence where it is no such document
 */
export const parseTagPrecision = (json: unknown, onnxSha256: string): readonly TagPrecision[] | string => {
  const parsed = documentSchema.safeParse(json)
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!
    return `${path.join('.') || 'the document'}: ${message}`
  }
  if (parsed.data.onnx_sha256 !== onnxSha256) return []
  return parsed.data.tags.map((tag) => ({
    tag: tag.name,
    heardPrecision: tag.heard_precision,
    shownFrom: tag.shown_from,
    shownPrecision: tag.shown_precision,
  }))
}

/** What may be said of a tag that is heard for a share of a track. */
export type ToldTag = {
  /** Of tracks in which it is heard as long, the share that hold it; null where that is not known. */
  readonly expectedPrecision: number | null
  /** Whether it is shown without being asked for. */
  readonly shown: boolean
}

/** @param precision of that tag and network, null where it is not known */
export const tellTag = (share: number | null, precision: Omit<TagPrecision, 'tag'> | null): ToldTag => {
  if (precision === null || share === null || share < AUDIBLE_SHARE) return { expectedPrecision: null, shown: false }
  const shown = precision.shownFrom !== null && share >= precision.shownFrom
  return { expectedPrecision: shown ? precision.shownPrecision : precision.heardPrecision, shown }
}
