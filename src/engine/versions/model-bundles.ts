import { decodeBundle, encodeBundle, type ModelBundle } from '../../core/models/model-bundle.ts'
import { decodeOnnx } from '../../core/models/onnx-decode.ts'
import { differingHead, goldenAnswers, requireSoundModel } from '../../core/models/require-sound-model.ts'
import { assertCompatible, type SectionModel } from '../../core/models/section-model.ts'
import { tidyVersionWords } from '../../core/models/version-words.ts'
import { parseStrictJson } from '../../core/support/strict-json.ts'
import { UserError } from '../../core/support/user-error.ts'
import { digestOf } from '../../platform/store/digest.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import { formatCard, type ModelCard, parseCard, parseModelCard } from './model-card.ts'
import { type ModelDetails, showModel } from './model-operations.ts'

export type ExportedBundle = { readonly fileName: string; readonly bytes: Uint8Array }

/**
 * Removes artists and labels, which are private. Digests stay, since a comparison must know which tracks the model was
 * trained on.
 */
const withoutPrivate = (card: ModelCard): ModelCard => ({
  ...card,
  trainingJobId: null,
  lineage: {
    base: card.lineage.base,
    tracks: card.lineage.tracks.map((track) => ({ ...track, artist: null })),
    labels: [],
  },
})

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const exportBundle = (store: Store, version: number): ExportedBundle => {
  const { onnx } = store.models.read(version)
  const golden = { ...goldenAnswers(decodeOnnx(onnx)) }
  const card = { ...withoutPrivate(parseModelCard(store.models.summary(version))), goldenAnswers: golden }
  const bytes = encodeBundle(onnx, JSON.stringify(formatCard(card)), digestOf)
  return { fileName: `dj_section_v${version}.algiers-model`, bytes }
}

/**
 * Keeps the model of a bundle as a new version, which is not activated. Its figures are the claims of its maker.
 * @throws BUNDLE_TOO_LARGE, BUNDLE_INVALID, BUNDLE_CHECKSUM_MISMATCH, INCOMPATIBLE_MODEL, MODEL_EXPORT_FAILED
 */
export const importBundle = (store: Store, bytes: Uint8Array): ModelDetails => {
  const bundle = decodeBundle(bytes, digestOf)
  assertCompatible(bundle.model, currentModelSpecDigest())
  requireSound(bundle.model)
  const claimed = claimedCard(bundle.card)
  requireSameAnswers(claimed, bundle)
  const version = store.models.nextVersion()
  const card: ModelCard = {
    ...claimed,
    ...tidyVersionWords(claimed),
    version,
    labels: [...bundle.model.kinds],
    featureSpecDigest: bundle.model.featureSpec,
    previousVersion: null,
    trainingJobId: null,
    imported: { at: new Date().toISOString(), version: claimed.version },
  }
  store.models.publish({ version, onnx: bundle.onnx, card: formatCard(card) })
  return showModel(store, version)
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

/** What will lie on the disk must say of the golden rows what its maker's model said. Older bundles keep no answers. */
const requireSameAnswers = ({ goldenAnswers: said, labels }: ModelCard, { onnx, model }: ModelBundle): void => {
  if (labels.join() !== model.kinds.join())
    throw new UserError('BUNDLE_INVALID', 'The card of the bundle: labels: are those of another model.', {
      reason: 'card',
    })
  const head = said && differingHead(said, goldenAnswers(decodeOnnx(onnx)))
  if (head === null) return
  const detail = `The ${head} head of the model answers differently than where the bundle was made.`
  throw new UserError('BUNDLE_INVALID', detail, { reason: 'answers' })
}

const claimedCard = (text: string): ModelCard => {
  try {
    return parseCard(parseStrictJson(text))
  } catch (error) {
    throw new UserError('BUNDLE_INVALID', `The card of the bundle: ${(error as Error).message}`, { reason: 'card' })
  }
}
