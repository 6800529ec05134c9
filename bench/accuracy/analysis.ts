/**
 * Beats and features of a corpus, measured on two threads and kept under `.cache/evaluate/`. Nothing here sees any truth: a track is
 * known by its audio alone, and what is kept is named after the file's digest and the code that measured it.
 */
import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize, serialize } from 'node:v8'
import { Worker } from 'node:worker_threads'
import type { BeatGrid } from '../../src/core/beats/beat-grid.ts'
import type { FeatureMatrix } from '../../src/core/features/feature-matrix.ts'
import { shippedEarsDigest } from '../../src/platform/inference/shipped-ears.ts'
import type { AnalysisReply, AnalysisRequest, HeardBeats } from './worker.ts'

const REPOSITORY = join(import.meta.dirname, '..', '..')
const CACHE_FOLDER = process.env.EVALUATE_CACHE_DIR ?? join(REPOSITORY, '.cache', 'evaluate')
/** Folders whose code decides what is measured; a change there makes what is kept stale. */
const TRACKING_FOLDERS = ['core/audio', 'platform/decoding', 'core/beats', 'core/tags']
const FEATURE_FOLDERS = ['core/audio', 'platform/decoding', 'core/features', 'core/tags']
const THREADS = 2

export type Analyser = {
  /** Beats of a file before bars are placed. @throws Error with the file's name when it cannot be analysed */
  readonly track: (path: string) => Promise<HeardBeats>
  readonly features: (path: string, grid: BeatGrid) => Promise<FeatureMatrix>
  readonly close: () => Promise<void>
}

const digestCode = async (folders: readonly string[]): Promise<string> => {
  const hash = createHash('sha256')
  for (const folder of folders) {
    const names = await readdir(join(REPOSITORY, 'src', folder))
    // The other weights are applied afterwards, and tests measure nothing.
    const measures = (file: string): boolean =>
      (file.endsWith('.ts') && !file.endsWith('.test.ts')) || file === 'tempo-family.weights.json'
    for (const name of names.filter(measures).sort())
      hash.update(name).update(await readFile(join(REPOSITORY, 'src', folder, name)))
  }
  return hash.digest('hex')
}

const digestFile = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex')

const readCache = async <Value>(name: string): Promise<Value | null> => {
  try {
    return deserialize(await readFile(join(CACHE_FOLDER, name))) as Value
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const writeCache = async (name: string, value: unknown): Promise<void> => {
  await mkdir(CACHE_FOLDER, { recursive: true })
  const unfinished = join(CACHE_FOLDER, `${name}.${process.pid}`)
  await writeFile(unfinished, serialize(value))
  await rename(unfinished, join(CACHE_FOLDER, name))
}

type Job = { readonly request: Omit<AnalysisRequest, 'id'>; readonly settle: (reply: AnalysisReply) => void }

/** Threads that start with the first job and take one job after the other. */
const createThreads = (): { run: (request: Job['request']) => Promise<AnalysisReply>; close: () => Promise<void> } => {
  const waiting: Job[] = []
  const idle: Worker[] = []
  const all: Worker[] = []
  const work = (worker: Worker): void => {
    const job = waiting.shift()
    if (!job) {
      idle.push(worker)
      return
    }
    const fail = (error: Error): void => job.settle({ id: 0, error: String(error) })
    worker.once('error', fail)
    worker.once('message', (reply: AnalysisReply) => {
      worker.off('error', fail)
      job.settle(reply)
      work(worker)
    })
    worker.postMessage({ ...job.request, id: 0 } satisfies AnalysisRequest)
  }
  const run = (request: Job['request']): Promise<AnalysisReply> =>
    new Promise((settle) => {
      waiting.push({ request, settle })
      const free = idle.pop()
      if (free) work(free)
      else if (all.length < THREADS) {
        const worker = new Worker(new URL('./worker.ts', import.meta.url))
        all.push(worker)
        work(worker)
      }
    })
  const close = async (): Promise<void> => {
    await Promise.all(all.map((worker) => worker.terminate()))
  }
  return { run, close }
}

export type AnalyserOptions = {
  readonly onDone?: (path: string) => void
  /** Whether features are measured together with the beats, since they will be asked for. @default true */
  readonly wantsFeatures?: boolean
}

export const createAnalyser = async ({
  onDone = () => {},
  wantsFeatures = true,
}: AnalyserOptions = {}): Promise<Analyser> => {
  const threads = createThreads()
  const trackingCode = await digestCode(TRACKING_FOLDERS)
  const featureCode = await digestCode(FEATURE_FOLDERS)
  const digests = new Map<string, Promise<string>>()
  const digest = (path: string): Promise<string> => {
    const known = digests.get(path) ?? digestFile(path)
    digests.set(path, known)
    return known
  }
  const nameOf = (kind: string, parts: readonly string[]): string =>
    `${kind}-${createHash('sha256').update(parts.join(' ')).digest('hex').slice(0, 32)}`
  const featureName = async (path: string, grid: BeatGrid): Promise<string> => {
    // Where bars and phrases start changes no feature, so that retrained bar phases find their features here.
    const shape = JSON.stringify({ anchors: grid.anchors, beatCount: grid.beatCount, beatsPerBar: grid.beatsPerBar })
    return nameOf('features', [await digest(path), featureCode, shippedEarsDigest(), shape])
  }
  const analyse = async (path: string, grid: BeatGrid | null): Promise<Exclude<AnalysisReply, { error: string }>> => {
    const reply = await threads.run({ path, grid, wantsFeatures: wantsFeatures || grid !== null })
    if (reply.error !== undefined) throw new Error(`${path}: ${reply.error}`)
    if (reply.matrix) await writeCache(await featureName(path, reply.grid), reply.matrix)
    return reply
  }
  const track = async (path: string): Promise<HeardBeats> => {
    const name = nameOf('beats', [await digest(path), trackingCode, shippedEarsDigest()])
    const kept = await readCache<HeardBeats>(name)
    const beats = kept ?? (await analyse(path, null)).beats!
    if (!kept) await writeCache(name, beats)
    onDone(path)
    return beats
  }
  const features = async (path: string, grid: BeatGrid): Promise<FeatureMatrix> =>
    (await readCache<FeatureMatrix>(await featureName(path, grid))) ?? (await analyse(path, grid)).matrix!
  return { track, features, close: threads.close }
}
