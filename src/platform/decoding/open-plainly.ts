/**
 * @file The one rule by which a file of audio is opened: once, without following a link in its last place and without waiting for a pipe.
 * Whatever happens to its path meanwhile, what is read from the descriptor is what was checked.
 */
import type { BigIntStats } from 'node:fs'
import { constants, type FileHandle, lstat, open, readlink, realpath, stat } from 'node:fs/promises'
import { UserError } from '../../core/support/user-error.ts'

/** A file that is open; who gets it closes it. */
export type PlainFile = {
  readonly handle: FileHandle
  /** Where it really lies, with all links resolved. */
  readonly place: string
  readonly sizeBytes: number
  readonly modifiedMs: number
}

/** What opening asks of the operating system. */
export type Opening = {
  readonly stat: (path: string) => Promise<BigIntStats>
  readonly realpath: (path: string) => Promise<string>
  readonly open: (path: string, flags: number) => Promise<FileHandle>
}

const systemOpening: Opening = { stat: (path) => stat(path, { bigint: true }), realpath, open }

/** Windows has neither flag. */
const PLAINLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

const isSame = (one: BigIntStats, other: BigIntStats): boolean => one.dev === other.dev && one.ino === other.ino

/** Linux tells the place of the open file itself; elsewhere the file that lies there now is compared. Null where it lies there no more. */
const placeOf = async (handle: FileHandle, place: string): Promise<string | null> => {
  const told = process.platform === 'linux' ? await readlink(`/proc/self/fd/${handle.fd}`).catch(() => null) : null
  if (told !== null) return told
  const [opened, there] = await Promise.all([handle.stat({ bigint: true }), lstat(place, { bigint: true })])
  return isSame(opened, there) && (await realpath(place)) === place ? place : null
}

const changed = (path: string): UserError =>
  new UserError('AUDIO_CHANGED', `${path}: another file took its place while it was opened`)

const refuse = async (error: unknown, path: string): Promise<never> => {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE')
    throw new UserError('AUDIO_NOT_FOUND', `${path}: there is no such file`, {}, error)
  if (code === 'ENAMETOOLONG') throw new UserError('AUDIO_NOT_FOUND', `${path}: the name is too long`, {}, error)
  if (code === 'ELOOP') throw new UserError('AUDIO_UNREADABLE', `${path}: symbolic links lead in a circle`, {}, error)
  throw new UserError('AUDIO_UNREADABLE', `${path}: ${(error as Error).message}`, {}, error)
}

/**
 * Opens the file that a path leads to now, through links as well.
 * @throws UserError AUDIO_NOT_FOUND, AUDIO_UNREADABLE, NOT_A_FILE, AUDIO_CHANGED (something was swapped meanwhile)
 */
export const openPlainly = async (path: string, opening: Opening = systemOpening): Promise<PlainFile> => {
  const checked = await opening.stat(path).catch((error) => refuse(error, path))
  if (!checked.isFile())
    throw new UserError('NOT_A_FILE', `${path}: is a ${checked.isDirectory() ? 'folder' : 'device or pipe'}`)
  const expected = await opening.realpath(path).catch((error) => refuse(error, path))
  const handle = await opening.open(expected, PLAINLY).catch((error: NodeJS.ErrnoException) => {
    // The place had no link in it a moment ago.
    if (error.code === 'ELOOP') throw changed(path)
    return refuse(error, path)
  })
  try {
    const opened = await handle.stat({ bigint: true })
    const place = await placeOf(handle, expected).catch(() => null)
    if (!isSame(opened, checked) || !opened.isFile() || opened.nlink === 0n || place === null) throw changed(path)
    const { size, mtimeMs } = await handle.stat()
    return { handle, place, sizeBytes: size, modifiedMs: mtimeMs }
  } catch (error) {
    await handle.close()
    throw error
  }
}
