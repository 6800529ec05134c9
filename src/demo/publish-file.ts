import { open, rename, rm } from 'node:fs/promises'
import { UserError } from '../core/support/user-error.ts'

const explain = (error: unknown, path: string): unknown => {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new UserError('STORAGE_FULL', `no space to write ${path}`, {}, error)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new UserError('DATA_DIR_UNWRITABLE', `cannot write ${path}`, {}, error)
  return error
}

/** Writes beside the target and renames: the file is there whole or not at all. */
export const publishFile = async (path: string, bytes: Uint8Array | string, signal?: AbortSignal): Promise<void> => {
  const partial = `${path}.partial-${process.pid}`
  try {
    // A link of that name would be written through, and a pipe waited for.
    await rm(partial, { force: true })
    const file = await open(partial, 'wx')
    try {
      await file.writeFile(bytes, signal === undefined ? {} : { signal })
      await file.sync()
    } finally {
      await file.close()
    }
    signal?.throwIfAborted()
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    throw explain(error, path)
  }
}
