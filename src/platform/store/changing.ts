import { storageError } from '../../core/support/storage-error.ts'

/** Runs a write. @throws STORAGE_FULL, STORAGE_READ_ONLY, STORAGE_IO_ERROR */
export const changing = <Result>(write: () => Result): Result => {
  try {
    return write()
  } catch (error) {
    throw storageError(error)
  }
}
