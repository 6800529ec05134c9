import { BUNDLE_ENDING } from '../../core/models/bundle-file.ts'
import { encodeBundle } from '../../core/models/model-bundle.ts'
import { decodeOnnx } from '../../core/models/onnx-decode.ts'
import { invalidCard, type OpenedBundle } from '../../core/models/open-bundle.ts'
import { differingHead, goldenAnswers } from '../../core/models/require-sound-model.ts'
import { tidyVersionWords } from '../../core/models/version-words.ts'
import { UserError } from '../../core/support/user-error.ts'
import { digestOf } from '../../platform/store/digest.ts'
import type { Store } from '../../platform/store/store.ts'
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
  return { fileName: `dj_section_v${version}${BUNDLE_ENDING}`, bytes }
}

/**
 * Keeps the model of a bundle as a new version, which is not activated. Its figures are the claims of its maker.
 * @throws BUNDLE_INVALID, MODEL_EXPORT_FAILED
 */
export const keepBundle = (store: Store, bundle: OpenedBundle): ModelDetails => {
  const claimed = trustedCard(bundle)
  const version = store.models.nextVersion()
  const card: ModelCard = {
    ...claimed,
    ...tidyVersionWords({ ...claimed, name: claimed.name ?? claimed.scope?.name ?? null }),
    // The scope is a filter of its maker's library.
    scope: null,
    version,
    labels: [...bundle.kinds],
    featureSpecDigest: bundle.featureSpec,
    previousVersion: null,
    trainingJobId: null,
    imported: { at: new Date().toISOString(), version: claimed.version },
  }
  store.models.publish({ version, onnx: bundle.onnx, card: formatCard(card) })
  return showModel(store, version)
}

/** What a bundle says of its model: the words and figures of its maker. */
export type AcceptableModel = Pick<
  ModelCard,
  'name' | 'notes' | 'labels' | 'accuracy' | 'labelCounts' | 'createdAt'
> & {
  readonly tracks: number
}

/** What the person sees of a bundle before it is taken. @throws BUNDLE_INVALID */
export const acceptableModel = (bundle: OpenedBundle): AcceptableModel => {
  const card = trustedCard(bundle)
  const { labels, accuracy, labelCounts, createdAt, lineage } = card
  return { ...tidyVersionWords(card), labels, accuracy, labelCounts, createdAt, tracks: lineage.tracks.length }
}

/** The card of a bundle whose model does what that says. */
const trustedCard = (bundle: OpenedBundle): ModelCard => {
  const claimed = claimedCard(bundle)
  requireSameAnswers(claimed, bundle)
  return claimed
}

/** What will lie on the disk must say of the golden rows what its maker's model said. Older bundles keep no answers. */
const requireSameAnswers = ({ goldenAnswers: said }: ModelCard, { answers }: OpenedBundle): void => {
  const head = said && differingHead(said, answers)
  if (head === null) return
  const detail = `The ${head} head of the model answers differently than where the bundle was made.`
  throw new UserError('BUNDLE_INVALID', detail, { reason: 'answers' })
}

const claimedCard = ({ card, kinds }: OpenedBundle): ModelCard => {
  try {
    const claimed = parseCard(card)
    if (claimed.labels.join() !== kinds.join()) throw new Error('labels: are those of another model.')
    return claimed
  } catch (error) {
    throw invalidCard(error as Error)
  }
}
