/** A disk that fills up under an app that runs on, and a read-only one: right code, old state intact, and it works again afterwards. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, openApp } from '../../src/app.ts'
import { isTerminal, type Job } from '../../src/engine/kit/job.ts'
import { openStore } from '../../src/platform/store/store.ts'
import { prepareTrials } from './kill-trials.ts'
import { remount, whileMounted } from './mounted.ts'

const codeOf = async (run: () => unknown): Promise<string> => {
  try {
    await run()
    return 'none'
  } catch (error) {
    return (error as { code?: string }).code ?? String(error)
  }
}

const ended = async (app: App, id: number): Promise<Job> => {
  const { promise, resolve } = Promise.withResolvers<Job>()
  const look = (job: Job): void => {
    if (job.id === id && isTerminal(job)) resolve(job)
  }
  const { stop } = await app.events.follow(null, ({ event }) => event.type === 'job' && look(event.job))
  look(await app.jobs.get(id))
  return promise.finally(stop)
}

const labelsText = async (app: App): Promise<string> => JSON.stringify(await app.labelling.list())
/** Another end for the first label, so that a write is not the same as before. */
const relabel = async (app: App, endBeat: number): Promise<unknown> => app.labelling.update(1, { endBeat })

export type DiskReport = {
  /** What each attempt on the refusing disk was answered with. */
  readonly codes: Readonly<Record<string, string>>
  readonly isStateIntact: boolean
  readonly worksAfterwards: boolean
}

const fill = (folder: string): void => {
  // Ever smaller pieces, so that not one page is left.
  for (let bytes = 1 << 20; bytes >= 1; bytes >>= 1)
    for (let piece = 0; ; piece++)
      try {
        writeFileSync(join(folder, `ballast-${bytes}-${piece}`), Buffer.alloc(bytes))
      } catch {
        break
      }
}

/** On 16 MB in memory. */
const onSmallDisk = async <Result>(use: (folder: string, dataDir: string) => Promise<Result>): Promise<Result> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-disk-'))
  const result = await whileMounted(['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs'], folder, async () => {
    const { dataDir } = await prepareTrials(folder)
    return use(folder, dataDir)
  })
  rmSync(folder, { recursive: true })
  return result
}

const isSound = async (dataDir: string, labels: string): Promise<boolean> => {
  const store = openStore(dataDir)
  const sound = (await store.checkIntegrity()) === null && store.labels.list().length === JSON.parse(labels).length
  store.close()
  return sound
}

export const fullDiskTrial = (): Promise<DiskReport> =>
  onSmallDisk(async (folder, dataDir) => {
    const app = await openApp({ dataDir })
    await app.jobs.resume()
    await relabel(app, 28)
    const before = await labelsText(app)
    const { bytes } = await app.versions.exportBundle(1)
    fill(folder)
    const codes = {
      label: await codeOf(() => relabel(app, 24)),
      setting: await codeOf(() => app.upkeep.settings.change({ workers: 1 })),
      import: await codeOf(() => app.versions.importBundle(bytes)),
      activate: await codeOf(() => app.versions.activate(1)),
      job: await codeOf(() => app.versions.startTraining({ exclude: [], seed: 1, epochs: 2 })),
    }
    const isReadable =
      (await labelsText(app)) === before &&
      (await app.versions.list()).length === 1 &&
      (await app.collection.searchTracks()).total === 10
    remount(folder, 'size=64m')
    await relabel(app, 24)
    const { id } = await app.versions.startTraining({ exclude: [], seed: 1, epochs: 2 })
    const trained = await ended(app, id)
    const after = await labelsText(app)
    await app.close()
    return {
      codes,
      isStateIntact: isReadable && (await isSound(dataDir, after)),
      worksAfterwards: after !== before && trained.status === 'completed',
    }
  })

export const readOnlyTrial = (): Promise<DiskReport> =>
  onSmallDisk(async (folder, dataDir) => {
    remount(folder, 'ro')
    const codes = {
      open: await openApp({ dataDir }).then(
        () => 'none',
        ({ code }: { code?: string }) => code ?? 'other',
      ),
    }
    remount(folder, 'rw')
    const app = await openApp({ dataDir })
    const before = await labelsText(app)
    await relabel(app, 28)
    const after = await labelsText(app)
    await app.close()
    return { codes, isStateIntact: await isSound(dataDir, before), worksAfterwards: after !== before }
  })
