import { readFileSync } from 'node:fs'

/** Reads from a cache that may be deleted at any time, even between a check and a read. @returns null for a missing file */
export const readIfThere = (path: string): Buffer | null => {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
