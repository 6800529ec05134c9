import { randomUUID } from 'node:crypto'
import { existsSync, lstatSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { accessToken } from '../platform/store/access-token.ts'
import { dataDirectoryAt } from '../platform/store/data-directory.ts'
import { readRegularFile } from '../platform/store/regular-file.ts'
import { INSTANCE_HEADER } from './guard.ts'
import type { RunningServer } from './start-server.ts'

const fileIn = (dataDir: string): string => dataDirectoryAt(dataDir).server
const MOST_NOTE_BYTES = 4096
const ANSWERS_WITHIN_MS = 2000
/** For who looks only once: on a machine that is busy, a server may take longer. */
export const SURELY_WITHIN_MS = 20_000

/** Where the library is served, by whom and from which file, or the page that tells of an update before it can be. */
type Note = Partial<Record<'address' | 'instance' | 'program' | 'updating', unknown>>

/** Whatever lies there: it may be a folder. */
const remove = (dataDir: string): void => rmSync(fileIn(dataDir), { force: true, recursive: true })

/**
 * A pipe in its place would be waited for, and a link written through. Two servers may do so at once, of which the later one's note stays:
 * it takes the place of the other as a whole.
 */
const leave = (dataDir: string, note: Note): void => {
  const made = `${fileIn(dataDir)}.${randomUUID()}`
  try {
    writeFileSync(made, JSON.stringify(note), { flag: 'wx' })
    if (lstatSync(fileIn(dataDir), { throwIfNoEntry: false })?.isDirectory()) remove(dataDir)
    renameSync(made, fileIn(dataDir))
  } finally {
    rmSync(made, { force: true })
  }
}

/** Leaves a note of where the library is served, for who starts a second server. @returns takes it away again */
export const announceServer = (
  dataDir: string,
  { address, instance }: Pick<RunningServer, 'address' | 'instance'>,
): (() => void) => {
  leave(dataDir, { address, instance, program: process.argv[1] })
  return () => remove(dataDir)
}

/** Leaves a note of the page that tells of an update before the library can be served. @returns takes it away again, if it is still there */
export const announceUpdate = (dataDir: string, updating: string): (() => void) => {
  leave(dataDir, { updating })
  return () => {
    if (readNote(dataDir).updating === updating) remove(dataDir)
  }
}

const readNote = (dataDir: string): Note => {
  try {
    return (JSON.parse(readRegularFile(fileIn(dataDir), MOST_NOTE_BYTES).toString('utf8')) as Note | null) ?? {}
  } catch {
    // No note, or one that was cut off: nobody is known to serve.
    return {}
  }
}

/**
 * The server that owns the data directory, null where none answers: a note may outlive its server, and then another may have its port,
 * such as that of somebody else on this machine.
 */
export const findRunningServer = async (
  dataDir: string,
  withinMs = ANSWERS_WITHIN_MS,
): Promise<Pick<RunningServer, 'address' | 'token'> | null> => {
  const { address, instance } = readNote(dataDir)
  if (typeof address !== 'string') return null
  try {
    const { ok, status, headers } = await fetch(`${address}/api/ready`, { signal: AbortSignal.timeout(withinMs) })
    // The first version leaves no mark, neither here nor there.
    if (headers.get(INSTANCE_HEADER) !== (instance ?? null)) return null
    if (status === 401) return { address, token: accessToken(dataDir) }
    return ok ? { address, token: null } : null
  } catch {
    // Nothing answers there, or not in time.
    return null
  }
}

/** Whether the program that serves the library was moved or deleted since: what it has not loaded yet it does not find any more. */
export const hasLostProgram = (dataDir: string): boolean => {
  const { program } = readNote(dataDir)
  return typeof program === 'string' && !existsSync(program)
}

/** The page of a start that brings the library up to date, null where none answers. */
export const findUpdatePage = async (dataDir: string): Promise<string | null> => {
  const { updating: page } = readNote(dataDir)
  if (typeof page !== 'string') return null
  try {
    const { ok } = await fetch(page, { method: 'HEAD', signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) })
    return ok ? page : null
  } catch {
    // As above.
    return null
  }
}
