import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import type { ByteSource } from '../../core/support/byte-source.ts'

/** A pipe without a writer would be waited for; Windows has neither such pipes nor the flag. */
const WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/** Why a file that somebody else named is not read; the message goes on after its path. */
export class FileRefusal extends Error {
  override readonly name = 'FileRefusal'
}

/** Of these a link leads nowhere, or a name goes on behind a file: there is nothing to be seen. */
const NOWHERE: readonly unknown[] = ['ELOOP', 'ENOTDIR', 'ENAMETOOLONG']

/** What lies at a path, through links; undefined where nothing does, be it that a link leads to itself. */
export const statusAt = (path: string): Stats | undefined => {
  try {
    return statSync(path, { throwIfNoEntry: false })
  } catch (error) {
    if (NOWHERE.includes((error as NodeJS.ErrnoException).code)) return undefined
    throw error
  }
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

const withRegularFile = <Result>(path: string | URL, use: (descriptor: number, bytes: number) => Result): Result => {
  // To open a device may already do something, such as to rewind a tape.
  requireRegular(statSync(path))
  const descriptor = openSync(path, WITHOUT_WAITING)
  try {
    const status = fstatSync(descriptor)
    requireRegular(status)
    return use(descriptor, status.size)
  } finally {
    closeSync(descriptor)
  }
}

/** The first bytes of a file that somebody else named, fewer where it is shorter. @throws as `readRegularFile` */
export const readHead = (path: string, byteCount: number): Buffer =>
  withRegularFile(path, (descriptor) => {
    const bytes = Buffer.alloc(byteCount)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, byteCount, 0))
  })

/**
 * Reads a file that somebody else named: whatever lies there, this neither waits for it nor reads more than is allowed.
 * @throws FileRefusal, and the error of the operating system
 */
export const readRegularFile = (path: string | URL, mostBytes: number): Buffer =>
  withRegularFile(path, (descriptor, bytes) => {
    if (bytes > mostBytes) throw tooLarge(mostBytes)
    return readUpTo(descriptor, bytes, mostBytes)
  })

/**
 * Opens a file that somebody else named, without holding it: each piece is read when it is asked for.
 * @param use is done with the bytes once it returns @throws as `readRegularFile`
 */
export const withFileBytes = <Result>(path: string, mostBytes: number, use: (bytes: ByteSource) => Result): Result =>
  withRegularFile(path, (descriptor, length) => {
    if (length > mostBytes) throw tooLarge(mostBytes)
    const subarray = (start: number, end: number): Uint8Array => {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, length) - start))
      let filled = 0
      while (filled < bytes.length) {
        const read = readSync(descriptor, bytes, filled, bytes.length - filled, start + filled)
        if (read === 0) break
        filled += read
      }
      return bytes.subarray(0, filled)
    }
    return use({ length, subarray })
  })

/** Why a file could not be read, as the end of a sentence that begins with its path. */
export const readingFailure = (error: unknown): string => {
  if (error instanceof FileRefusal) return error.message
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' ? 'there is no such file' : `cannot be read (${code ?? error})`
}
