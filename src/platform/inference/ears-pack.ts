import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '../../core/support/user-error.ts'
import { type EarsCard, parseEarsCard } from '../../core/tags/ears-card.ts'
import { parseTagPrecision, type TagPrecision } from '../../core/tags/tag-precision.ts'
import { readPackJson, sha256 } from './pack-file.ts'
import { EARS_CARD } from './shipped-ears.ts'

/** What a folder says of the network in it, without the network itself. */
export type DescribedEars = {
  readonly card: EarsCard
  /** Digest of the card, which contains that of the ONNX file; everything heard is valid for this digest. */
  readonly digest: string
  /** How precise its tags are on music; empty where nobody measured it. */
  readonly precision: readonly TagPrecision[]
}

/** Beside the card, so that measuring again what a network hears makes nothing that it heard out of date. */
const PRECISION_FILE = 'tag-precision.json'

const readPrecision = (folder: string, { onnx }: EarsCard): readonly TagPrecision[] => {
  if (!existsSync(join(folder, PRECISION_FILE))) return []
  const tags = parseTagPrecision(readPackJson(folder, PRECISION_FILE).json, onnx.sha256)
  if (typeof tags === 'string') throw new UserError('INCOMPATIBLE_MODEL', `${join(folder, PRECISION_FILE)}: ${tags}`)
  return tags
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const describeEars = (folder: string): DescribedEars => {
  const { text, json } = readPackJson(folder, EARS_CARD)
  const card = parseEarsCard(json)
  if (typeof card === 'string') throw new UserError('INCOMPATIBLE_MODEL', `${join(folder, EARS_CARD)}: ${card}`)
  return { card, digest: sha256(text), precision: readPrecision(folder, card) }
}
