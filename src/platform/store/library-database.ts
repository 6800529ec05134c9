import { statSync } from 'node:fs'
import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { UserError } from '../../core/support/user-error.ts'

const CHANGES = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b/i

/** A folder that was closed to this process may still hold the file: only what is seen to be gone is gone. */
const UNSEEN = 'unseen'

/** Device and inode; null where nothing is there. An open file keeps its inode, so that no other file gets the same. */
const identityOf = (path: string): string | null => {
  try {
    const status = statSync(path, { bigint: true, throwIfNoEntry: false })
    return status === undefined ? null : `${status.dev} ${status.ino}`
  } catch {
    // As the constant says.
    return UNSEEN
  }
}

const isSame = (known: string | null, found: string | null): boolean => found === known || found === UNSEEN

/**
 * The database of a library that is open. SQLite writes on to a file that was deleted or moved away, so path and open file are
 * compared before and after every write: what is acknowledged is in the file that the next start will open.
 */
export class LibraryDatabase extends DatabaseSync {
  readonly #path: string
  #library: string | null = null
  #log: string | null = null
  #tellGone: (() => void) | null = null

  constructor(path: string) {
    super(path, { enableForeignKeyConstraints: true, timeout: 2000 })
    this.#path = path
  }

  /** What lies at the path now is what is open; called once the write-ahead log is there. */
  settle(): void {
    this.#library = identityOf(this.#path)
    this.#log = identityOf(`${this.#path}-wal`)
  }

  /** @param tell is called once, after the write that found out, when the file is no longer in its place */
  onGone(tell: () => void): void {
    this.#tellGone = tell
  }

  /** Why nothing can be written any more; null where the file is in its place. */
  fault(): string | null {
    if (this.#library === null) return null
    const found = identityOf(this.#path)
    if (!isSame(this.#library, found)) {
      if (this.#tellGone !== null) setImmediate(this.#tellGone)
      this.#tellGone = null
      return found === null
        ? 'The library file was deleted or moved.'
        : 'Another file lies in the place of the library.'
    }
    if (isSame(this.#log, identityOf(`${this.#path}-wal`)) || this.#renewLog()) return null
    return 'The write-ahead log of the library was deleted or replaced.'
  }

  /** @throws DATABASE_GONE */
  requireInPlace(): void {
    const fault = this.fault()
    if (fault !== null) throw new UserError('DATABASE_GONE', fault)
  }

  override prepare(sql: string): StatementSync {
    const statement = super.prepare(sql)
    if (!CHANGES.test(sql)) return statement
    for (const name of ['run', 'get', 'all'] as const) {
      const execute = statement[name].bind(statement) as (...values: unknown[]) => unknown
      const guarded = (...values: unknown[]): unknown =>
        this.isTransaction ? execute(...values) : this.#guard(() => execute(...values))
      Object.defineProperty(statement, name, { value: guarded })
    }
    return statement
  }

  #guard<Result>(write: () => Result): Result {
    this.requireInPlace()
    const result = write()
    this.requireInPlace()
    return result
  }

  /** Writes everything into the library itself, which is still there, and begins another log. */
  #renewLog(): boolean {
    if (this.isTransaction) return false
    try {
      this.exec('PRAGMA journal_mode = DELETE')
      beginLog(this)
      this.settle()
      return true
    } catch {
      // Somebody reads, or the disk refuses: the next look tries again.
      return false
    }
  }
}

/** The log is there from the first reading on. */
export const beginLog = (database: DatabaseSync): void => {
  database.exec('PRAGMA journal_mode = WAL')
  // The default in WAL mode may be NORMAL, which loses acknowledged writes in a power cut.
  database.exec('PRAGMA synchronous = FULL')
  database.prepare('SELECT count(*) FROM sqlite_schema').get()
}

/** @throws DATABASE_GONE for the database of a library that is no longer in its place */
export const requireInPlace = (database: DatabaseSync): void => {
  if (database instanceof LibraryDatabase) database.requireInPlace()
}
