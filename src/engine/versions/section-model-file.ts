import { decodeOnnx } from '../../core/models/onnx-decode.ts'
import { requireSoundModel } from '../../core/models/require-sound-model.ts'
import type { OwnClass } from '../../core/models/section-model.ts'
import { assertCompatible, type SectionModel } from '../../core/models/section-model.ts'
import { UserError } from '../../core/support/user-error.ts'
import { readingFailure, readRegularFile } from '../../platform/store/regular-file.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import { BASE_MODEL_VERSION, proposingVersion, readBaseModel } from './base-model.ts'

/** Larger than any model that `decodeOnnx` reads. */
const MOST_BYTES = 16 * 1024 * 1024

/** @param isTried whether it was asked before, since the same bytes answer the same */
const compatible = (bytes: Uint8Array, isTried = false): SectionModel => {
  const model = decodeOnnx(bytes)
  assertCompatible(model, currentModelSpecDigest())
  if (!isTried) requireSoundModel(model)
  return model
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const readModelFile = (path: string): SectionModel => {
  let bytes: Uint8Array
  try {
    bytes = readRegularFile(path, MOST_BYTES)
  } catch (error) {
    throw new UserError('MODEL_NOT_FOUND', `${path}: ${readingFailure(error)}`, {}, error)
  }
  return compatible(bytes)
}

/** The own kinds of its maker are those of the same names here; what nobody calls so here is the kind alone. */
const withOwnKindsHere = (store: Store, model: SectionModel): SectionModel => {
  if (model.ownHeads === undefined) return model
  const here = (own: OwnClass | null): OwnClass | null => {
    const kind = own && store.lenses.kindNamed(own.name)
    return kind && { id: kind.id, name: kind.name }
  }
  return { ...model, ownHeads: model.ownHeads.map((own) => ({ ...own, classes: own.classes.map(here) })) }
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const readModelVersion = (store: Store, version: number): SectionModel => {
  if (version === BASE_MODEL_VERSION) return readBaseModel()
  const { onnx, card } = store.models.read(version)
  try {
    const model = compatible(onnx, sound.has(card))
    sound.add(card)
    return card.imported ? withOwnKindsHere(store, model) : model
  } catch (error) {
    if (error instanceof UserError && error.code === 'MODEL_CORRUPT') damages.set(card, error.message)
    throw error
  }
}

/** What was wrong with models when they were opened, by their cards. */
const damages = new WeakMap<object, string>()

/** Why a model could not be opened when that was tried; null where it could, or was not tried. */
export const knownDamage = (card: object): string | null => damages.get(card) ?? null

/** Cards, as the store keeps them while their file is the same, of versions that were opened once. */
const sound = new WeakSet<object>()

/** Requires that a version could be opened, which takes ten times as long as to see that it is still the same. */
export const requireReadable = (store: Store, version: number): void => {
  if (version === BASE_MODEL_VERSION || !sound.has(store.models.read(version).card)) readModelVersion(store, version)
}

/** @returns the named version, or else the active one @throws MODEL_NOT_FOUND where there is neither */
export const requireVersion = (store: Store, named: number | null | undefined): number => {
  const version = named ?? store.models.activeVersion()
  if (version === null)
    throw new UserError('MODEL_NOT_FOUND', 'No model version is active: train one, or activate one.')
  return version
}

/** @throws MODEL_NOT_FOUND when no version is active */
export const readActiveModel = (store: Store): { readonly version: number; readonly model: SectionModel } => {
  const version = requireVersion(store, null)
  return { version, model: readModelVersion(store, version) }
}

/**
 * The model whose sections are proposed.
 * @throws MODEL_NOT_FOUND when no version is active and the base model is switched off
 */
export const readProposingModel = (store: Store): { readonly version: number; readonly model: SectionModel } => {
  const version = proposingVersion(store)
  return version === null ? readActiveModel(store) : { version, model: readModelVersion(store, version) }
}
