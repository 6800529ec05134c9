import { basename, resolve } from 'node:path'
import { UserError } from '../core/support/user-error.ts'
import { readingFailure, readRegularFile } from '../platform/store/regular-file.ts'

/** More than any bundle has; whoever opens it says what is too large. */
export const MOST_BUNDLE_BYTES = 36 << 20

/** @throws BUNDLE_UNREADABLE */
export const readBundle = (file: string): Uint8Array => {
  const path = resolve(file)
  try {
    return readRegularFile(path, MOST_BUNDLE_BYTES)
  } catch (error) {
    throw new UserError('BUNDLE_UNREADABLE', `${basename(path)}: ${readingFailure(error)}.`, {}, error)
  }
}
