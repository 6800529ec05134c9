/** The process that is killed: writes labels, or publishes, trains, activates and deletes models, without end, and says what it has done. */
import { readFileSync, writeFileSync, writeSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type App, openApp } from '../../src/app.ts'
import { SECTION_KINDS } from '../../src/core/labels/section-kind.ts'
import { createRandom } from '../../src/core/support/random.ts'
import { isJobOf } from '../../src/engine/jobs/job-definition.ts'
import { isTerminal, LIVE_STATUSES } from '../../src/engine/kit/job.ts'
import { trainJob } from '../../src/engine/versions/train-job.ts'
import { type DiskEffects, diskEffects } from '../../src/platform/store/disk-effects.ts'
import type { Attempt, Control, LabelSet, Line, TrialMode } from './trial-protocol.ts'

const [dataDir, mode, control, seed, bundlePath] = process.argv.slice(2) as [string, TrialMode, Control, string, string]
const random = createRandom(Number(seed))
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!
const say = (line: Line): void => void writeSync(1, `${JSON.stringify(line)}\n`)

/** As on a slow disk: what is being written is seen half-written for some milliseconds. */
const SLOW_PARTS = 8
/** Where a kill is to hit a file that is half there, writing takes as long as all else. */
const PAUSE_MS = control === 'renaming' ? 10 : 1
const pause = (): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)

const slowly = (path: string, bytes: Uint8Array): void => {
  for (let part = 1; part < SLOW_PARTS; part++) {
    writeFileSync(path, bytes.subarray(0, Math.ceil((bytes.length * part) / SLOW_PARTS)))
    pause()
  }
  diskEffects.writeDurably(path, bytes)
}

const finalOf = (path: string): string => join(dirname(path), basename(path).replace('.partial-', ''))
const effects: DiskEffects =
  control === 'renaming'
    ? { ...diskEffects, writeDurably: (path, bytes) => slowly(finalOf(path), bytes), rename: () => {} }
    : control === 'syncing'
      ? { ...diskEffects, writeDurably: (path, bytes) => writeFileSync(path, bytes), syncFolder: () => {} }
      : { ...diskEffects, writeDurably: slowly }

const exec = DatabaseSync.prototype.exec
if (control === 'transactions')
  DatabaseSync.prototype.exec = function (sql: string): void {
    if (!/^(?:BEGIN IMMEDIATE|COMMIT)$/.test(sql)) exec.call(this, sql)
  }
if (control === 'syncing')
  DatabaseSync.prototype.exec = function (sql: string): void {
    exec.call(this, sql.replace('synchronous = FULL', 'synchronous = OFF'))
  }

const randomSet = (): LabelSet => {
  const edges = Array.from({ length: 4 + Math.floor(random() * 8) }, () => Math.floor(random() * 23) * 4)
  const starts = [...new Set(edges)].sort((a, b) => a - b)
  return starts.map((startBeat, index) => ({
    kind: pick(SECTION_KINDS),
    startBeat,
    endBeat: starts[index + 1] ?? 96,
  }))
}

const nextAttempt = async (app: App): Promise<Attempt> => {
  if (mode === 'labels') return { op: 'labels', track: pick(await app.collection.listTracks()).id, set: randomSet() }
  if (control === 'renaming') return { op: 'import' }
  const versions = await app.versions.list()
  const inactive = versions.filter(({ isActive }) => !isActive)
  const chance = random()
  if (chance < 0.2) return { op: 'train' }
  if (chance < 0.5 && versions.length > 0) return { op: 'activate', version: pick(versions).version }
  if (inactive.length > 4 || (chance < 0.7 && inactive.length > 0))
    return { op: 'delete', version: pick(inactive).version }
  return { op: 'import' }
}

const isTraining = async (app: App): Promise<boolean> =>
  (await app.jobs.list({ kind: 'train', statuses: LIVE_STATUSES })).length > 0

/** @returns the version that the training which is under way, or now begun, gives */
const train = async (app: App): Promise<number | null> => {
  const { promise, resolve } = Promise.withResolvers<number | null>()
  const { stop } = await app.events.follow(null, ({ event }) => {
    if (event.type === 'job' && isJobOf(trainJob, event.job) && isTerminal(event.job))
      resolve(event.job.result?.version ?? null)
  })
  if (!(await isTraining(app))) await app.versions.startTraining({ exclude: [], seed: 1, epochs: 2 })
  return promise.finally(stop)
}

const perform = async (app: App, attempt: Attempt): Promise<number | null> => {
  switch (attempt.op) {
    case 'labels':
      await app.labelling.replace(String(attempt.track), attempt.set)
      return null
    case 'import':
      return (await app.versions.importBundle(readFileSync(bundlePath))).version
    case 'train':
      return train(app)
    case 'activate':
      await app.versions.activate(attempt.version)
      return null
    case 'delete':
      await app.versions.delete(attempt.version)
      return null
  }
}

const app = await openApp({ dataDir, effects })
await app.jobs.resume()
// One that was accepted but not begun before the kill.
if (await isTraining(app)) await train(app)
// A child that is killed would keep nothing of what it has compiled for the next one.
flushCompileCache()
say({ say: 'ready' })
for (;;) {
  const attempt = await nextAttempt(app)
  say({ say: 'try', attempt })
  const version = await perform(app, attempt)
  say({ say: 'done', attempt, version })
  // Timers and messages of the jobs want their turn.
  await new Promise((resolve) => setImmediate(resolve))
}
