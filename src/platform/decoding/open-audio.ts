import { UserError } from '../../core/support/user-error.ts'
import { type AudioFormat, id3v2Length, sniffFormat } from './audio-files.ts'
import { liesWithin } from './library-place.ts'
import { findMpegFrames } from './mpeg-survey.ts'
import { type Opening, openPlainly, type PlainFile } from './open-plainly.ts'
import { type Bytes, readAt } from './read-bytes.ts'
import { endWithoutTags } from './trailing-tags.ts'

const SNIFFED_BYTES = 65536
/** How far the first frame of MPEG audio is sought. */
const JUNK_BYTES = 1 << 20

/** A file of audio, and what is known of it already. */
export type AudioSource = {
  readonly path: string
  /** Folders with links resolved: what the path leads to must lie in one of them. Anywhere where left out. */
  readonly folders?: readonly string[] | undefined
  /** What was found there before; another size or time means another file. */
  readonly found?: { readonly sizeBytes: number; readonly modifiedMs: number } | undefined
}

export type OpenAudio = {
  readonly path: string
  /** Where the file really lies. */
  readonly place: string
  readonly bytes: Bytes
  readonly descriptor: number
  readonly sizeBytes: number
}

const refuseOther = ({ path, folders, found }: AudioSource, { place, sizeBytes, modifiedMs }: PlainFile): void => {
  if (folders && !liesWithin(folders, place))
    throw new UserError('OUTSIDE_LIBRARY', `${path} leads to a place that is not in the library.`)
  if (found && (found.sizeBytes !== sizeBytes || found.modifiedMs !== modifiedMs))
    throw new UserError('AUDIO_CHANGED', `${path} is not the file that was scanned any more.`)
  if (sizeBytes === 0) throw new UserError('AUDIO_EMPTY', `${path}: holds 0 bytes`)
}

/**
 * Opens a file of audio once for all that is read of it, and closes it afterwards.
 * @throws UserError those of `openPlainly`, OUTSIDE_LIBRARY, AUDIO_CHANGED, AUDIO_EMPTY, and what `use` throws
 */
export const withAudio = async <Result>(
  source: AudioSource,
  use: (audio: OpenAudio) => Promise<Result>,
  opening?: Opening,
): Promise<Result> => {
  const file = await openPlainly(source.path, opening)
  const { handle, place, sizeBytes } = file
  try {
    refuseOther(source, file)
    return await use({ path: source.path, place, bytes: handle, descriptor: handle.fd, sizeBytes })
  } finally {
    await handle.close()
  }
}

export type SniffedFile = {
  readonly format: AudioFormat
  /** Offset of the stream, after leading ID3v2 tags. */
  readonly streamStart: number
  /** Where the stream ends, before any tags behind it. */
  readonly streamEnd: number
  readonly sizeBytes: number
  /** Bytes before the stream that are neither sound nor a tag. */
  readonly junkBytes: number
}

/** @throws UserError AUDIO_NO_STREAM for tags without sound, AUDIO_FORMAT_UNKNOWN for anything that is not audio. */
export const sniffAudio = async ({ bytes, sizeBytes, path }: OpenAudio): Promise<SniffedFile> => {
  let streamStart = 0
  for (;;) {
    const tag = id3v2Length(await readAt(bytes, streamStart, 10))
    if (tag === 0) break
    streamStart += tag
  }
  const head = await readAt(bytes, streamStart, Math.max(0, Math.min(SNIFFED_BYTES, sizeBytes - streamStart)))
  const zeros = head.findIndex((byte) => byte !== 0)
  if (
    streamStart > 0 &&
    (head.length === 0 || zeros === -1 || String.fromCharCode(...head.subarray(zeros, zeros + 3)) === 'TAG')
  )
    throw new UserError('AUDIO_NO_STREAM', `${path}: holds tags (a cover perhaps), but no sound`)
  const padded = streamStart > 0 && zeros > 0 ? zeros : 0
  const known = sniffFormat(head.subarray(padded))
  const format = known === 'mp3' && findMpegFrames(head.subarray(padded)) !== 0 ? null : known
  // Before the first frame there may be the rest of a tag that says it is shorter, or a piece of another frame.
  const junk = format === null ? findMpegFrames(await readAt(bytes, streamStart, JUNK_BYTES)) : padded
  if (junk === null && known === null)
    throw new UserError('AUDIO_FORMAT_UNKNOWN', `${path}: the contents are no audio format known here`)
  const start = streamStart + (junk ?? padded)
  return {
    format: format ?? 'mp3',
    streamStart: start,
    streamEnd: await endWithoutTags(bytes, start, sizeBytes),
    sizeBytes,
    junkBytes: format === null ? (junk ?? 0) : 0,
  }
}
