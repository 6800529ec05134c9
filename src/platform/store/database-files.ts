import { existsSync, renameSync, rmSync, statSync } from 'node:fs'

/** What SQLite may lay beside a database. */
const SIDES = ['-wal', '-shm', '-journal'] as const

/** The first of a database and its sides that is a pipe, a folder or a device: SQLite would wait for a pipe for ever. */
export const oddFileOf = (path: string): string | null =>
  ['', ...SIDES]
    .map((side) => path + side)
    .find((file) => statSync(file, { throwIfNoEntry: false })?.isFile() === false) ?? null

export const removeDatabase = (path: string): void => {
  for (const side of ['', ...SIDES]) rmSync(path + side, { force: true })
}

/** Moves a database with whatever lies beside it, which takes no room; the database itself goes last. */
export const moveDatabase = (from: string, to: string): void => {
  for (const side of [...SIDES, '']) if (existsSync(from + side)) renameSync(from + side, to + side)
}
