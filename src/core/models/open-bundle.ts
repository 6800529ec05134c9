import type { SectionKind } from '../labels/section-kind.ts'
import { parseStrictJson } from '../support/strict-json.ts'
import { UserError } from '../support/user-error.ts'
import { type Digest, decodeBundle, MAX_BUNDLE_BYTES } from './model-bundle.ts'
import { decodeOnnx } from './onnx-decode.ts'
import { type GoldenAnswers, goldenAnswers, requireSoundModel } from './require-sound-model.ts'
import { assertCompatible, type SectionModel } from './section-model.ts'

/** A card of a training with 5,000 labels, which go unnamed, takes half of it. */
const MOST_CARD_LENGTH = MAX_BUNDLE_BYTES / 4

/** A bundle whose model was seen to work. */
export type OpenedBundle = {
  /** What its maker says about the model: whatever JSON can hold. */
  readonly card: unknown
  readonly kinds: readonly SectionKind[]
  readonly featureSpec: string
  /** Built anew by our encoder. */
  readonly onnx: Uint8Array
  /** Of what was built anew. */
  readonly answers: GoldenAnswers
}

/** Here it is the bundle that is wrong, not a version. */
const requireSound = (model: SectionModel): void => {
  try {
    requireSoundModel(model)
  } catch (error) {
    if (!(error instanceof UserError) || error.code !== 'MODEL_CORRUPT') throw error
    throw new UserError('BUNDLE_INVALID', error.message, { reason: 'weights' }, error)
  }
}

export const invalidCard = (error: Error): UserError =>
  new UserError('BUNDLE_INVALID', `The card of the bundle: ${error.message}`, { reason: 'card' }, error)

const parseCardText = (text: string): unknown => {
  try {
    if (text.length > MOST_CARD_LENGTH) throw new Error(`has ${text.length} letters; ${MOST_CARD_LENGTH} are allowed`)
    return parseStrictJson(text)
  } catch (error) {
    throw invalidCard(error as Error)
  }
}

/**
 * Reads a bundle from anyone, and has its model answer the golden rows. A large one takes seconds.
 * @param modelSpec of the features that this version computes
 * @throws BUNDLE_TOO_LARGE, BUNDLE_INVALID, BUNDLE_CHECKSUM_MISMATCH, INCOMPATIBLE_MODEL
 */
export const openBundle = (bytes: Uint8Array, modelSpec: string, digestOf: Digest): OpenedBundle => {
  const { model, onnx, card } = decodeBundle(bytes, digestOf)
  assertCompatible(model, modelSpec)
  requireSound(model)
  return {
    card: parseCardText(card),
    kinds: model.kinds,
    featureSpec: model.featureSpec,
    onnx,
    answers: goldenAnswers(decodeOnnx(onnx)),
  }
}
