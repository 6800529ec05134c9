import { randomUUID } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { storageError } from '../../core/support/storage-error.ts'

/** Documents that a client has sent and a job is to read: at rest, since they are far larger than what a job keeps of its own. */
export class StagedFiles {
  readonly #folder: string

  /** @param cache the folder that may be deleted at any time */
  constructor(cache: string) {
    this.#folder = join(cache, 'staged')
  }

  /** @returns the name that it is kept by @throws STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_IO_ERROR */
  async keep(document: unknown): Promise<string> {
    const name = `${randomUUID()}.json`
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 })
      await writeFile(this.path(name), JSON.stringify(document), { mode: 0o600 })
    } catch (error) {
      await this.drop(name).catch(() => {})
      throw storageError(error)
    }
    return name
  }

  path(name: string): string {
    return join(this.#folder, basename(name))
  }

  async drop(name: string): Promise<void> {
    await rm(this.path(name), { force: true })
  }

  /** Deletes all but these. */
  async dropOthers(names: readonly string[]): Promise<void> {
    const there = await readdir(this.#folder).catch(() => [])
    for (const name of there) if (!names.includes(name)) await this.drop(name)
  }
}
