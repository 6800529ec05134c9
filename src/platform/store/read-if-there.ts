import { FileRefusal, readRegularFile } from './regular-file.ts'

/** What is cached of one recording takes a few megabytes. */
const MOST_BYTES = 1 << 30

/** Reads from a cache that may be deleted at any time, even between a check and a read. @returns null for a missing file, and for what is none */
export const readIfThere = (path: string): Buffer | null => {
  try {
    return readRegularFile(path, MOST_BYTES)
  } catch (error) {
    if (error instanceof FileRefusal || (error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}
