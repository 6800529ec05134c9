import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { tidyVersionWords, type VersionWords } from '../../core/models/version-words.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { ModelSummary } from '../../platform/store/model-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import { BASE_MODEL_VERSION, proposingVersion, type ShippedCard, shippedCard } from './base-model.ts'
import { cardOrNull, type ModelCard, parseModelCard } from './model-card.ts'
import { knownDamage, readModelVersion } from './section-model-file.ts'

/** A version as every interface lists it. */
export type ModelView = {
  readonly id: number
  readonly modelType: 'dj_section'
  readonly version: number
  /** What a person calls it. */
  readonly name: string | null
  readonly notes: string | null
  /** Who made it: this library, alone or with another version, someone else, or the makers of this program. Only the first two were measured on labels of this library. */
  readonly origin: 'trained' | 'blend' | 'imported' | 'shipped'
  /** Kinds that it knows. */
  readonly kinds: readonly SectionKind[]
  readonly modelPath: string
  /** Null where nothing is known of a damaged version. */
  readonly accuracy: number | null
  readonly f1Score: number | null
  /** Of a version of a scope: whether it is the scope's. */
  readonly isActive: boolean
  /** The part of the library that it was trained for; null for all of it. */
  readonly scope: ModelCard['scope']
  /** False for a version trained on other features, which can read nothing any more. */
  readonly isCompatible: boolean
  /** Why nothing can be done with it but to delete it; null where it is sound. */
  readonly damage: string | null
  readonly labelCounts: Readonly<Partial<Record<SectionKind, number>>>
  readonly trainingJobId: string | null
  readonly createdAt: string
}

export type ModelDetails = ModelView & {
  readonly accuracy: number
  readonly f1Score: number
  /** Null for the one that ships. */
  readonly card: ModelCard | null
  /** What the one that ships was made from; null for every other. */
  readonly shipped: Pick<ShippedCard, 'openTracks' | 'generatedTracks'> | null
  /** Tracks that it was trained on here and that are no longer in the library. */
  readonly tracksGone: number
}

const countGone = (store: Store, { lineage }: ModelCard): number =>
  lineage.tracks.filter(({ audioDigest }) => store.tracks.findByDigest(audioDigest) === null).length

const isActiveInScope = (store: Store, scope: ModelCard['scope'], version: number): boolean =>
  scope !== null && store.scopes.get(scope.id)?.activeVersion === version

/** The newest first. */
export const versionsOfScope = (store: Store, scopeId: number): readonly number[] =>
  store.models
    .versions()
    .filter((version) => cardOrNull(store, version)?.scope?.id === scopeId)
    .toReversed()

const viewOf = (store: Store, summary: ModelSummary): ModelDetails & { readonly card: ModelCard } => {
  const card = parseModelCard(summary)
  return {
    id: summary.version,
    modelType: 'dj_section',
    version: summary.version,
    name: card.name,
    notes: card.notes,
    origin: card.imported !== null ? 'imported' : card.blend !== null ? 'blend' : 'trained',
    kinds: card.labels,
    modelPath: store.models.pathOf(summary.version),
    accuracy: card.accuracy,
    f1Score: card.f1Score,
    isActive: summary.active || isActiveInScope(store, card.scope, summary.version),
    scope: card.scope && { id: card.scope.id, name: store.scopes.get(card.scope.id)?.name ?? card.scope.name },
    isCompatible: card.featureSpecDigest === currentModelSpecDigest(),
    damage: store.models.standing(summary.version).hasModel
      ? knownDamage(summary.card)
      : 'The file of the model is missing.',
    labelCounts: card.labelCounts,
    trainingJobId: card.trainingJobId,
    createdAt: card.createdAt,
    card,
    shipped: null,
    tracksGone: 0,
  }
}

const shippedView = (store: Store, card: ShippedCard): ModelDetails => ({
  id: card.version,
  modelType: 'dj_section',
  version: card.version,
  name: 'ships with Algiers',
  notes: null,
  origin: 'shipped',
  kinds: card.kinds,
  modelPath: card.path,
  accuracy: card.accuracy,
  f1Score: card.f1Score,
  isActive: proposingVersion(store) === BASE_MODEL_VERSION,
  scope: null,
  isCompatible: true,
  damage: null,
  labelCounts: {},
  trainingJobId: null,
  createdAt: card.createdAt,
  card: null,
  tracksGone: 0,
  shipped: { openTracks: card.openTracks, generatedTracks: card.generatedTracks },
})

const withoutDetails = ({ card: _, shipped: __, tracksGone: ___, ...view }: ModelDetails): ModelView => view

/** The newest first. @param withShipped whether the version that ships is in the list, as the last */
export const listModels = (store: Store, { withShipped = false } = {}): readonly ModelView[] => {
  const shipped = withShipped ? shippedCard() : null
  return [
    ...store.models
      .versions()
      .toReversed()
      .map((version) => listedView(store, version)),
    ...(shipped === null ? [] : [withoutDetails(shippedView(store, shipped))]),
  ]
}

