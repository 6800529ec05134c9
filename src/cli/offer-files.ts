import { basename, resolve } from 'node:path'
import { readRegularFile } from '../platform/store/regular-file.ts'
import { askServer, type Served } from './ask-server.ts'

/** More than any bundle has; the server says what is too large. */
const MOST_BYTES = 36 << 20

/** What cannot be read is sent as nothing: the page says that it holds no model. */
const bytesOf = (path: string): Buffer => {
  try {
    return readRegularFile(path, MOST_BYTES)
  } catch {
    return Buffer.alloc(0)
  }
}

/** Lays files ready on the server. @returns by which ids the page offers them */
export const offerFiles = async (running: Served, files: readonly string[]): Promise<readonly string[]> => {
  const ids: string[] = []
  for (const file of files) {
    const path = resolve(file)
    const asked = `/api/training/offers?name=${encodeURIComponent(basename(path).slice(0, 255) || '/')}`
    const answer = await askServer(running, asked, { method: 'POST', body: bytesOf(path) })
    if (answer !== null) ids.push(((await answer.json()) as { readonly id: string }).id)
  }
  return ids
}
