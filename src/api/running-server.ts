import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { accessToken } from '../platform/store/access-token.ts'
import { readRegularFile } from '../platform/store/regular-file.ts'
import type { RunningServer } from './start-server.ts'

const fileIn = (dataDir: string): string => join(dataDir, 'server.json')
const MOST_NOTE_BYTES = 4096
const ANSWERS_WITHIN_MS = 2000

/** Leaves a note of where the library is served, for who starts a second server. @returns takes it away again */
export const announceServer = (dataDir: string, address: string): (() => void) => {
  writeFileSync(fileIn(dataDir), JSON.stringify({ address }))
  return () => rmSync(fileIn(dataDir), { force: true })
}

const readNote = (dataDir: string): string | null => {
  try {
    const { address } = JSON.parse(readRegularFile(fileIn(dataDir), MOST_NOTE_BYTES).toString('utf8')) as {
      address?: unknown
    }
    return typeof address === 'string' ? address : null
  } catch {
    // No note, or one that was cut off: nobody is known to serve.
    return null
  }
}

/** The server that owns the data directory, null where none answers: a note may outlive its server. */
export const findRunningServer = async (dataDir: string): Promise<Pick<RunningServer, 'address' | 'token'> | null> => {
  const address = readNote(dataDir)
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
