import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { storageError } from '../../core/support/storage-error.ts'
import { digestOf } from './digest.ts'
import { readIfThere } from './read-if-there.ts'

const SHA256_HEX_LENGTH = 64

/**
 * Keeps bytes that are derived from a recording and can be made again, in files: the bytes, then their SHA-256 in hexadecimal. The folder
 * may be deleted at any time.
 */
export class ByteCache {
  readonly #folder: string
  readonly #kind: { readonly name: string; readonly format: number }

  /** @param kind its name is the folder's and the files' extension; files of another format are simply not found */
  constructor(cacheFolder: string, kind: { readonly name: string; readonly format: number }) {
    this.#folder = join(cacheFolder, kind.name)
    this.#kind = kind
  }

  /** @param key digests of the inputs of the bytes */
  has(key: string): boolean {
    return existsSync(this.pathOf(key))
  }

  /** @returns null when the file is missing or damaged */
  read(key: string): Uint8Array | null {
    const file = readIfThere(this.pathOf(key))
    if (file === null) return null
    const bytes = new Uint8Array(file.subarray(0, Math.max(0, file.length - SHA256_HEX_LENGTH)))
    return file.subarray(bytes.length).toString('latin1') === digestOf(bytes) ? bytes : null
  }

  /** Others see the whole file or none. It is not synced, since it can be made again. */
  write(key: string, bytes: Uint8Array): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const partial = join(this.#folder, `.partial-${randomBytes(6).toString('hex')}`)
    try {
      writeFileSync(partial, Buffer.concat([bytes, Buffer.from(digestOf(bytes), 'latin1')]), { mode: 0o600 })
      renameSync(partial, this.pathOf(key))
    } catch (error) {
      throw storageError(error)
    } finally {
      rmSync(partial, { force: true })
    }
  }

  /** Every file in the folder, whole or not. */
  files(): readonly string[] {
    return existsSync(this.#folder) ? readdirSync(this.#folder).map((name) => join(this.#folder, name)) : []
  }

  pathOf(key: string): string {
    return join(this.#folder, `${digestOf(`${key}\n${this.#kind.format}`)}.${this.#kind.name}`)
  }
}
