import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'

/** A pipe without a writer would be waited for; Windows has neither such pipes nor the flag. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Why a file that somebody else named is not read; the message goes on after its path. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal'
}

const requireRegular = (status: Stats): void => {
  if (!status.isFile()) throw new FileRefusal(status.isDirectory() ? 'is a folder' : 'is a device or pipe')
}

const tooLarge = (mostBytes: number): FileRefusal => new FileRefusal(`has more than ${mostBytes} bytes`)

/** Files of the system say that they are empty and never end, so the size is only a guess. */
const readUpTo = (descriptor: number, guess: number, mostBytes: number): Buffer => {
  let bytes = Buffer.allocUnsafe(Math.min(guess, mostBytes) + 1)
  let filled = 0
  for (;;) {
    const read = readSync(descriptor, bytes, filled, bytes.length - filled, null)
    filled += read
    if (filled > mostBytes) throw tooLarge(mostBytes)
    if (read === 0) return bytes.subarray(0, filled)
    if (filled === bytes.length) bytes = Buffer.concat([bytes], Math.min(bytes.length * 2, mostBytes + 1))
  }
}

/**
 * Reads a file that somebody else named: whatever lies there, this neither waits for it nor reads more than is allowed.
 * @throws FileRefusal, and the error of the operating system
 */
export const readRegularFile = (path: string | URL, mostBytes: number): Buffer => {
  // To open a device may already do something, such as to rewind a tape.
  requireRegular(statSync(path))
  const descriptor = openSync(path, WITHOUT_WAITING)
  try {
    const status = fstatSync(descriptor)
    requireRegular(status)
    if (status.size > mostBytes) throw tooLarge(mostBytes)
    return readUpTo(descriptor, status.size, mostBytes)
  } finally {
    closeSync(descriptor)
  }
}

/** Why a file could not be read, as the end of a sentence that begins with its path. */
export const readingFailure = (error: unknown): string => {
  if (error instanceof FileRefusal) return error.message
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code ?? error})`
}
