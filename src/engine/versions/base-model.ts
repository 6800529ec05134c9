import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { SECTION_KINDS, type SectionKind } from '../../core/labels/section-kind.ts'
import { decodeOnnx } from '../../core/models/onnx-decode.ts'
import { assertCompatible, type SectionModel } from '../../core/models/section-model.ts'
import { UserError } from '../../core/support/user-error.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { readRegularFile } from '../../platform/store/regular-file.ts'
import type { Store } from '../../platform/store/store.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'

/**
 * The number of the shipped model. Its sections are kept under that number, so another shipped model must have another
 * one: the next is −1.
 */
export const BASE_MODEL_VERSION = 0

/** Of the model, or its card. */
const MOST_BYTES = 16 * 1024 * 1024
const SHIPPED = new URL('../../../assets/base-model/', import.meta.url)
const figures = z.object({ accuracy: z.number(), danceMacroF1: z.number() })
const CARD = z.object({
  version: z.literal(BASE_MODEL_VERSION),
  created_at: z.string(),
  file: z.string(),
  sha256: z.string(),
  labels: z.array(z.enum(SECTION_KINDS)),
  trained_on: z.object({
    corpus_tracks: z.array(z.string()),
    generated_tracks: z.number(),
    audio_digests: z.array(z.string()),
  }),
  measured: z.object({ all: z.object({ 'spans given: base model': figures }) }),
})

/** What its makers say of the shipped model. */
export type ShippedCard = {
  readonly version: number
  readonly createdAt: string
  readonly path: string
  readonly sha256: string
  readonly kinds: readonly SectionKind[]
  /** On open music, each track judged by a model that had not learnt from it. */
  readonly accuracy: number
  readonly f1Score: number
  readonly openTracks: number
  readonly generatedTracks: number
  /** Digests of the files that it learnt from; the same music in another encoding has another one. */
  readonly audioDigests: ReadonlySet<string>
}
export type ShippedModel = ShippedCard & { readonly model: SectionModel }

const readShippedCard = (folder: URL): ShippedCard => {
  const card = CARD.parse(
    JSON.parse(readRegularFile(new URL('base-sections.json', folder), MOST_BYTES).toString('utf8')),
  )
  const { accuracy, danceMacroF1 } = card.measured.all['spans given: base model']
  return {
    version: card.version,
    createdAt: card.created_at,
    path: fileURLToPath(new URL(card.file, folder)),
    sha256: card.sha256,
    kinds: card.labels,
    accuracy,
    f1Score: danceMacroF1,
    openTracks: card.trained_on.corpus_tracks.length,
    generatedTracks: card.trained_on.generated_tracks,
    audioDigests: new Set(card.trained_on.audio_digests),
  }
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
const openBaseModel = (folder: URL = SHIPPED): ShippedModel => {
  let bytes: Uint8Array
  let card: ShippedCard
  try {
    card = readShippedCard(folder)
    bytes = readRegularFile(card.path, MOST_BYTES)
  } catch (error) {
    throw new UserError('MODEL_NOT_FOUND', `The base model of this package: ${(error as Error).message}`, {}, error)
  }
  if (digestOf(bytes) !== card.sha256)
    throw new UserError('MODEL_CORRUPT', 'The base model of this package is not the one that its card describes.')
  const model = decodeOnnx(bytes)
  assertCompatible(model, currentModelSpecDigest())
  return { ...card, model }
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

/** The shipped model's card; null where it is of no use. The package does not change, so that it is read once. */
let shipped: ShippedCard | null | undefined
export const shippedCard = (): ShippedCard | null => {
  if (shipped === undefined) shipped = isUsable() ? readShippedCard(SHIPPED) : null
  return shipped
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
