import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Folder of the network that ships with this package. */
export const SHIPPED_EARS = fileURLToPath(new URL('../../../assets/ears/', import.meta.url))

let digest: string | null = null

/**
 * Digest of the shipped weights, for which the heard features of sections are valid. The package does not change while
 * this process lives.
 */
export const shippedEarsDigest = (): string => {
  digest ??= (JSON.parse(readFileSync(join(SHIPPED_EARS, 'ears.json'), 'utf8')) as { onnx: { sha256: string } }).onnx
    .sha256
  return digest
}
