import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { accessToken } from '../platform/store/access-token.ts'
import { readRegularFile } from '../platform/store/regular-file.ts'
import type { RunningServer } from './start-server.ts'

const fileIn = (dataDir: string): string => join(dataDir, 'server.json')
const MOST_NOTE_BYTES = 4096
const ANSWERS_WITHIN_MS = 2000

/** Whatever lies there: it may be a folder. */
const remove = (dataDir: string): void => rmSync(fileIn(dataDir), { force: true, recursive: true })

/** A pipe in its place would be waited for, and a link written through. */
const leave = (dataDir: string, note: Readonly<Record<string, string>>): void => {
  remove(dataDir)
  writeFileSync(fileIn(dataDir), JSON.stringify(note), { flag: 'wx' })
}

/** Leaves a note of where the library is served, for who starts a second server. @returns takes it away again */
export const announceServer = (dataDir: string, address: string): (() => void) => {
  leave(dataDir, { address })
  return () => remove(dataDir)
}

/** Leaves a note of the page that tells of an update before the library can be served. @returns takes it away again, if it is still there */
export const announceUpdate = (dataDir: string, updating: string): (() => void) => {
  leave(dataDir, { updating })
  return () => {
    if (readNote(dataDir, 'updating') === updating) remove(dataDir)
  }
}

const readNote = (dataDir: string, field: 'address' | 'updating'): string | null => {
  try {
    const note = JSON.parse(readRegularFile(fileIn(dataDir), MOST_NOTE_BYTES).toString('utf8')) as Partial<
      Record<typeof field, unknown>
    >
    const address = note[field]
    return typeof address === 'string' ? address : null
  } catch {
    // No note, or one that was cut off: nobody is known to serve.
    return null
  }
}

/** The server that owns the data directory, null where none answers: a note may outlive its server. */
export const findRunningServer = async (dataDir: string): Promise<Pick<RunningServer, 'address' | 'token'> | null> => {
  const address = readNote(dataDir, 'address')
  if (address === null) return null
  try {
    const { ok, status } = await fetch(`${address}/api/ready`, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) })
    if (status === 401) return { address, token: accessToken(dataDir) }
    return ok ? { address, token: null } : null
  } catch {
    // Nothing answers there, or not in time.
    return null
  }
}

/** The page of a start that brings the library up to date, null where none answers. */
export const findUpdatePage = async (dataDir: string): Promise<string | null> => {
  const page = readNote(dataDir, 'updating')
  if (page === null) return null
  try {
    const { ok } = await fetch(page, { method: 'HEAD', signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) })
    return ok ? page : null
  } catch {
    // As above.
    return null
  }
}
