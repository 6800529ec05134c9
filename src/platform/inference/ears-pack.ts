import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { type EarsCard, parseEarsCard } from '../../core/tags/ears-card.ts'
import { parseTagPrecision, type TagPrecision } from '../../core/tags/tag-precision.ts'
import { readingFailure, readRegularFile } from '../store/regular-file.ts'

/** What a folder says of the network in it, without the network itself. */
export type DescribedEars = {
  readonly card: EarsCard
  /** Digest of the card, which contains that of the ONNX file; everything heard is valid for this digest. */
  readonly digest: string
  /** How precise its tags are on music; empty where nobody measured it. */
  readonly precision: readonly TagPrecision[]
}

const CARD_FILE = 'ears.json'
/** Beside the card, so that measuring again what a network hears makes nothing that it heard out of date. */
const PRECISION_FILE = 'tag-precision.json'
/** The shipped card, which describes 439 tags, has 138 kB. */
const MOST_CARD_BYTES = 8 * 1024 * 1024

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** @throws MODEL_NOT_FOUND */
export const readPackFile = (folder: string, name: string, mostBytes: number): Buffer => {
  try {
    return readRegularFile(join(folder, name), mostBytes)
  } catch (error) {
    throw new UserError('MODEL_NOT_FOUND', `${join(folder, name)}: ${readingFailure(error)}`, {}, error)
  }
}

const readJson = (folder: string, name: string): { readonly text: string; readonly json: unknown } => {
  const text = readPackFile(folder, name, MOST_CARD_BYTES).toString('utf8')
  try {
    return { text, json: JSON.parse(text) }
  } catch (error) {
    throw new UserError('MODEL_CORRUPT', `${join(folder, name)} is no JSON.`, {}, error)
  }
}

const readPrecision = (folder: string, { onnx }: EarsCard): readonly TagPrecision[] => {
  if (!existsSync(join(folder, PRECISION_FILE))) return []
  const tags = parseTagPrecision(readJson(folder, PRECISION_FILE).json, onnx.sha256)
  if (typeof tags === 'string') throw new UserError('INCOMPATIBLE_MODEL', `${join(folder, PRECISION_FILE)}: ${tags}`)
  return tags
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const describeEars = (folder: string): DescribedEars => {
  const { text, json } = readJson(folder, CARD_FILE)
  const card = parseEarsCard(json)
  if (typeof card === 'string') throw new UserError('INCOMPATIBLE_MODEL', `${join(folder, CARD_FILE)}: ${card}`)
  return { card, digest: sha256(text), precision: readPrecision(folder, card) }
}
