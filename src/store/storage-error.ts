import { UserError } from '../support/user-error.ts'

const SQLITE_FULL = 13

/** A full disk is the user's business; every other failure of SQLite or the file system is a bug or a broken disk and keeps its words. */
export const storageError = (error: unknown): unknown => {
  const { errcode, code } = (error ?? {}) as { errcode?: number; code?: string }
  if (error instanceof UserError || (errcode !== SQLITE_FULL && code !== 'ENOSPC')) return error
  return new UserError('STORAGE_FULL', 'Nothing more could be written; what was acknowledged is kept.', {}, error)
}
