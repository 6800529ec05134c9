import { createHash } from 'node:crypto'
import { UserError } from '../../core/support/user-error.ts'
import { type ByteRange, findAudioPayload } from './audio-payload.ts'
import { openRegularFile, readInto, type SniffedFile, sniffFile } from './open-audio.ts'

/** The identity of a track, whatever its name and tags; both digests are SHA-256 in lower-case hex. */
export type FileIdentity = {
  /** Digest of the encoded sound without metadata; it survives renaming, moving and re-tagging. */
  readonly audioDigest: string
  readonly fileDigest: string
  readonly sizeBytes: number
}

const CHUNK_BYTES = 1 << 20

/** A file in a format that only ffmpeg knows is identified by all its bytes. */
const sniffOrWhole = async (path: string, sizeBytes: number): Promise<SniffedFile> =>
  sniffFile(path).catch((error: unknown) => {
    if (error instanceof UserError && error.code === 'AUDIO_FORMAT_UNKNOWN')
      return { format: 'other' as const, streamStart: 0, sizeBytes }
    throw error
  })

/** The parts of `[start, end)` that lie within the ranges, which are in rising order. */
const overlaps = (ranges: readonly ByteRange[], start: number, end: number): ByteRange[] =>
  ranges
    .filter((range) => range.start < end && range.end > start)
    .map((range) => ({ start: Math.max(range.start, start), end: Math.min(range.end, end) }))

/**
 * Computes both digests in one pass over the file.
 * @throws UserError AUDIO_NOT_FOUND, AUDIO_UNREADABLE, NOT_A_FILE, AUDIO_EMPTY, AUDIO_NO_STREAM
 */
export const identifyFile = async (path: string): Promise<FileIdentity> => {
  const { file, sizeBytes } = await openRegularFile(path)
  try {
    const ranges = await findAudioPayload(file, await sniffOrWhole(path, sizeBytes))
    const audio = createHash('sha256')
    const whole = createHash('sha256')
    const room = new Uint8Array(Math.min(CHUNK_BYTES, sizeBytes))
    for (let at = 0; at < sizeBytes; at += CHUNK_BYTES) {
      const chunk = await readInto(file, at, room.subarray(0, sizeBytes - at))
      if (chunk.length === 0) throw new UserError('AUDIO_UNREADABLE', `${path}: became shorter while it was read`)
      whole.update(chunk)
      for (const part of overlaps(ranges, at, at + chunk.length))
        audio.update(chunk.subarray(part.start - at, part.end - at))
    }
    return { audioDigest: audio.digest('hex'), fileDigest: whole.digest('hex'), sizeBytes }
  } finally {
    await file.close()
  }
}
