import { availableParallelism } from 'node:os'
import type { TaskName } from './tasks.ts'
import { type TaskRunner, WorkerPool } from './worker-pool.ts'

/** What asks networks. */
const ASKING: ReadonlySet<TaskName> = new Set(['proveEars', 'hearAudio', 'hearLevels', 'proveForm', 'findForm'])
/** What a person waits for: to plan a set, to lay out the graph, to hear two tracks together. */
const AWAITED: ReadonlySet<TaskName> = new Set([
  'planPool',
  'fitBetween',
  'connectTracks',
  'settleTracks',
  'renderDeck',
])
/** So long one of these waits for another before a second thread is started. */
const AWAITED_PATIENCE_MS = 300
/** A track is heard in a tenth of a second. Where they wait longer, the network is a large one or the machine has many cores. */
const PATIENCE_MS = 1000
/** Longer than a slow machine needs from one track of a scan to the next; such a thread holds a process beside it. */
const ASKING_IDLE_MS = 20_000

export type ThreadPools = TaskRunner & {
  /** The same threads, for tasks that matter more or less than others. */
  readonly withPriority: (priority: number) => TaskRunner
  /** Ends everything at once; running tasks are rejected. */
  readonly close: () => Promise<void>
}

/**
 * Threads that work, as few as will do that ask networks and mostly wait for the answers, and others for what a person waits for: each that
 * asks has a process with the networks in it, and every thread compiles for itself what it runs. A thread of low priority gets hardly any
 * time while analyses or other programs keep all cores busy, and cannot be given a higher one; so those for a person never have it.
 */
export const startPools = (options: { readonly size: number; readonly lowPriority?: boolean }): ThreadPools => {
  const working = new WorkerPool(options)
  const asking = new WorkerPool({ ...options, patienceMs: PATIENCE_MS, idleMs: ASKING_IDLE_MS })
  const awaited = new WorkerPool({ ...options, lowPriority: false, patienceMs: AWAITED_PATIENCE_MS })
  const { size } = working
  const poolOf = (name: TaskName): WorkerPool => (ASKING.has(name) ? asking : AWAITED.has(name) ? awaited : working)
  const run: TaskRunner['run'] = (name, input, more) => poolOf(name).run(name, input, more)
  return {
    size,
    run,
    withPriority: (priority) => ({ size, run: (name, input, more) => run(name, input, { priority, ...more }) }),
    close: async () => void (await Promise.all([working.close(), asking.close(), awaited.close()])),
  }
}

/** A training keeps one thread busy for minutes, and what a person looks at needs another. */
const LEAST_THREADS = 2

/**
 * What a library works on, at low priority: the person does something else meanwhile.
 * @param size 0 for as many as there are cores
 */
export const libraryThreads = (size: number): ThreadPools =>
  startPools({ size: size || Math.max(LEAST_THREADS, availableParallelism()), lowPriority: true })

/** One thread that holds the tables of sounds and only compares, so that a comparison never waits for an analysis. */
export const startComparing = (): WorkerPool => new WorkerPool({ size: 1, idleMs: null })
