import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { decodeOnnx } from '../../core/models/onnx-decode.ts'
import { assertCompatible, type SectionModel } from '../../core/models/section-model.ts'
import { UserError } from '../../core/support/user-error.ts'
import { digestOf } from '../../platform/store/digest.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'

/**
 * The number of the shipped model. Its sections are kept under that number, so another shipped model must have another
 * one: the next is −1.
 */
export const BASE_MODEL_VERSION = 0

const SHIPPED = new URL('../../../assets/base-model/', import.meta.url)
const CARD = z.object({ version: z.literal(BASE_MODEL_VERSION), file: z.string(), sha256: z.string() })

export type ShippedModel = { readonly model: SectionModel; readonly version: number; readonly sha256: string }

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
const openBaseModel = (folder: URL = SHIPPED): ShippedModel => {
  let bytes: Uint8Array
  let sha256: string
  try {
    const card = CARD.parse(JSON.parse(readFileSync(new URL('base-sections.json', folder), 'utf8')))
    bytes = readFileSync(new URL(card.file, folder))
    sha256 = card.sha256
  } catch (error) {
    throw new UserError('MODEL_NOT_FOUND', `The base model of this package: ${(error as Error).message}`, {}, error)
  }
  if (digestOf(bytes) !== sha256)
    throw new UserError('MODEL_CORRUPT', 'The base model of this package is not the one that its card describes.')
  const model = decodeOnnx(bytes)
  assertCompatible(model, currentModelSpecDigest())
  return { model, version: BASE_MODEL_VERSION, sha256 }
}

/** @throws as `openBaseModel` */
export const readBaseModel = (folder?: URL): SectionModel => openBaseModel(folder).model

/** Null before the first look. The package does not change while this process lives. */
let isThere: boolean | null = null

const isUsable = (): boolean => {
  if (isThere === null)
    try {
      readBaseModel()
      isThere = true
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      isThere = false
    }
  return isThere
}

/** The model that a training begins from; null where the base model is switched off or of no use. */
export const startingModel = (store: Store): ShippedModel | null =>
  store.settings.all().baseModel && isUsable() ? openBaseModel() : null

/**
 * The version whose sections are proposed: the active one, or else the base model; null where that is switched off or
 * of no use.
 */
export const proposingVersion = (store: Store): number | null => {
  const active = store.models.activeVersion()
  if (active !== null) return active
  return store.settings.all().baseModel && isUsable() ? BASE_MODEL_VERSION : null
}
