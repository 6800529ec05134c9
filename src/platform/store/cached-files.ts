import { rmSync } from 'node:fs'
import { statusAt } from './regular-file.ts'

/** What cannot be deleted harms nobody, and keeps nobody from what else is to be done. @returns those */
const undeletable = (paths: readonly string[], recursive: boolean): readonly string[] =>
  paths.filter((path) => {
    try {
      rmSync(path, { force: true, recursive })
      return false
    } catch {
      // A full or read-only disk, or no right to: whatever it is, the file stays.
      return true
    }
  })

/** Files that have gone already count as deleted. @returns those that stay, of which the next start makes another try */
export const deleteCachedFiles = (paths: readonly string[]): readonly string[] => undeletable(paths, false)

/** The same for folders with all that is in them. */
export const deleteCachedFolders = (paths: readonly string[]): readonly string[] => undeletable(paths, true)

/** Whether a file of the cache was written before a moment; one that has gone was not. @param ms of the clock */
export const wasCachedBefore = (path: string, ms: number): boolean => {
  const status = statusAt(path)
  return status !== undefined && status.mtimeMs < ms
}
