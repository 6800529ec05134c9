import { randomBytes } from 'node:crypto'
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { storageError } from '../../core/support/storage-error.ts'
import { UserError } from '../../core/support/user-error.ts'
import { readIfThere } from '../store/read-if-there.ts'
import { isBucket, openBucket } from './bucket.ts'
import type { Sql } from './connect.ts'

/** Bytes that are derived from a recording: features, peaks, windows that a network heard; and libraries, in parts. Whatever has a key is the same for ever. */
export type ObjectStore = {
  /** May be repeated: others see all of it or nothing. */
  readonly put: (key: string, bytes: Uint8Array) => Promise<void>
  /** @returns null where there is none */
  readonly get: (key: string) => Promise<Buffer | null>
}

/** It lies in the folder of derived bytes: where it is missing, the folder is an empty place that nothing is mounted at. */
const MARKER = '.algiers-objects'

const partialIn = (folder: string): string => join(folder, `.partial-${randomBytes(6).toString('hex')}`)

/** Makes a place for derived bytes, or finds out whether anything can be written there. @throws STORAGE_UNREACHABLE, ROOT_NOT_FOUND */
export const prepareObjects = async (place: string | null): Promise<void> => {
  if (place === null) return
  if (isBucket(place)) return (await openBucket(place)).put(MARKER, new Uint8Array())
  const made = partialIn(place)
  try {
    await mkdir(place, { recursive: true })
    // In place of whatever lies there, so that nobody who works with it finds it without.
    await writeFile(made, '', { flag: 'wx' })
    await rename(made, join(place, MARKER))
  } catch (error) {
    throw storageError(error)
  } finally {
    await rm(made, { force: true }).catch(() => {})
  }
}

const inFolder = (folder: string): ObjectStore => {
  const pathOf = (key: string): string => join(folder, ...key.split('/'))
  const requireMounted = async (): Promise<void> => {
    const marker = await stat(join(folder, MARKER)).catch(() => null)
    if (marker === null) throw new UserError('STORAGE_UNREACHABLE', `${folder} is not mounted on this machine.`)
  }
  return {
    put: async (key, bytes) => {
      await requireMounted()
      const path = pathOf(key)
      const partial = partialIn(dirname(path))
      try {
        await mkdir(dirname(path), { recursive: true })
        await writeFile(partial, bytes, { flush: true })
        await rename(partial, path)
      } catch (error) {
        throw storageError(error)
      } finally {
        await rm(partial, { force: true })
      }
    },
    get: async (key) => {
      const found = readIfThere(pathOf(key))
      if (found === null) await requireMounted()
      return found
    },
  }
}

const inBucket = (url: string): ObjectStore => {
  const bucket = openBucket(url)
  // Told to whoever asks first.
  bucket.catch(() => {})
  return {
    put: async (key, bytes) => (await bucket).put(key, bytes),
    get: async (key) => {
      const bytes = await (await bucket).get(key)
      return bytes && Buffer.from(bytes)
    },
  }
}

const inDatabase = (sql: Sql): ObjectStore => ({
  put: async (key, bytes) => {
    await sql('INSERT INTO algiers.objects VALUES ($1, $2) ON CONFLICT DO NOTHING', [key, Buffer.from(bytes)])
  },
  get: async (key) =>
    (await sql<{ bytes: Buffer }>('SELECT bytes FROM algiers.objects WHERE key = $1', [key]))[0]?.bytes ?? null,
})

/** @param place a mounted folder or `s3://bucket/prefix`; null for the database itself */
export const openObjects = (sql: Sql, place: string | null): ObjectStore =>
  place === null ? inDatabase(sql) : isBucket(place) ? inBucket(place) : inFolder(place)

/** So many folders that none holds too many files. */
const SPREAD_DIGITS = 2

/** @param digest in hexadecimal */
export const objectKey = (kind: 'features' | 'peaks' | 'windows' | 'libraries', digest: string): string =>
  `${kind}/${digest.slice(0, SPREAD_DIGITS)}/${digest}`
