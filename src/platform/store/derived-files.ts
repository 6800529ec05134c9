import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { storageError } from '../../core/support/storage-error.ts'
import { readIfThere } from './read-if-there.ts'

const PARTIAL = '.partial-'

/** A folder of files that can be made again; it may be deleted at any time. */
export class DerivedFiles {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  pathOf(name: string): string {
    return join(this.#folder, name)
  }

  has(name: string): boolean {
    return existsSync(this.pathOf(name))
  }

  read(name: string): Buffer | null {
    return readIfThere(this.pathOf(name))
  }

  /** Others see the whole file or none, because it is written beside and renamed. It is not synced, since it can be made again. */
  write(name: string, bytes: Uint8Array): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 })
    const partial = this.pathOf(PARTIAL + randomBytes(6).toString('hex'))
    try {
      writeFileSync(partial, bytes, { mode: 0o600 })
      renameSync(partial, this.pathOf(name))
    } catch (error) {
      throw storageError(error)
    } finally {
      rmSync(partial, { force: true })
    }
  }

  /** The path of every file in the folder, whole or not. */
  paths(): readonly string[] {
    return this.#names().map((name) => this.pathOf(name))
  }

  /** Removes files that an interrupted process left. */
  sweep(): void {
    for (const name of this.#names()) if (name.startsWith(PARTIAL)) rmSync(this.pathOf(name), { force: true })
  }

  #names(): readonly string[] {
    return existsSync(this.#folder) ? readdirSync(this.#folder) : []
  }
}
