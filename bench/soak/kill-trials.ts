import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createRandom } from '../../src/core/support/random.ts'
import { NO_EARS } from '../../src/engine/kit/ears.ts'
import { addLabelledTracks } from '../../src/engine/kit/library.fixture.ts'
import { exportBundle } from '../../src/engine/versions/model-bundles.ts'
import { trainModel } from '../../src/engine/versions/train-model.ts'
import { openStore } from '../../src/platform/store/store.ts'
import { WorkerPool } from '../../src/platform/workers/worker-pool.ts'
import { type Expected, findProblems, follow, readState } from './expected-state.ts'
import type { Control, Line, TrialMode } from './trial-protocol.ts'

export type KillOptions = {
  readonly mode: TrialMode
  readonly trials: number
  readonly seed: number
  readonly control?: Control
  /** End with the first trial that finds something. */
  readonly untilFound?: boolean
  readonly onTrial?: (trial: number, problems: readonly string[]) => void
}

export type KillReport = {
  readonly trials: number
  /** What was done and answered for before the kills. */
  readonly acknowledged: number
  /** Kills that hit an attempt that was not answered for yet. */
  readonly midway: number
  readonly problems: readonly string[]
}

/** Labels come fast; a training takes most of a second. */
const LONGEST_LIFE_MS: Readonly<Record<TrialMode, number>> = { labels: 250, models: 900 }

/** A data directory with ten labelled tracks, and a bundle to import. */
export const prepareTrials = async (folder: string): Promise<{ readonly dataDir: string; readonly bundle: string }> => {
  const dataDir = join(folder, 'data')
  const bundle = join(folder, 'model.algiers-model')
  mkdirSync(folder, { recursive: true })
  const store = openStore(dataDir)
  const pool = new WorkerPool({ size: 1 })
  addLabelledTracks(store)
  await trainModel({ store, pool, ears: NO_EARS, emit: () => {} }, { epochs: 2 })
  writeFileSync(bundle, exportBundle(store, 1).bytes)
  await pool.close()
  store.close()
  return { dataDir, bundle }
}

export type TrialChild = {
  readonly process: ChildProcess
  /** Resolves when the child has opened its data. */
  readonly ready: Promise<void>
  readonly closed: Promise<unknown>
}

export const startChild = (args: readonly string[], onLine: (line: Line) => void): TrialChild => {
  const child = spawn(process.execPath, [new URL('./trial-child.ts', import.meta.url).pathname, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let errors = ''
  child.stderr!.on('data', (chunk) => {
    errors += chunk
  })
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>()
  createInterface({ input: child.stdout! }).on('line', (text) => {
    // The last line may be cut off by the kill.
    if (!text.endsWith('}')) return
    const line = JSON.parse(text) as Line
    if (line.say === 'ready') resolve()
    else onLine(line)
  })
  child.on('exit', (code) => reject(new Error(`The child ended with ${code}: ${errors}`)))
  return { process: child, ready, closed: once(child, 'close') }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Kills a working process again and again, on the same data, and looks each time at what the next start finds. */
export const killTrials = async (options: KillOptions): Promise<KillReport> => {
  const { mode, trials, seed, control = 'none', untilFound = false, onTrial } = options
  const random = createRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'algiers-soak-'))
  const { dataDir, bundle } = await prepareTrials(folder)
  const store = openStore(dataDir)
  let expected: Expected = readState(store)
  store.close()
  const problems: string[] = []
  let [done, acknowledged, midway] = [0, 0, 0]
  while (done < trials && !(untilFound && problems.length > 0)) {
    const { promise: firstDone, resolve: tellDone } = Promise.withResolvers<void>()
    const child = startChild([dataDir, mode, control, String(seed * 100_000 + done), bundle], (line) => {
      if (line.say === 'done') {
        acknowledged++
        tellDone()
      }
      follow(expected, line)
    })
    await child.ready
    // On a busy machine a thread is hardly there when the time is up: every other child is left to do something first.
    if (done % 2 === 0) await Promise.race([firstDone, child.closed])
    await sleep(random() * LONGEST_LIFE_MS[mode])
    child.process.kill('SIGKILL')
    await child.closed
    if (expected.attempt) midway++
    const found = await findProblems(dataDir, expected)
    problems.push(...found.problems.map((problem) => `trial ${done}: ${problem}`))
    expected = found.state
    done++
    onTrial?.(done, found.problems)
  }
  rmSync(folder, { recursive: true })
  return { trials: done, acknowledged, midway, problems }
}
