import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the network of this package lies. */
export const SHIPPED_EARS = fileURLToPath(new URL('../../../assets/ears/', import.meta.url))

let digest: string | null = null

/** Of the weights that ship: what the features of sections hear holds for these. The package does not change while this process lives. */
export const shippedEarsDigest = (): string => {
  digest ??= (JSON.parse(readFileSync(join(SHIPPED_EARS, 'ears.json'), 'utf8')) as { onnx: { sha256: string } }).onnx
    .sha256
  return digest
}