/** A card that is damaged hides no other version, and can be deleted with its model. */
const listedView = (store: Store, version: number): ModelView => {
  try {
    return withoutDetails(viewOf(store, store.models.summary(version)))
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { active, publishedAt } = store.models.standing(version)
    return {
      id: version,
      modelType: 'dj_section',
      version,
      name: null,
      notes: null,
      origin: 'trained',
      kinds: [],
      modelPath: store.models.pathOf(version),
      accuracy: null,
      f1Score: null,
      isActive: active,
      scope: null,
      isCompatible: false,
      damage: error.message,
      labelCounts: {},
      trainingJobId: null,
      createdAt: publishedAt,
    }
  }
}

/** The card of a version that was trained, here or elsewhere. @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
const showTrained = (store: Store, version: number): ModelDetails & { readonly card: ModelCard } => {
  const view = viewOf(store, store.models.summary(version))
  return view.origin === 'trained' ? { ...view, tracksGone: countGone(store, view.card) } : view
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
export const showModel = (store: Store, version: number): ModelDetails => {
  const shipped = version === BASE_MODEL_VERSION ? shippedCard() : null
  return shipped === null ? showTrained(store, version) : shippedView(store, shipped)
}

export type NewWords = { readonly [Name in keyof VersionWords]?: VersionWords[Name] | undefined }

/** Gives a version a name and notes; what is left out stays. @throws MODEL_NOT_FOUND, MODEL_SHIPPED */
export const describeModel = (store: Store, version: number, words: NewWords): ModelDetails => {
  if (version === BASE_MODEL_VERSION) throw shippedStays()
  const { name, notes } = showTrained(store, version)
  const changed = {
    name: words.name === undefined ? name : words.name,
    notes: words.notes === undefined ? notes : words.notes,
  }
  store.models.describe(version, tidyVersionWords(changed))
  return showModel(store, version)
}

const shippedStays = (): UserError =>
  new UserError('MODEL_SHIPPED', 'Version 0 ships with Algiers: it can be activated, but not changed or deleted.')

/** @throws MODEL_NOT_FOUND, MODEL_ACTIVE, MODEL_SHIPPED */
export const deleteModel = (store: Store, version: number): void => {
  if (version === BASE_MODEL_VERSION) throw shippedStays()
  const scope = store.scopes.list().find(({ activeVersion }) => activeVersion === version)
  if (scope !== undefined)
    throw new UserError('MODEL_ACTIVE', `Version ${version} is active for ${scope.name}.`, { activeVersion: version })
  store.models.delete(version)
  store.sections.deleteVersion(version)
}

/**
 * Refuses a version that is missing, damaged or made for other features; the old one then stays active. The version
 * that ships is switched on with that. A version of a scope becomes active there; the general one stays.
 * @returns the version that was active before
 */
export const activateModel = (store: Store, version: number): number | null => {
  readModelVersion(store, version)
  const { scope } = showModel(store, version)
  if (scope !== null) return activateInScope(store, scope, version)
  const previous = store.models.activeVersion()
  if (version === BASE_MODEL_VERSION) {
    store.settings.set('base_model', true)
    store.models.activateWithoutFiles(version)
  } else store.models.activate(version)
  return previous
}

/** @throws SCOPE_NOT_FOUND where the scope was removed */
const activateInScope = (
  store: Store,
  { id, name }: NonNullable<ModelCard['scope']>,
  version: number,
): number | null => {
  const scope = store.scopes.get(id)
  if (scope === null || scope.removedAt !== null)
    throw new UserError('SCOPE_NOT_FOUND', `v${version} was trained for ${name}, which was removed.`)
  store.scopes.activate(id, version)
  return scope.activeVersion
}

/** What an activation changes for the library. */
export type ActivationPreview = {
  readonly version: number
  /** The version whose sections are shown now; null where there is none. */
  readonly readsNow: number | null
  readonly unknownKinds: readonly SectionKind[]
  /** Present sections of these kinds, which the version will not find any more. */
  readonly sectionsLost: Readonly<Partial<Record<SectionKind, number>>>
  readonly tracksAffected: number
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const previewActivation = (store: Store, version: number): ActivationPreview => {
  const { kinds } = readModelVersion(store, version)
  const readsNow = proposingVersion(store)
  // What a scope's version does not know counts against it when it is set beside the general one.
  if (showModel(store, version).scope !== null)
    return { version, readsNow, unknownKinds: [], sectionsLost: {}, tracksAffected: 0 }
  const unknownKinds = SECTION_KINDS.filter((kind) => !kinds.includes(kind))
  const { sections, tracks } =
    readsNow === null ? { sections: new Map(), tracks: 0 } : store.sections.countKinds(readsNow, unknownKinds)
  return {
    version,
    readsNow,
    unknownKinds,
    sectionsLost: Object.fromEntries(sections),
    tracksAffected: tracks,
  }
}
