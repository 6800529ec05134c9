import { constants } from 'node:fs'
import { type FileHandle, lstat, open, stat } from 'node:fs/promises'
import { UserError } from '../../core/support/user-error.ts'
import { type AudioFormat, id3v2Length, sniffFormat } from './audio-files.ts'

const SNIFFED_BYTES = 65536

const refuse = (error: unknown, path: string): never => {
  const code = (error as NodeJS.ErrnoException).code
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ERR_INVALID_ARG_VALUE')
    throw new UserError('AUDIO_NOT_FOUND', `${path}: there is no such file`, {}, error)
  if (code === 'ENAMETOOLONG') throw new UserError('AUDIO_NOT_FOUND', `${path}: the name is too long`, {}, error)
  if (code === 'ELOOP') throw new UserError('AUDIO_UNREADABLE', `${path}: symbolic links lead in a circle`, {}, error)
  throw new UserError('AUDIO_UNREADABLE', `${path}: ${(error as Error).message}`, {}, error)
}

/**
 * Opens a regular file without ever waiting on a pipe or device.
 * @throws UserError AUDIO_NOT_FOUND, AUDIO_UNREADABLE, NOT_A_FILE, AUDIO_EMPTY
 */
export const openRegularFile = async (path: string): Promise<{ file: FileHandle; sizeBytes: number }> => {
  const found = await stat(path).catch(async (error) => {
    await lstat(path).catch((missing) => refuse(missing, path))
    return refuse(error, path)
  })
  if (!found.isFile())
    throw new UserError('NOT_A_FILE', `${path}: is a ${found.isDirectory() ? 'folder' : 'device or pipe'}`)
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error) => refuse(error, path))
  const { size } = await file.stat()
  if (size > 0) return { file, sizeBytes: size }
  await file.close()
  throw new UserError('AUDIO_EMPTY', `${path}: holds 0 bytes`)
}

/** Reads into `bytes` from `position` on. @returns the part of `bytes` that was filled */
export const readInto = async (file: FileHandle, position: number, bytes: Uint8Array): Promise<Uint8Array> => {
  let filled = 0
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return bytes.subarray(0, filled)
}

/** Reads up to `length` bytes at `position`. */
export const readAt = (file: FileHandle, position: number, length: number): Promise<Uint8Array> =>
  readInto(file, position, new Uint8Array(length))

export type SniffedFile = {
  readonly format: AudioFormat
  /** Offset of the stream, after leading ID3v2 tags. */
  readonly streamStart: number
  readonly sizeBytes: number
}

/** @throws UserError AUDIO_NO_STREAM for tags without sound, AUDIO_FORMAT_UNKNOWN for anything that is not audio. */
export const sniffFile = async (path: string): Promise<SniffedFile> => {
  const { file, sizeBytes } = await openRegularFile(path)
  try {
    let streamStart = 0
    for (;;) {
      const tag = id3v2Length(await readAt(file, streamStart, 10))
      if (tag === 0) break
      streamStart += tag
    }
    const head = await readAt(file, streamStart, Math.max(0, Math.min(SNIFFED_BYTES, sizeBytes - streamStart)))
    const zeros = head.findIndex((byte) => byte !== 0)
    if (
      streamStart > 0 &&
      (head.length === 0 || zeros === -1 || String.fromCharCode(...head.subarray(zeros, zeros + 3)) === 'TAG')
    )
      throw new UserError('AUDIO_NO_STREAM', `${path}: holds tags (a cover perhaps), but no sound`)
    const padded = streamStart > 0 && zeros > 0 ? zeros : 0
    const format = sniffFormat(head.subarray(padded))
    if (format === null)
      throw new UserError('AUDIO_FORMAT_UNKNOWN', `${path}: the contents are no audio format known here`)
    return { format, streamStart: streamStart + padded, sizeBytes }
  } finally {
    await file.close()
  }
}
