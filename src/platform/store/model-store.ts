import type { DatabaseSync } from 'node:sqlite'
import { UserError } from '../../core/support/user-error.ts'
import { changing } from './changing.ts'
import { inTransaction } from './database.ts'
import { type ModelFile, type ModelFiles, unknownVersion } from './model-files.ts'

export type ModelSummary = {
  readonly version: number
  readonly active: boolean
  readonly publishedAt: string
  readonly card: Readonly<Record<string, unknown>>
}

/** Model versions: numbers are never reused, at most one version is active, and the active one cannot be deleted. */
export class ModelStore {
  readonly #database: DatabaseSync
  readonly #files: ModelFiles

  constructor(database: DatabaseSync, files: ModelFiles) {
    this.#database = database
    this.#files = files
    files.sweep()
    for (const version of files.versions()) this.#record(version)
  }

  /** Folder of the files. */
  get folder(): string {
    return this.#files.folder
  }

  pathOf(version: number): string {
    return this.#files.pathOf(version)
  }

  versions(): readonly number[] {
    return this.#files.versions()
  }

  exists(version: number): boolean {
    return this.#files.versions().includes(version)
  }

  activeVersion(): number | null {
    const row = this.#database.prepare('SELECT version FROM model_versions WHERE active = 1').get()
    return (row?.version as number | undefined) ?? null
  }

  /** @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
  summary(version: number): ModelSummary {
    return { ...this.standing(version), card: this.#files.readCard(version) }
  }

  /** What is known of a version without its card. */
  standing(version: number): Omit<ModelSummary, 'card'> & { readonly hasModel: boolean } {
    const row = this.#database
      .prepare('SELECT published_at AS publishedAt, active FROM model_versions WHERE version = ?')
      .get(version) as { publishedAt: string; active: number } | undefined
    const hasModel = this.#files.hasModel(version)
    return { version, active: row?.active === 1, publishedAt: row?.publishedAt ?? '', hasModel }
  }

  /** Above every number ever given and above files that have no row yet. */
  nextVersion(): number {
    const row = this.#database.prepare('SELECT COALESCE(MAX(version), 0) AS last FROM model_versions').get()
    return Math.max(row!.last as number, ...this.#files.versions()) + 1
  }

  /** @throws MODEL_EXPORT_FAILED and errors of the disk; older versions and the active one are untouched, and no partial version is left */
  publish(file: ModelFile): void {
    this.#files.publish(file)
    try {
      this.#record(file.version)
    } catch (error) {
      this.#files.remove(file.version)
      throw error
    }
  }

  /** @throws MODEL_NOT_FOUND, MODEL_CORRUPT */
  read(version: number): ModelFile {
    return this.#files.read(version)
  }

  /** Activates a version, older ones too. If its files are missing or damaged this throws, and the active version stays. */
  activate(version: number): void {
    this.#files.read(version)
    this.activateWithoutFiles(version)
  }

  /** Activates a version whose files are not among these: the one that ships. */
  activateWithoutFiles(version: number): void {
    this.#record(version)
    inTransaction(this.#database, () => {
      this.#database.prepare('UPDATE model_versions SET active = 0 WHERE active = 1').run()
      this.#database.prepare('UPDATE model_versions SET active = 1 WHERE version = ?').run(version)
    })
  }

  deactivate(): void {
    const update = this.#database.prepare('UPDATE model_versions SET active = 0 WHERE active = 1')
    changing(() => update.run())
  }

  /** Changes the name and notes of a version; what its model is stays. @throws MODEL_NOT_FOUND, MODEL_EXPORT_FAILED */
  describe(version: number, words: Readonly<Record<'name' | 'notes', string | null>>): void {
    this.#files.rewriteCard(version, words)
  }

  /** @throws MODEL_NOT_FOUND, MODEL_ACTIVE */
  delete(version: number): void {
    if (!this.exists(version)) throw unknownVersion(version)
    if (this.activeVersion() === version)
      throw new UserError('MODEL_ACTIVE', `Version ${version} is active.`, { activeVersion: version })
    const update = this.#database.prepare('UPDATE model_versions SET deleted_at = ? WHERE version = ?')
    changing(() => {
      this.#files.remove(version)
      update.run(new Date().toISOString(), version)
    })
  }

  /** Takes a number that a version had elsewhere, so that none gets it here. */
  reserve(version: number): void {
    this.#record(version)
  }

  #record(version: number): void {
    const insert = this.#database.prepare(
      'INSERT INTO model_versions (version, published_at) VALUES (?, ?) ON CONFLICT (version) DO NOTHING',
    )
    changing(() => insert.run(version, new Date().toISOString()))
  }
}
