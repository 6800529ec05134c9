import { mkdir, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { extname, join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { Progress } from '../core/support/progress.ts'
import { readIfThere } from '../platform/store/read-if-there.ts'
import { type LibraryTrack, planLibrary } from './library-plan.ts'
import { publishFile } from './publish-file.ts'
import type { RenderReply, RenderRequest } from './render-protocol.ts'
import { RENDERED_CHANNELS, trackSamples } from './render-track.ts'
import { describeTruth } from './track-truth.ts'
import { wavBytes } from './wav-file.ts'

export type DemoTrack = {
  readonly id: string
  readonly audioPath: string
  /** JSON in the format of the public corpora: beats, downbeats, key and sections. */
  readonly truthPath: string
  /** False if the files were there already. */
  readonly written: boolean
}

export type DemoOptions = Progress & {
  /** @default 24 */
  readonly count?: number
  /** @default 1 */
  readonly seed?: number
  /** @default the number of cores, at most 4 */
  readonly threads?: number
}

/** A thread holds a track of 4 minutes and its clips: about 300 MB. */
const MOST_THREADS = 4

const filesOf = (folder: string, id: string): Pick<DemoTrack, 'audioPath' | 'truthPath'> => ({
  audioPath: join(folder, `${id}.wav`),
  truthPath: join(folder, `${id}.json`),
})

const truthText = ({ id, plan }: LibraryTrack): string => `${JSON.stringify(describeTruth(plan, id), null, 1)}\n`

const sizeOf = async (path: string): Promise<number | null> => {
  try {
    return (await stat(path)).size
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** The truth is written last, so its presence, unchanged, means that the sound beside it is whole and from this generator. */
const isWritten = async (folder: string, track: LibraryTrack): Promise<boolean> => {
  const { audioPath, truthPath } = filesOf(folder, track.id)
  if ((await sizeOf(audioPath)) !== wavBytes(trackSamples(track.plan), RENDERED_CHANNELS, track.plan)) return false
  return readIfThere(truthPath)?.toString('utf8') === truthText(track)
}

const renderIn = (worker: Worker, request: RenderRequest): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const onExit = (): void => reject(new Error('the rendering thread ended early'))
    worker.once('error', reject)
    worker.once('exit', onExit)
    worker.once('message', (reply: RenderReply) => {
      worker.off('error', reject)
      worker.off('exit', onExit)
      if (reply.kind === 'done') resolve(reply.wav)
      else reject(new Error(reply.message))
    })
    worker.postMessage(request)
  })

const renderAll = async (
  folder: string,
  tracks: readonly LibraryTrack[],
  options: { readonly threads: number; readonly onTrack: () => void; readonly signal: AbortSignal },
): Promise<void> => {
  const queue = [...tracks]
  const workers: Worker[] = []
  const renderQueue = async (): Promise<void> => {
    const worker = new Worker(new URL(`./render-entry${extname(import.meta.url)}`, import.meta.url))
    workers.push(worker)
    for (let track = queue.shift(); track !== undefined; track = queue.shift()) {
      options.signal.throwIfAborted()
      const wav = await renderIn(worker, track)
      const { audioPath, truthPath } = filesOf(folder, track.id)
      await publishFile(audioPath, wav, options.signal)
      await publishFile(truthPath, truthText(track), options.signal)
      options.onTrack()
    }
  }
  const stop = (): void => {
    for (const worker of workers) void worker.terminate()
  }
  options.signal.addEventListener('abort', stop)
  try {
    const running = Array.from({ length: Math.min(options.threads, tracks.length) }, renderQueue)
    const results = await Promise.allSettled(
      running.map((run) =>
        run.catch((error: unknown) => {
          queue.length = 0
          throw error
        }),
      ),
    )
    options.signal.throwIfAborted()
    for (const result of results) if (result.status === 'rejected') throw result.reason
  } finally {
    options.signal.removeEventListener('abort', stop)
    await Promise.all(workers.map((worker) => worker.terminate()))
  }
}

/**
 * Writes a library of generated dance tracks: a WAV file and its truth each. Files that are there already, whole and from
 * the same seed, are kept. A cancelled run leaves whole tracks only, and the next one goes on from there.
 */
export const writeDemoLibrary = async (folder: string, options: DemoOptions = {}): Promise<readonly DemoTrack[]> => {
  const tracks = planLibrary(options.seed ?? 1, options.count ?? 24)
  const signal = options.signal ?? new AbortController().signal
  signal.throwIfAborted()
  await mkdir(folder, { recursive: true })
  const present = await Promise.all(tracks.map((track) => isWritten(folder, track)))
  let done = present.filter((there) => there).length
  options.onProgress?.(done / tracks.length)
  await renderAll(
    folder,
    tracks.filter((_, index) => !present[index]),
    {
      threads: options.threads ?? Math.min(MOST_THREADS, availableParallelism()),
      signal,
      onTrack: () => options.onProgress?.(++done / tracks.length),
    },
  )
  return tracks.map(({ id }, index) => ({ id, ...filesOf(folder, id), written: !present[index] }))
}
