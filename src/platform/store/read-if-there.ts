import { readFileSync } from 'node:fs'

/** Of a cache that may be deleted at any time, also between a look and a read. @returns null for a file that is not there */
export const readIfThere = (path: string): Buffer | null => {
  try {
    return readFileSync(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
