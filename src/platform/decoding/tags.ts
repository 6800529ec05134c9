import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { EMPTY_TAGS, type TrackTags } from '../../core/library/track-tags.ts'

/** Real files take a few milliseconds. */
const LIMIT_MS = 10_000
const ENTRY = new URL(`./tags-entry${extname(import.meta.url)}`, import.meta.url)

let reader: Worker | null = null
let queue: Promise<unknown> = Promise.resolve()

/** A file's garbage is collected at once, so the thread can be small. */
const LIMITS = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 4 } as const

const openReader = (): Worker => new Worker(ENTRY, { resourceLimits: LIMITS })

const readOne = async (path: string, limit: () => AbortSignal): Promise<TrackTags> => {
  reader ??= openReader()
  const worker = reader
  worker.ref()
  const reply = await new Promise<TrackTags | null | 'gone'>((resolve) => {
    const overdue = limit()
    const settle = (tags: TrackTags | null | 'gone'): void => {
      overdue.removeEventListener('abort', leave)
      worker.off('message', settle).off('error', leave).off('exit', leave)
      worker.unref()
      resolve(tags)
    }
    const leave = (): void => settle('gone')
    worker.on('message', settle).on('error', leave).on('exit', leave)
    overdue.addEventListener('abort', leave)
    worker.postMessage(path)
    if (overdue.aborted) leave()
  })
  if (reply !== 'gone') return reply ?? EMPTY_TAGS
  reader = null
  await worker.terminate()
  return EMPTY_TAGS
}

/**
 * Reads a file's tags with music-metadata, in a thread that is terminated when a file makes it hang or exhaust memory.
 * @param limit gives the signal that ends the reading; it is asked when the file's turn comes
 * @returns empty tags where there are none or they cannot be read: tags never keep a track out of the library
 */
export const readTags = (path: string, limit = () => AbortSignal.timeout(LIMIT_MS)): Promise<TrackTags> => {
  const turn = queue.then(() => readOne(path, limit))
  queue = turn
  return turn
}
