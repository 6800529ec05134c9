import { existsSync, lstatSync, renameSync, rmSync } from 'node:fs'
import { statusAt } from './regular-file.ts'

/** What SQLite may lay beside a database. */
const SIDES = ['-wal', '-shm', '-journal'] as const

const isOdd = (file: string): boolean =>
  // Of a link that leads nowhere SQLite would make a file elsewhere, or fail.
  !(statusAt(file)?.isFile() ?? lstatSync(file, { throwIfNoEntry: false }) === undefined)

/** The first of a database and its sides that is a pipe, a folder, a device or a link to nothing: SQLite would wait for a pipe for ever. */
export const oddFileOf = (path: string): string | null => ['', ...SIDES].map((side) => path + side).find(isOdd) ?? null

export const removeDatabase = (path: string): void => {
  for (const side of ['', ...SIDES]) rmSync(path + side, { force: true })
}

/** Moves a database with whatever lies beside it, which takes no room; the database itself goes last. */
export const moveDatabase = (from: string, to: string): void => {
  for (const side of [...SIDES, '']) if (existsSync(from + side)) renameSync(from + side, to + side)
}
