import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { requireSafeNetwork } from '../../core/models/require-safe-network.ts'
import { UserError } from '../../core/support/user-error.ts'
import { readingFailure, readRegularFile } from '../store/regular-file.ts'

/** The shipped card of the ears, which describes 439 tags, has 138 kB. */
const MOST_CARD_BYTES = 8 * 1024 * 1024

export const sha256 = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** A file of a folder that holds a network and its card. @throws MODEL_NOT_FOUND */
const readPackFile = (folder: string, name: string, mostBytes: number): Buffer => {
  try {
    return readRegularFile(join(folder, name), mostBytes)
  } catch (error) {
    throw new UserError('MODEL_NOT_FOUND', `${join(folder, name)}: ${readingFailure(error)}`, {}, error)
  }
}

/** @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
export const readPackJson = (folder: string, name: string): { readonly text: string; readonly json: unknown } => {
  const text = readPackFile(folder, name, MOST_CARD_BYTES).toString('utf8')
  try {
    return { text, json: JSON.parse(text) }
  } catch (error) {
    throw new UserError('MODEL_CORRUPT', `${join(folder, name)} is no JSON.`, {}, error)
  }
}

/** The network that a card names, which a runtime may open. @throws MODEL_NOT_FOUND, MODEL_CORRUPT, INCOMPATIBLE_MODEL */
export const readPackNetwork = (
  folder: string,
  { onnx: { file, sha256: declared } }: { readonly onnx: { readonly file: string; readonly sha256: string } },
  mostBytes: number,
): Uint8Array => {
  const onnx = readPackFile(folder, file, mostBytes)
  if (sha256(onnx) !== declared)
    throw new UserError('MODEL_CORRUPT', `${join(folder, file)} is not the file that its card describes.`)
  try {
    requireSafeNetwork(onnx)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(error.code, `${join(folder, file)}: ${error.message}`, {}, error)
  }
  return onnx
}

/** Digest of the network that a shipped card names. The package does not change while this process lives. */
export const shippedDigest = (folder: string, card: string): (() => string) => {
  let digest: string | null = null
  return () => {
    digest ??= (readPackJson(folder, card).json as { onnx: { sha256: string } }).onnx.sha256
    return digest
  }
}
