import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, openApp } from '../../src/app.ts'
import { writeTestTrack } from '../../src/cli/test-track.fixture.ts'
import { createRandom } from '../../src/core/support/random.ts'
import type { Job } from '../../src/engine/kit/job.ts'
import { prepareTrials } from './kill-trials.ts'

const TRACKS = 40
const LONGEST_LIFE_MS = 1500

export type CancelReport = {
  readonly cancels: number
  /** Of jobs that were under way. */
  readonly slowestMs: number
  readonly notCancelled: readonly string[]
}

/** Cancels scans with their decoding and analysis, and trainings, at random moments. */
export const cancelTrial = async (cancels: number, seed: number): Promise<CancelReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-cancel-'))
  const random = createRandom(seed)
  const music = join(folder, 'music')
  mkdirSync(music)
  for (let track = 0; track < TRACKS; track++)
    writeTestTrack(join(music, `${track}.wav`), { bpm: 128, seed: track, rootHz: 55 })
  const { dataDir } = await prepareTrials(folder)
  const app = await openApp({ dataDir })
  await app.jobs.resume()
  await app.collection.addRoot(music)
  const times: number[] = []
  const notCancelled: string[] = []
  for (let cancel = 0; cancel < cancels; cancel++) {
    const job = await startOne(app, cancel)
    await new Promise((resolve) => setTimeout(resolve, random() * LONGEST_LIFE_MS))
    const begun = performance.now()
    const { status } = await app.jobs.cancel(job.id)
    times.push(performance.now() - begun)
    if (status !== 'cancelled') notCancelled.push(`${job.kind}: ${status}`)
  }
  await app.close()
  rmSync(folder, { recursive: true })
  return { cancels, slowestMs: Math.max(...times), notCancelled }
}

/** Neither comes to its end: the scan estimates every grid anew, the training has rounds for an hour. */
const startOne = (app: App, cancel: number): Promise<Job> =>
  cancel % 2 === 0
    ? app.collection.startScan({ analyse: true, newGrids: true })
    : app.versions.startTraining({ exclude: [], seed: cancel, epochs: 100_000 })
