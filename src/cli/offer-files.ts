import { basename, resolve } from 'node:path'
import type { UnreadReason } from '../core/models/bundle-file.ts'
import { readRegularFile } from '../platform/store/regular-file.ts'
import { askServer, type Served } from './ask-server.ts'
import { MOST_BUNDLE_BYTES } from './read-bundle.ts'

const REASONS: Readonly<Record<string, UnreadReason>> = { ENOENT: 'missing', EACCES: 'denied', EPERM: 'denied' }

type Read = { readonly bytes: Buffer; readonly unread: UnreadReason | null }

const readOffered = (path: string): Read => {
  try {
    return { bytes: readRegularFile(path, MOST_BUNDLE_BYTES), unread: null }
  } catch (error) {
    // What cannot be read is sent as nothing: the page says why.
    return { bytes: Buffer.alloc(0), unread: REASONS[(error as NodeJS.ErrnoException).code ?? ''] ?? 'other' }
  }
}

/** Lays files ready on the server. @returns by which ids the page offers them */
export const offerFiles = async (running: Served, files: readonly string[]): Promise<readonly string[]> => {
  const ids: string[] = []
  for (const file of files) {
    const path = resolve(file)
    const { bytes, unread } = readOffered(path)
    const query = new URLSearchParams({ name: basename(path).slice(0, 255) || '/', ...(unread && { unread }) })
    const answer = await askServer(running, `/api/training/offers?${query}`, { method: 'POST', body: bytes })
    if (answer !== null) ids.push(((await answer.json()) as { readonly id: string }).id)
  }
  return ids
}
