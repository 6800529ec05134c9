import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readRegularFile } from '../store/regular-file.ts'

/** Folder of the network of form that ships with this package. */
export const SHIPPED_FORM = fileURLToPath(new URL('../../../assets/form/', import.meta.url))

const MOST_CARD_BYTES = 8 * 1024 * 1024

let digest: string | null = null

/** Digest of the shipped weights, for which sections are valid. The package does not change while this process lives. */
export const shippedFormDigest = (): string => {
  digest ??= (
    JSON.parse(readRegularFile(join(SHIPPED_FORM, 'form.json'), MOST_CARD_BYTES).toString('utf8')) as {
      onnx: { sha256: string }
    }
  ).onnx.sha256
  return digest
}
