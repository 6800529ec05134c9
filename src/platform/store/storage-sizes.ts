import { readdirSync } from 'node:fs'
import { opendir, readdir, rm, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { storageError } from '../../core/support/storage-error.ts'
import type { DataDirectory } from './data-directory.ts'

/** Bytes on disk of the parts of the data directory. */
export type StorageSizes = {
  readonly database: number
  readonly models: number
  /** Waveforms and features, which are made again where needed. */
  readonly cache: number
  readonly backups: number
  /** Everything else, mostly the demo tracks. */
  readonly other: number
}

/** 0 for a file that has vanished: jobs write and rename files meanwhile. */
const sizeOf = async (path: string): Promise<number> => {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0
    throw error
  }
}

/** Measures one file at a time, so that a large library holds nobody up. @throws STORAGE_IO_ERROR */
export const storageSizes = async ({ path, ...parts }: DataDirectory): Promise<StorageSizes> => {
  const sizes = { database: 0, models: 0, cache: 0, backups: 0, other: 0 }
  const partOf = (file: string): keyof StorageSizes => {
    if (file.startsWith(parts.database)) return 'database'
    const [folder] = relative(path, file).split(sep)
    return (['models', 'cache', 'backups'] as const).find((part) => folder === relative(path, parts[part])) ?? 'other'
  }
  try {
    for await (const entry of await opendir(path, { recursive: true })) {
      const file = join(entry.parentPath, entry.name)
      if (entry.isFile()) sizes[partOf(file)] += await sizeOf(file)
    }
    return sizes
  } catch (error) {
    throw storageError(error)
  }
}

/** @throws STORAGE_READ_ONLY, STORAGE_IO_ERROR */
export const clearCache = async ({ cache }: DataDirectory): Promise<void> => {
  try {
    for (const name of await readdir(cache)) await rm(join(cache, name), { recursive: true, force: true })
  } catch (error) {
    throw storageError(error)
  }
}

/** Path of the newest daily copy of the database; null when there is none. */
export const newestBackup = ({ backups }: DataDirectory): string | null => {
  const [newest] = readdirSync(backups)
    .filter((name) => name.startsWith('algiers-day-') && name.endsWith('.db'))
    .sort()
    .reverse()
  return newest === undefined ? null : join(backups, newest)
}
