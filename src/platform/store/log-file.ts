import { appendFileSync, readdirSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { MISLEADING_CHARACTERS } from '../../core/support/misleading-characters.ts'
import type { ErrorReport } from '../../core/support/user-error.ts'
import { makeFolders } from './make-folders.ts'
import { readRegularFile, statusAt } from './regular-file.ts'

const FILE_NAME = 'algiers.log'
const MOST_BYTES = 1 << 20
/** Beside the one that is written. */
const MOST_OLDER = 3
/** A line that is as long as a file would push everything else out. */
const MOST_LINE_LENGTH = 8000

/** So much of the log is shown: the end of it, which is what happened last. */
const MOST_SHOWN = 200_000

/** What an entry is about: an error by its code, or a dash. It stands where no title or path can. */
export type LogMark = ErrorReport['code'] | '-'

/** Titles and paths may hold anything; a stack trace has lines of its own, which are set in. */
const plainLines = (text: string): string =>
  text
    .slice(0, MOST_LINE_LENGTH)
    .split(/\r?\n/)
    .map((line) => line.replace(MISLEADING_CHARACTERS, '·'))
    .join('\n    ')

/**
 * What the program tells of itself, for when something went wrong. Its size is bounded: what is full becomes an older file, and the
 * oldest is deleted. The process itself may write to the file, too, so it is emptied and never exchanged.
 */
export class LogFile {
  readonly folder: string
  readonly path: string
  readonly #mostBytes: number

  constructor(dataDirectory: string, { mostBytes = MOST_BYTES } = {}) {
    this.folder = join(dataDirectory, 'logs')
    this.path = join(this.folder, FILE_NAME)
    this.#mostBytes = mostBytes
  }

  /** A log that cannot be written must not keep anything else from being done. */
  append(text: string, mark: LogMark = '-'): void {
    try {
      this.#makeRoom()
      appendFileSync(this.path, `${new Date().toISOString()} ${mark} ${plainLines(text)}\n`, { mode: 0o600 })
    } catch {
      // As above.
    }
  }

  /** For the errors of a process that has no terminal. @returns null where the log cannot be written */
  async forProcess(): Promise<FileHandle | null> {
    try {
      this.#makeRoom()
      return await open(this.path, 'a', 0o600)
    } catch {
      // The reason is told by whoever opens the library next.
      return null
    }
  }

  /** All that is kept, the oldest first. */
  read(): string {
    return [...this.#older(), FILE_NAME].map((name) => this.#textOf(name)).join('')
  }

  /** What happened last. */
  readEnd(): string {
    return this.read().slice(-MOST_SHOWN)
  }

  #textOf(name: string): string {
    try {
      return readRegularFile(join(this.folder, name), 2 * this.#mostBytes).toString('utf8')
    } catch {
      // Nothing was written yet, or something else lies there.
      return ''
    }
  }

  /** Names of the full ones, the oldest first. */
  #older(): readonly string[] {
    try {
      return readdirSync(this.folder)
        .filter((name) => /^algiers\.\d\.log$/.test(name))
        .sort()
        .reverse()
    } catch {
      // There is no log yet.
      return []
    }
  }

  #makeRoom(): void {
    makeFolders(this.folder)
    const status = statusAt(this.path)
    if (status === undefined) return
    if (!status.isFile()) throw new Error(`${this.path} is no file`)
    if (status.size < this.#mostBytes) return
    const place = (age: number): string => join(this.folder, `algiers.${age}.log`)
    rmSync(place(MOST_OLDER), { force: true, recursive: true })
    for (const name of this.#older()) {
      const age = Number(/\d/.exec(name)![0])
      renameSync(join(this.folder, name), place(age + 1))
    }
    writeFileSync(place(1), this.#textOf(FILE_NAME), { mode: 0o600 })
    truncateSync(this.path)
  }
}
