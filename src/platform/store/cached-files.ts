import { rmSync, statSync } from 'node:fs'

/** Files that have gone already count as deleted. */
export const deleteCachedFiles = (paths: Iterable<string>): void => {
  for (const path of paths) rmSync(path, { force: true })
}

/** Whether a file of the cache was written before a moment; one that has gone was not. @param ms of the clock */
export const wasCachedBefore = (path: string, ms: number): boolean => {
  const status = statSync(path, { throwIfNoEntry: false })
  return status !== undefined && status.mtimeMs < ms
}
