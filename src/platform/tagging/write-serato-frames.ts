/**
 * Writes Serato's frames into a copy of an audio file, or into the file itself by way of a copy. The sound is compared before the copy
 * takes its name, and so are the frames; the old frames are kept in a file of their own where the file itself changes.
 */
import { type FileHandle, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { OggFields } from '../../core/interop/libraries/serato/ogg-fields.ts'
import {
  SERATO_FRAMES,
  type SeratoFrameName,
  type SeratoFrames,
} from '../../core/interop/libraries/serato/serato-frames.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type FileIdentity, identifyFile } from '../decoding/identity.ts'
import { sniffAudio, withAudio } from '../decoding/open-audio.ts'
import { type Bytes, readInto } from '../decoding/read-bytes.ts'
import { readSeratoFrames } from '../decoding/tags.ts'
import { partialPath } from '../store/partial-path.ts'
import { readRegularFile } from '../store/regular-file.ts'
import { refuse, type Segment } from './file-parts.ts'
import { readOggFields } from './ogg-segments.ts'
import { containerOf, framesHeldBy, type TagContainer, tagSegments, type WrittenFrames } from './tag-segments.ts'

const CHUNK_BYTES = 1 << 20

const writeSegments = async (from: Bytes, to: FileHandle, segments: readonly Segment[]): Promise<void> => {
  const room = new Uint8Array(CHUNK_BYTES)
  for (const segment of segments) {
    if (segment instanceof Uint8Array) {
      await to.writeFile(segment)
      continue
    }
    for (let at = segment.start; at < segment.end; ) {
      const chunk = await readInto(from, at, room.subarray(0, segment.end - at))
      if (chunk.length === 0) throw refuse('The file became shorter while it was read.')
      await to.writeFile(chunk)
      at += chunk.length
    }
  }
}

const NAMES = Object.keys(SERATO_FRAMES) as SeratoFrameName[]

const isSame = (a: Uint8Array | null, b: Uint8Array | undefined): boolean =>
  a === null ? b === undefined : b !== undefined && Buffer.from(a).equals(b.subarray(0, a.length))

/** Tags may be padded by NULs that the frame did not have. */
const isWritten = (wanted: WrittenFrames, found: SeratoFrames | null, container: TagContainer): boolean =>
  framesHeldBy(container, wanted).every(([name, frame]) => isSame(frame, found?.[name]))

type Written = { readonly frames: WrittenFrames; readonly oggFields: OggFields | null }

const writeCopy = (source: string, partial: string, written: Written): Promise<TagContainer> =>
  withAudio({ path: source }, async (audio) => {
    const from = { file: audio.bytes, sniffed: await sniffAudio(audio) }
    const container = await containerOf(from)
    const segments = await tagSegments(from, container, written)
    // A link of that name would be written through, and a pipe waited for.
    await rm(partial, { force: true })
    const copy = await open(partial, 'wx', (await stat(audio.place)).mode)
    try {
      await writeSegments(audio.bytes, copy, segments)
      await copy.sync()
    } finally {
      await copy.close()
    }
    return container
  })

export type SeratoWriting = {
  readonly source: string
  readonly target: string
  readonly frames: WrittenFrames
  /** Of an Ogg file that gets back what it had: its fields letter by letter, since frames do not tell them. */
  readonly oggFields?: OggFields | null
  /** Where the old frames go, which must be told where the target is the source. */
  readonly backup: string | null
}

const backupSchema = z.object({
  schema: z.literal('algiers.serato-frames/1'),
  audioDigest: z.string(),
  frames: z.record(z.string(), z.base64().nullable()),
  oggFields: z.array(z.tuple([z.string(), z.string()]).readonly()).optional(),
})

const oggFieldsOfFile = (path: string): Promise<OggFields> =>
  withAudio({ path }, async (audio) => readOggFields({ file: audio.bytes, sniffed: await sniffAudio(audio) }))

type Before = {
  readonly audioDigest: string
  readonly frames: SeratoFrames | null
  readonly oggFields: OggFields | null
}

const writeBackup = async (path: string, { audioDigest, frames: before, oggFields }: Before): Promise<void> => {
  const frames = Object.fromEntries(
    NAMES.map((name) => [name, before?.[name] === undefined ? null : Buffer.from(before[name]).toString('base64')]),
  )
  const backup = {
    schema: 'algiers.serato-frames/1',
    audioDigest,
    frames,
    ...(oggFields === null ? {} : { oggFields: oggFields.map(([name, text]) => [name, text] as const) }),
  } satisfies z.infer<typeof backupSchema>
  await writeFile(path, `${JSON.stringify(backup, null, 2)}\n`, { flag: 'wx', flush: true }).catch(async (error) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') {
      // A full disk takes the name and not what belongs to it.
      await rm(path, { force: true })
      throw error
    }
    throw new UserError('EXPORT_EXISTS', `${path} exists.`, {}, error)
  })
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const ANY_MAY_WRITE = 0o222

