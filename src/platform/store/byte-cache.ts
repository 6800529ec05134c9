import { join } from 'node:path'
import { DerivedFiles } from './derived-files.ts'
import { digestOf } from './digest.ts'

const SHA256_HEX_LENGTH = 64

/**
 * Keeps bytes that are derived from a recording and can be made again, in files: the bytes, then their SHA-256 in hexadecimal. The folder
 * may be deleted at any time.
 */
export class ByteCache {
  readonly #files: DerivedFiles
  readonly #kind: { readonly name: string; readonly format: number }

  /** @param kind its name is the folder's and the files' extension; files of another format are simply not found */
  constructor(cacheFolder: string, kind: { readonly name: string; readonly format: number }) {
    this.#files = new DerivedFiles(join(cacheFolder, kind.name))
    this.#kind = kind
  }

  /** @param key digests of the inputs of the bytes */
  has(key: string): boolean {
    return this.#files.has(this.#nameOf(key))
  }

  /** @returns null when the file is missing or damaged */
  read(key: string): Uint8Array | null {
    const file = this.#files.read(this.#nameOf(key))
    if (file === null) return null
    const bytes = new Uint8Array(file.subarray(0, Math.max(0, file.length - SHA256_HEX_LENGTH)))
    return file.subarray(bytes.length).toString('latin1') === digestOf(bytes) ? bytes : null
  }

  write(key: string, bytes: Uint8Array): void {
    this.#files.write(this.#nameOf(key), Buffer.concat([bytes, Buffer.from(digestOf(bytes), 'latin1')]))
  }

  /** Every file in the folder, whole or not. */
  files(): readonly string[] {
    return this.#files.paths()
  }

  pathOf(key: string): string {
    return this.#files.pathOf(this.#nameOf(key))
  }

  #nameOf(key: string): string {
    return `${digestOf(`${key}\n${this.#kind.format}`)}.${this.#kind.name}`
  }
}
