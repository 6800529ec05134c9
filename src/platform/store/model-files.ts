import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { parseStrictJson } from '../../core/support/strict-json.ts'
import { UserError } from '../../core/support/user-error.ts'
import { digestOf } from './digest.ts'
import { type DiskEffects, diskEffects, isTaken } from './disk-effects.ts'
import { readingFailure, readRegularFile, statusAt } from './regular-file.ts'

/** A version on the disk: the ONNX bytes, and a card that says what the model is and how good. */
export type ModelFile = {
  readonly version: number
  readonly onnx: Uint8Array
  /** The card's own members; publishing adds `model_file`, `sha256` and `bytes`. */
  readonly card: Readonly<Record<string, unknown>>
}

const cardSchema = z.looseObject({ model_file: z.string(), sha256: z.string(), bytes: z.number() })
/** A cached card. A card names every label of its training, and lists of models need it again and again. */
type KnownCard = { readonly modifiedMs: number; readonly sizeBytes: number; readonly card: z.infer<typeof cardSchema> }
/** A card names every label of its training; a bundle, which has both, may have 8 MiB. */
const MOST_CARD_BYTES = 32 * 1024 * 1024
/** `decodeOnnx` refuses models of more than 8 MiB. */
const MOST_MODEL_BYTES = 16 * 1024 * 1024
const PARTIAL = '.partial-'
const CARD_NAME = /^dj_section_v([1-9][0-9]{0,8})\.json$/

const nameOf = (version: number, extension: 'onnx' | 'json'): string => `dj_section_v${version}.${extension}`

/** Clients see the detail, so it names no folder. */
export const unknownVersion = (version: number): UserError =>
  new UserError('MODEL_NOT_FOUND', `There is no version ${version}.`, { reason: 'unknown_version' })

/** The files of model versions. The card is published last: a version exists once its card is there. */
export class ModelFiles {
  readonly folder: string
  readonly #effects: DiskEffects
  readonly #cards = new Map<number, KnownCard>()

  constructor(folder: string, effects: DiskEffects = diskEffects) {
    this.folder = folder
    this.#effects = effects
  }

  versions(): readonly number[] {
    return readdirSync(this.folder)
      .map((name) => Number(CARD_NAME.exec(name)?.[1] ?? Number.NaN))
      .filter(Number.isInteger)
      .sort((a, b) => a - b)
  }

  /** Whether the ONNX file is there. */
  hasModel(version: number): boolean {
    return statusAt(this.pathOf(version))?.isFile() ?? false
  }

  pathOf(version: number): string {
    return join(this.folder, nameOf(version, 'onnx'))
  }

  /** @throws MODEL_EXPORT_FAILED when the disk refuses; earlier files are untouched */
  publish({ version, onnx, card }: ModelFile): void {
    const fullCard = { ...card, model_file: nameOf(version, 'onnx'), sha256: digestOf(onnx), bytes: onnx.byteLength }
    try {
      this.#publishFile(nameOf(version, 'onnx'), onnx)
      this.#publishFile(nameOf(version, 'json'), Buffer.from(`${JSON.stringify(fullCard, null, 1)}\n`))
    } catch (error) {
      this.#removeQuietly(version)
      const cause = (error as NodeJS.ErrnoException).code ?? String(error)
      const detail = `Version ${version} (${onnx.byteLength} bytes) could not be written: ${cause}.`
      throw new UserError('MODEL_EXPORT_FAILED', detail, { cause, neededBytes: onnx.byteLength }, error)
    }
  }

