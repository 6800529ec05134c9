import { decodeBundle, encodeBundle } from '../../core/models/model-bundle.ts'
import { assertCompatible } from '../../core/models/section-model.ts'
import { tidyVersionWords } from '../../core/models/version-words.ts'
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
  const card = withoutPrivate(parseModelCard(store.models.summary(version)))
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
  const claimed = claimedCard(bundle.card)
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

const claimedCard = (text: string): ModelCard => {
  try {
    return parseCard(JSON.parse(text))
  } catch (error) {
    throw new UserError('BUNDLE_INVALID', `The card of the bundle: ${(error as Error).message}`, { reason: 'card' })
  }
}
