import { resolve, sep } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { changing } from './changing.ts'
import { inTransaction, prepared } from './database.ts'
import { IGNORED_IN_ROOT } from './track-conditions.ts'

/** A file that a person does not want in the library. */
export type IgnoredFile = {
  readonly id: number
  /** Absolute. */
  readonly path: string
  /** What its track was called. */
  readonly title: string
  readonly ignoredAt: string
}

const COLUMNS = 'id, path, title, ignored_at AS ignoredAt'

const toIgnored = (row: IgnoredFile): IgnoredFile => ({ ...row, path: resolve(row.path) })

/** On Windows the path of a folder has backslashes. */
const slashed = (path: string): string => (sep === '/' ? path : path.replaceAll(sep, '/'))

/** Keeps which files are ignored, by their whole paths: also those of folders that are not in the library at the moment. */
export class IgnoredFileStore {
  readonly #database: DatabaseSync

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  /** Those in folders of the library, the latest ignored first. */
  list(): readonly IgnoredFile[] {
    const rows = this.#database.prepare(
      `SELECT ${COLUMNS} FROM ignored_files WHERE EXISTS (SELECT 1 FROM roots WHERE ${IGNORED_IN_ROOT})
       ORDER BY ignored_at DESC, id DESC`,
    )
    return (rows.all() as unknown as readonly IgnoredFile[]).map(toIgnored)
  }

  /** Relative paths, with slashes, that a scan of the folder passes over. */
  pathsIn(rootId: number): ReadonlySet<string> {
    const rows = prepared(
      this.#database,
      `SELECT substr(ignored_files.path, length(rtrim(roots.path, '/\\')) + 2) AS path
       FROM ignored_files JOIN roots ON ${IGNORED_IN_ROOT} WHERE roots.id = ?`,
    ).all(rootId)
    return new Set((rows as unknown as readonly { path: string }[]).map(({ path }) => slashed(path)))
  }

  /** Ignores every file of tracks, in all folders, and forgets that they were their places. @returns how many files */
  ignoreFilesOf(tracks: readonly { readonly trackId: number; readonly title: string }[]): number {
    const ignore = prepared(
      this.#database,
      `INSERT INTO ignored_files (path, title, ignored_at)
       SELECT rtrim(roots.path, '/') || '/' || locations.path, ?, ? FROM locations JOIN roots ON roots.id = root_id
       WHERE track_id = ? AND missing_since IS NULL
       ON CONFLICT (path) DO NOTHING`,
    )
    const forget = prepared(this.#database, 'DELETE FROM locations WHERE track_id = ?')
    const now = new Date().toISOString()
    return inTransaction(this.#database, () =>
      tracks.reduce((ignored, { trackId, title }) => {
        const { changes } = ignore.run(title, now, trackId)
        forget.run(trackId)
        return ignored + Number(changes)
      }, 0),
    )
  }

  /** @param path relative, with slashes */
  readmitPath(rootId: number, path: string): void {
    const remove = prepared(
      this.#database,
      "DELETE FROM ignored_files WHERE path = (SELECT rtrim(roots.path, '/') || '/' || ? FROM roots WHERE id = ?)",
    )
    changing(() => remove.run(path, rootId))
  }

  /** @returns the file that scans find again; null where there is none with that id */
  readmit(id: number): IgnoredFile | null {
    const row = this.#database.prepare(`SELECT ${COLUMNS} FROM ignored_files WHERE id = ?`).get(id)
    if (row === undefined) return null
    changing(() => this.#database.prepare('DELETE FROM ignored_files WHERE id = ?').run(id))
    return toIgnored(row as unknown as IgnoredFile)
  }
}
