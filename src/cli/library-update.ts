import { writeSync } from 'node:fs'
import type { LibraryUpdate } from '../platform/store/database.ts'

const STDOUT = 1
const MEGABYTE = 1e6

export const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(bytes < 10 * MEGABYTE ? 1 : 0)} MB`

/** What is done now. */
export const updateWords = (update: LibraryUpdate): string => {
  switch (update.stage) {
    case 'checking':
      return 'Checking the library'
    case 'copying':
      return 'Copying the library first'
    case 'changing':
      return `Step ${update.step} of ${update.steps}`
  }
}

/** A line for the process that has started this one; nothing else runs until this part of the update is done, so it is written at once. */
export const reportUpdate = (updating: LibraryUpdate): void =>
  void writeSync(STDOUT, `${JSON.stringify({ updating })}\n`)