/** A file that is changed itself. @throws UserError TAGS_NOT_WRITABLE where that is not wanted, or would tear its names apart */
export const requireChangeable = async (path: string): Promise<void> => {
  const { mode, nlink } = await stat(path)
  if ((mode & ANY_MAY_WRITE) === 0) throw refuse('The file is read-only.')
  if (nlink > 1)
    throw refuse('The file has several names on its drive (hard links), and only one of them would get the tags.')
}

/** @returns what the file is now. @throws UserError EXPORT_EXISTS, TAGS_NOT_WRITABLE where the tags that are there cannot be kept or the copy is not as it should be */
export const writeSeratoFrames = async ({
  source,
  target,
  frames,
  oggFields = null,
  backup,
}: SeratoWriting): Promise<FileIdentity> => {
  const isInPlace = source === target
  if (isInPlace && backup === null) throw new Error('a file itself is changed only with a backup of its frames')
  if (!isInPlace && (await isThere(target))) throw new UserError('EXPORT_EXISTS', `${target} exists.`)
  if (isInPlace) await requireChangeable(source)
  const partial = partialPath(target)
  let isKept = false
  try {
    const container = await writeCopy(source, partial, { frames, oggFields })
    const [before, after] = [await identifyFile(source), await identifyFile(partial)]
    if (before.audioDigest !== after.audioDigest) throw refuse('The sound of the copy is not the same.')
    const isAgain = container === 'ogg' && oggFields !== null
    const isAsWanted = isAgain
      ? JSON.stringify(await oggFieldsOfFile(partial)) === JSON.stringify(oggFields)
      : isWritten(frames, await readSeratoFrames(partial), container)
    if (!isAsWanted) throw refuse('The tags of the copy are not as written.')
    if (backup !== null)
      await writeBackup(backup, {
        audioDigest: before.audioDigest,
        frames: await readSeratoFrames(source),
        oggFields: container === 'ogg' ? await oggFieldsOfFile(source) : null,
      })
    isKept = backup !== null
    await rename(partial, target)
    return after
  } catch (error) {
    await rm(partial, { force: true })
    // Frames of a file that did not change are no old ones.
    if (isKept) await rm(backup!, { force: true })
    throw error
  }
}

/** Frames of a file have a few megabytes, also as text. */
const MOST_BACKUP_BYTES = 256 * 1024 * 1024

/** @returns the frames as they were, to be written back. @throws UserError IMPORT_MALFORMED for a file that is no such backup */
export const readSeratoBackup = async (
  path: string,
): Promise<{ readonly audioDigest: string; readonly frames: WrittenFrames; readonly oggFields: OggFields | null }> => {
  const text = readRegularFile(path, MOST_BACKUP_BYTES).toString('utf8')
  try {
    const { audioDigest, frames, oggFields = null } = backupSchema.parse(JSON.parse(text))
    const decoded = Object.entries(frames).map(([name, frame]) => [
      name,
      frame === null ? null : new Uint8Array(Buffer.from(frame, 'base64')),
    ])
    return { audioDigest, oggFields, frames: Object.fromEntries(decoded) }
  } catch (error) {
    throw new UserError('IMPORT_MALFORMED', `${path} is no backup of Serato tags.`, {}, error)
  }
}
