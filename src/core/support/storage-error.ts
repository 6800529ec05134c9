import type { ErrorCode } from './error-catalogue.ts'
import { UserError } from './user-error.ts'

/** Primary result codes of SQLite (sqlite.org/rescode.html); extended codes use the bits above the lowest eight. */
const SQLITE_CODES: Readonly<Record<number, ErrorCode>> = {
  3: 'ACCESS_DENIED',
  8: 'STORAGE_READ_ONLY',
  10: 'STORAGE_IO_ERROR',
  11: 'DATABASE_DAMAGED',
  13: 'STORAGE_FULL',
  14: 'ACCESS_DENIED',
  26: 'DATABASE_DAMAGED',
}
const SYSTEM_CODES: Readonly<Record<string, ErrorCode>> = {
  ENOSPC: 'STORAGE_FULL',
  EDQUOT: 'STORAGE_FULL',
  EROFS: 'STORAGE_READ_ONLY',
  EIO: 'STORAGE_IO_ERROR',
  EACCES: 'ACCESS_DENIED',
  EPERM: 'ACCESS_DENIED',
  ERR_MODULE_NOT_FOUND: 'PROGRAM_GONE',
  MODULE_NOT_FOUND: 'PROGRAM_GONE',
}

const DETAILS: Readonly<Partial<Record<ErrorCode, string>>> = {
  DATABASE_DAMAGED: 'A part of the library file that is needed here cannot be read.',
  PROGRAM_GONE: 'A part of the program is no longer where it was when Algiers was started.',
}
const REFUSED = 'This could not be written; what was acknowledged is kept.'

/** Names what is closed, without the folders that it lies in. */
const deniedTo = (path: unknown): string =>
  `Algiers has no access to ${typeof path === 'string' ? path.split(/[\\/]/).at(-1) : 'a file or folder that is needed here'}.`

/** Turns a disk's refusal, a damaged file, or a program that was moved while it runs, into an error for the user; any other failure of SQLite or the file system is a bug and stays as it is. */
export const storageError = (error: unknown): unknown => {
  const { errcode, code, path } = (error ?? {}) as { errcode?: number; code?: string; path?: unknown }
  const found = SQLITE_CODES[(errcode ?? 0) & 0xff] ?? SYSTEM_CODES[code ?? '']
  if (error instanceof UserError || found === undefined) return error
  const detail = found === 'ACCESS_DENIED' ? deniedTo(path) : (DETAILS[found] ?? REFUSED)
  return new UserError(found, detail, {}, error)
}
