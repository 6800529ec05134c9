import { rmSync, statSync } from 'node:fs'

/**
 * Files that have gone already count as deleted. One that cannot be deleted harms nobody, and keeps nobody from what else is to be done.
 * @returns those, of which the next start makes another try
 */
export const deleteCachedFiles = (paths: readonly string[]): readonly string[] =>
  paths.filter((path) => {
    try {
      rmSync(path, { force: true, recursive: true })
      return false
    } catch {
      // A full or read-only disk, or no right to: whatever it is, the file stays.
      return true
    }
  })

/** Whether a file of the cache was written before a moment; one that has gone was not. @param ms of the clock */
export const wasCachedBefore = (path: string, ms: number): boolean => {
  const status = statSync(path, { throwIfNoEntry: false })
  return status !== undefined && status.mtimeMs < ms
}
