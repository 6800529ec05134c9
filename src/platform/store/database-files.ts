import { existsSync, renameSync, rmSync } from 'node:fs'

/** What SQLite may lay beside a database. */
const SIDES = ['-wal', '-shm', '-journal'] as const

export const removeDatabase = (path: string): void => {
  for (const side of ['', ...SIDES]) rmSync(path + side, { force: true })
}

/** Moves a database with whatever lies beside it, which takes no room; the database itself goes last. */
export const moveDatabase = (from: string, to: string): void => {
  for (const side of [...SIDES, '']) if (existsSync(from + side)) renameSync(from + side, to + side)
}
