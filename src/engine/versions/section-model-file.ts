import { readFileSync } from 'node:fs'
import { decodeOnnx } from '../../core/models/onnx-decode.ts'
import { assertCompatible, type SectionModel } from '../../core/models/section-model.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import { BASE_MODEL_VERSION, proposingVersion, readBaseModel } from './base-model.ts'

const compatible = (bytes: Uint8Array): SectionModel => {
  const model = decodeOnnx(bytes)
  assertCompatible(model, currentModelSpecDigest())
  return model
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const readModelFile = (path: string): SectionModel => {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code})`
    throw new UserError('MODEL_NOT_FOUND', `${path}: ${reason}`, {}, error)
  }
  return compatible(bytes)
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const readModelVersion = (store: Store, version: number): SectionModel =>
  version === BASE_MODEL_VERSION ? readBaseModel() : compatible(store.models.read(version).onnx)

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
