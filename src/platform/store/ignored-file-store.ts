import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { changing } from './changing.ts'
import { inTransaction, prepared } from './database.ts'

/** A file of a folder of the library that a person does not want in it. */
export type IgnoredFile = {
  readonly id: number
  readonly rootId: number
  /** Absolute. */
  readonly path: string
  /** What its track was called. */
  readonly title: string
  readonly ignoredAt: string
}

type Row = Omit<IgnoredFile, 'path'> & { readonly rootPath: string; readonly relativePath: string }

const ROWS = `SELECT ignored_files.id AS id, root_id AS rootId, roots.path AS rootPath, ignored_files.path AS relativePath,
    title, ignored_at AS ignoredAt
  FROM ignored_files JOIN roots ON roots.id = root_id`

const toIgnored = ({ rootPath, relativePath, ...row }: Row): IgnoredFile => ({
  ...row,
  path: join(rootPath, ...relativePath.split('/')),
})

export class IgnoredFileStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** The latest ignored first. */
  list(): readonly IgnoredFile[] {
    const rows = this.#database.prepare(`${ROWS} ORDER BY ignored_at DESC, ignored_files.id DESC`).all()
    return (rows as unknown as readonly Row[]).map(toIgnored)
  }

  /** Relative paths, with slashes, that a scan of the folder passes over. */
  pathsIn(rootId: number): ReadonlySet<string> {
    const rows = prepared(this.#database, 'SELECT path FROM ignored_files WHERE root_id = ?').all(rootId)
    return new Set((rows as unknown as readonly { path: string }[]).map(({ path }) => path))
  }

  /** Ignores every file of a track, in all folders, and forgets that they were its places. @returns how many files */
  ignoreFilesOf(trackId: number, title: string): number {
    return inTransaction(this.#database, () => {
      const { changes } = this.#database
        .prepare(
          `INSERT INTO ignored_files (root_id, path, title, ignored_at)
           SELECT root_id, path, ?, ? FROM locations WHERE track_id = ? AND missing_since IS NULL
           ON CONFLICT (root_id, path) DO NOTHING`,
        )
        .run(title, new Date().toISOString(), trackId)
      this.#database.prepare('DELETE FROM locations WHERE track_id = ?').run(trackId)
      return Number(changes)
    })
  }

  /** @param path relative, with slashes */
  readmitPath(rootId: number, path: string): void {
    const remove = prepared(this.#database, 'DELETE FROM ignored_files WHERE root_id = ? AND path = ?')
    changing(() => remove.run(rootId, path))
  }

  /** @returns the file that scans find again; null where there is none with that id */
  readmit(id: number): IgnoredFile | null {
    const row = this.#database.prepare(`${ROWS} WHERE ignored_files.id = ?`).get(id)
    if (row === undefined) return null
    changing(() => this.#database.prepare('DELETE FROM ignored_files WHERE id = ?').run(id))
    return toIgnored(row as unknown as Row)
  }
}