  /** @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
  readCard(version: number): Readonly<Record<string, unknown>> {
    const path = join(this.folder, nameOf(version, 'json'))
    const status = statusAt(path)
    if (!status && !isTaken(path)) throw unknownVersion(version)
    const known = this.#cards.get(version)
    if (status && known?.modifiedMs === status.mtimeMs && known.sizeBytes === status.size) return known.card
    const card = cardSchema.safeParse(parseJson(readFileOf(path, MOST_CARD_BYTES).toString('utf8')))
    if (!card.success)
      throw new UserError('MODEL_CORRUPT', `${nameOf(version, 'json')} is not the card of a model.`, { reason: 'card' })
    if (status) this.#cards.set(version, { modifiedMs: status.mtimeMs, sizeBytes: status.size, card: card.data })
    return card.data
  }

  /** Changes members of a card, as one write: the old card or the new one is there at any moment. @throws MODEL_NOT_FOUND, MODEL_CORRUPT, MODEL_EXPORT_FAILED */
  rewriteCard(version: number, members: Readonly<Record<string, unknown>>): void {
    const card = Buffer.from(`${JSON.stringify({ ...this.readCard(version), ...members }, null, 1)}\n`)
    try {
      this.#publishFile(nameOf(version, 'json'), card)
    } catch (error) {
      const cause = (error as NodeJS.ErrnoException).code ?? String(error)
      const detail = `The card of version ${version} could not be written: ${cause}.`
      throw new UserError('MODEL_EXPORT_FAILED', detail, { cause, neededBytes: card.byteLength }, error)
    }
    this.#cards.delete(version)
  }

  /** @throws MODEL_NOT_FOUND, MODEL_CORRUPT when the bytes are not those published */
  read(version: number): ModelFile {
    const card = this.readCard(version)
    const path = this.pathOf(version)
    const name = nameOf(version, 'onnx')
    if (!existsSync(path)) throw new UserError('MODEL_NOT_FOUND', `${name} is missing.`, { reason: 'file_missing' })
    const onnx = new Uint8Array(readFileOf(path, MOST_MODEL_BYTES))
    const found = digestOf(onnx)
    if (found !== card.sha256)
      throw new UserError('MODEL_CORRUPT', `${name} has checksum ${found.slice(0, 12)}…, not that of its card.`, {
        reason: 'checksum',
      })
    return { version, onnx, card }
  }

  /** Removes the card first, so that no card is ever left without its model. */
  remove(version: number): void {
    for (const extension of ['json', 'onnx'] as const) {
      this.#effects.remove(join(this.folder, nameOf(version, extension)))
      this.#effects.syncFolder(this.folder)
    }
  }

  /** Removes the remains of an interrupted publication or deletion: partial files and models without a card. */
  sweep(): void {
    const names = new Set(readdirSync(this.folder))
    for (const name of names) {
      const isOrphan = /^dj_section_v\d+\.onnx$/.test(name) && !names.has(name.replace('.onnx', '.json'))
      if (name.startsWith(PARTIAL) || isOrphan) this.#effects.remove(join(this.folder, name))
    }
  }

  #publishFile(name: string, bytes: Uint8Array): void {
    const partial = join(this.folder, `${PARTIAL}${name}`)
    this.#effects.writeDurably(partial, bytes)
    this.#effects.rename(partial, join(this.folder, name))
    this.#effects.syncFolder(this.folder)
  }

  #removeQuietly(version: number): void {
    const names = [nameOf(version, 'json'), nameOf(version, 'onnx')]
    for (const name of [...names, ...names.map((base) => `${PARTIAL}${base}`)])
      try {
        this.#effects.remove(join(this.folder, name))
      } catch {
        // The disk is failing already, and the next start sweeps; the first error is the one to report.
      }
  }
}

/** @throws MODEL_CORRUPT for what can be seen but not read */
const readFileOf = (path: string, mostBytes: number): Buffer => {
  try {
    return readRegularFile(path, mostBytes)
  } catch (error) {
    throw new UserError('MODEL_CORRUPT', `${basename(path)}: ${readingFailure(error)}.`, { reason: 'file' }, error)
  }
}

const parseJson = (text: string): unknown => {
  try {
    return parseStrictJson(text)
  } catch {
    // The card's schema rejects null with a message.
    return null
  }
}
