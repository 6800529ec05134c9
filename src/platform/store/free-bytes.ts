import { statfsSync } from 'node:fs'

/** Free space on the disk of a folder; null where the folder cannot be reached. */
export const freeBytesAt = (folder: string): number | null => {
  try {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  } catch {
    // The folder was deleted, or its drive is gone.
    return null
  }
}
