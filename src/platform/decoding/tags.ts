import { basename, extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { SeratoFrames } from '../../core/interop/libraries/serato/serato-frames.ts'
import { EMPTY_TAGS, type TrackTags } from '../../core/library/track-tags.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type AudioSource, type OpenAudio, withAudio } from './open-audio.ts'
import { type NamedFile, type TagAnswers, type TagQuestion, UNREADABLE } from './tags-protocol.ts'

/** Real files take a few milliseconds. */
const LIMIT_MS = 10_000
/** Without a file for so long the thread ends and frees its memory. */
const IDLE_MS = 3000
const ENTRY = new URL(`./tags-entry${extname(import.meta.url)}`, import.meta.url)

let reader: Worker | null = null
let queue: Promise<unknown> = Promise.resolve()
let ending: NodeJS.Timeout | undefined

/** A file's garbage is collected at once, so the thread can be small. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 4 } as const

const openReader = (): Worker => new Worker(ENTRY, { resourceLimits: LIMITS })

type Ask = <Asked extends keyof TagAnswers>(
  file: NamedFile,
  asked: Asked,
  limit: () => AbortSignal,
) => Promise<TagAnswers[Asked] | Unread>

/** It took too long, or the thread ended over it; or the thread says that it cannot be read. */
type Unread = 'gone' | typeof UNREADABLE

const end = async (worker: Worker): Promise<void> => {
  if (reader === worker) reader = null
  await worker.terminate()
}

const askOne: Ask = async (file, asked, limit) => {
  clearTimeout(ending)
  reader ??= openReader()
  const worker = reader
  worker.ref()
  type Answer = TagAnswers[typeof asked] | Unread
  const reply = await new Promise<Answer>((resolve) => {
    const overdue = limit()
    const settle = (answer: Answer): void => {
      overdue.removeEventListener('abort', leave)
      worker.off('message', settle).off('error', leave).off('exit', leave)
      worker.unref()
      resolve(answer)
    }
    const leave = (): void => settle('gone')
    worker.on('message', settle).on('error', leave).on('exit', leave)
    overdue.addEventListener('abort', leave)
    worker.postMessage({ ...file, asked } satisfies TagQuestion)
    if (overdue.aborted) leave()
  })
  if (reply === 'gone') await end(worker)
  else ending = setTimeout(() => void end(worker), IDLE_MS).unref()
  return reply
}

/** One file at a time. */
const ask: Ask = (file, asked, limit) => {
  const turn = queue.then(() => askOne(file, asked, limit))
  queue = turn
  return turn
}

const named = ({ path, descriptor, sizeBytes }: OpenAudio): NamedFile => ({
  name: basename(path),
  descriptor,
  sizeBytes,
})

const inTime = (): AbortSignal => AbortSignal.timeout(LIMIT_MS)

/**
 * Reads a file's tags with music-metadata, in a thread that is terminated when a file makes it hang or exhaust memory.
 * @param limit gives the signal that ends the reading; it is asked when the file's turn comes
 * @returns empty tags where there are none or they cannot be read: tags never keep a track out of the library
 */
export const tagsOf = async (audio: OpenAudio, limit = inTime): Promise<TrackTags> => {
  const tags = await ask(named(audio), 'tags', limit)
  return typeof tags === 'string' ? EMPTY_TAGS : tags
}

/** Without what cannot be opened, which has nothing to read. */
const whereOpened = <Found>(found: Promise<Found>, without: Found): Promise<Found> =>
  found.catch((error: unknown) => {
    if (error instanceof UserError) return without
    throw error
  })

/** The same for a file that is not open yet; there are none of one that cannot be opened. */
export const readTags = (source: AudioSource, limit = inTime): Promise<TrackTags> =>
  whereOpened(
    withAudio(source, (audio) => tagsOf(audio, limit)),
    EMPTY_TAGS,
  )

/** Whoever changes tags must know what is there: a busy machine may take its time. */
const patiently = (): AbortSignal => AbortSignal.timeout(6 * LIMIT_MS)

/**
 * Reads what Serato keeps in a file's tags, in the same thread. @returns null where there is nothing
 * @throws UserError TAGS_NOT_WRITABLE where nobody can tell what is there; and as opening a file does
 */
export const readSeratoFrames = (path: string, limit = patiently): Promise<SeratoFrames | null> =>
  withAudio({ path }, async (audio) => {
    const frames = await ask(named(audio), 'serato', limit)
    if (frames === 'gone')
      throw new UserError('TAGS_NOT_WRITABLE', 'The tags that are there could not be read in time.')
    if (frames === UNREADABLE) throw new UserError('TAGS_NOT_WRITABLE', 'The tags that are there cannot be read.')
    return frames
  })
