import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { storageError } from '../../core/support/storage-error.ts'
import { type ErrorReport, toErrorReport } from '../../core/support/user-error.ts'
import { checkApart } from './check-apart.ts'
import { damaged } from './database.ts'
import { oddFileOf, removeDatabase } from './database-files.ts'
import { diskEffects, syncFile } from './disk-effects.ts'
import { requireInPlace } from './library-database.ts'
import { rotateBackups } from './list-backups.ts'

/** A week is enough time to notice that labels are gone. */
const KEPT = 7
const DAILY = /^algiers-day-\d{4}-\d{2}-\d{2}\.db$/
const PARTIAL = '.partial-'
/** More pages than a database can have, so that one step copies them all. */
const ALL_PAGES = 2 ** 31 - 1

/** Makes the copy one file that opens without a log beside it. @throws DATABASE_DAMAGED */
const finish = async (path: string): Promise<void> => {
  const found = await checkApart({ path, makesWhole: true, thorough: false })
  if (found !== null) throw damaged(path, found)
}

/**
 * Copies the database while it is in use; others see the whole copy or none. One step through a connection of its own does it, because a
 * connection in the middle of a write cannot be copied from, and a copy in several steps starts again at every write.
 * @throws STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_IO_ERROR
 */
const copyTo = async (database: DatabaseSync, folder: string, name: string): Promise<string> => {
  requireInPlace(database)
  const source = new DatabaseSync(database.location()!, { readOnly: true, timeout: 2000 })
  try {
    return await copyFrom(source, folder, name)
  } finally {
    source.close()
  }
}

const copyFrom = async (source: DatabaseSync, folder: string, name: string): Promise<string> => {
  const path = join(folder, name)
  const partial = join(folder, PARTIAL + name)
  try {
    removeDatabase(partial)
    await backup(source, partial, { rate: ALL_PAGES })
    await finish(partial)
    syncFile(partial)
    diskEffects.rename(partial, path)
    diskEffects.syncFolder(folder)
  } catch (error) {
    removeDatabase(partial)
    throw storageError(error)
  }
  return path
}

const hasLabels = (database: DatabaseSync): boolean =>
  database.prepare('SELECT 1 FROM labels LIMIT 1').get() !== undefined

const copyHasLabels = (path: string): boolean => {
  if (oddFileOf(path) !== null) return false
  const copy = new DatabaseSync(path, { readOnly: true })
  try {
    return hasLabels(copy)
  } catch {
    // A copy that cannot be read is worth no more than a copy without labels.
    return false
  } finally {
    copy.close()
  }
}

/**
 * Copies the database once a day and keeps the last week's copies. A copy made before the day's first label is made again.
 * @param day e.g. `2026-11-23` @returns the copy; null where this day has one already @throws as `copyTo`
 */
export const backUpDaily = async (database: DatabaseSync, folder: string, day: string): Promise<string | null> => {
  const name = `algiers-day-${day}.db`
  const isThere = existsSync(join(folder, name))
  if (isThere && (!hasLabels(database) || copyHasLabels(join(folder, name)))) return null
  const path = await copyTo(database, folder, name)
  const names = readdirSync(folder).filter((other) => DAILY.test(other))
  rotateBackups(folder, { names, kept: KEPT, newest: name })
  return path
}

/** Path of the copy, or why there is none. */
type Rescued = { readonly copy: string } | { readonly problem: ErrorReport }

export type DailyBackups = {
  /** Copies the database unless today has a copy already; calls made meanwhile wait for the same copy. */
  readonly run: () => Promise<string | null>
  /** Copies the database now; such copies stay until the user deletes them. */
  readonly make: () => Promise<string>
  /** Copies what is open of a library that is no longer in its place, since nothing else can reach it; once. */
  readonly rescue: () => Promise<void>
  /** What became of that; null where there was no need, or it is under way. */
  readonly rescued: () => Rescued | null
  /** Resolves once no copy is under way; until then the database must stay open. */
  readonly settled: () => Promise<void>
}

export const createDailyBackups = (database: DatabaseSync, folder: string): DailyBackups => {
  let underWay: Promise<string | null> | null = null
  const byHand = new Set<Promise<string>>()
  let isRescued = false
  let rescued: Rescued | null = null
  const nameByHand = (): string => `algiers-hand-${new Date().toISOString().replace(/[:.]/g, '-')}.db`
  const waitedFor = async (made: Promise<string>): Promise<string> => {
    byHand.add(made)
    try {
      return await made
    } finally {
      byHand.delete(made)
    }
  }
  const copy = async (): Promise<string | null> => {
    try {
      return await backUpDaily(database, folder, new Date().toISOString().slice(0, 10))
    } finally {
      underWay = null
    }
  }
  return {
    run: () => {
      underWay ??= copy()
      return underWay
    },
    make: () => waitedFor(copyTo(database, folder, nameByHand())),
    rescue: async () => {
      if (isRescued) return
      isRescued = true
      // Where the folder is gone as well there is nowhere to copy to, which must be told.
      rescued = await waitedFor(copyFrom(database, folder, nameByHand())).then(
        (copy) => ({ copy }),
        (error: unknown) => ({ problem: toErrorReport(error) }),
      )
    },
    rescued: () => rescued,
    // The caller that started a copy gets its error.
    settled: async () => void (await Promise.allSettled([underWay, ...byHand])),
  }
}
