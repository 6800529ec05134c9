import { createHash } from 'node:crypto'
import { UserError } from '../../core/support/user-error.ts'
import { type ByteRange, findAudioPayload } from './audio-payload.ts'
import { type OpenAudio, type SniffedFile, sniffAudio, withAudio } from './open-audio.ts'
import { readInto } from './read-bytes.ts'

/** The identity of a track, whatever its name and tags; both digests are SHA-256 in lower-case hex. */
export type FileIdentity = {
  /** Digest of the encoded sound without metadata; it survives renaming, moving and re-tagging. */
  readonly audioDigest: string
  readonly fileDigest: string
  readonly sizeBytes: number
}

const CHUNK_BYTES = 1 << 20

/** A file in a format that only ffmpeg knows is identified by all its bytes. */
const sniffOrWhole = (audio: OpenAudio): Promise<SniffedFile> =>
  sniffAudio(audio).catch((error: unknown) => {
    const { sizeBytes } = audio
    if (error instanceof UserError && error.code === 'AUDIO_FORMAT_UNKNOWN')
      return { format: 'other' as const, streamStart: 0, streamEnd: sizeBytes, sizeBytes, junkBytes: 0 }
    throw error
  })

/** The parts of `[start, end)` that lie within the ranges, which are in rising order. */
const overlaps = (ranges: readonly ByteRange[], start: number, end: number): ByteRange[] =>
  ranges
    .filter((range) => range.start < end && range.end > start)
    .map((range) => ({ start: Math.max(range.start, start), end: Math.min(range.end, end) }))

/**
 * Computes both digests in one pass over the file.
 * @throws UserError AUDIO_UNREADABLE, AUDIO_NO_STREAM
 */
export const identifyAudio = async (audio: OpenAudio): Promise<FileIdentity> => {
  const { path, bytes, sizeBytes } = audio
  const ranges = await findAudioPayload(bytes, await sniffOrWhole(audio))
  const sound = createHash('sha256')
  const whole = createHash('sha256')
  const room = new Uint8Array(Math.min(CHUNK_BYTES, sizeBytes))
  for (let at = 0; at < sizeBytes; at += CHUNK_BYTES) {
    const chunk = await readInto(bytes, at, room.subarray(0, sizeBytes - at))
    if (chunk.length === 0) throw new UserError('AUDIO_UNREADABLE', `${path}: became shorter while it was read`)
    whole.update(chunk)
    for (const part of overlaps(ranges, at, at + chunk.length))
      sound.update(chunk.subarray(part.start - at, part.end - at))
  }
  return { audioDigest: sound.digest('hex'), fileDigest: whole.digest('hex'), sizeBytes }
}

/** @throws UserError those of opening, AUDIO_UNREADABLE, AUDIO_NO_STREAM */
export const identifyFile = (path: string): Promise<FileIdentity> => withAudio({ path }, identifyAudio)
