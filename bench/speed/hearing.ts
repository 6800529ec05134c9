/** What hearing costs: a five-minute track, and the memory of the thread and of its network's process over a thousand tracks. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRandom } from '../../src/core/support/random.ts'
import { SHIPPED_EARS } from '../../src/platform/inference/shipped-ears.ts'
import { WorkerPool } from '../../src/platform/workers/worker-pool.ts'
import { type BenchFigure, type Cost, costOf, medianCost } from './figures.ts'

const RATE = 22050
const LONG_SECONDS = 300
const SHORT_SECONDS = 20
const RUNS = 5
const TRACKS = 1000
/** By then everything has been needed once. */
const WARM_TRACKS = 100
const MOST_SECONDS = 1
const MOST_MEGABYTES = 100
const MEGABYTE = 2 ** 20

const noiseOf = (seconds: number): Float32Array => {
  const random = createRandom(1)
  const samples = new Float32Array(new SharedArrayBuffer(seconds * RATE * Float32Array.BYTES_PER_ELEMENT))
  for (let at = 0; at < samples.length; at++) samples[at] = 0.4 * (random() - 0.5)
  return samples
}

/** Of this process and those it started; of this one alone where the system does not tell the others. */
const residentMegabytes = (): number => {
  const threads = '/proc/self/task'
  const children = existsSync(threads)
    ? readdirSync(threads).flatMap((thread) =>
        readFileSync(`${threads}/${thread}/children`, 'utf8')
          .split(' ')
          .filter((id) => id !== ''),
      )
    : []
  const kilobytes = children.map((id) => {
    const status = existsSync(`/proc/${id}/status`) ? readFileSync(`/proc/${id}/status`, 'utf8') : ''
    return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0)
  })
  return process.memoryUsage.rss() / MEGABYTE + kilobytes.reduce((sum, size) => sum + size, 0) / 1024
}

export const benchHearing = async (): Promise<readonly BenchFigure[]> => {
  const pool = new WorkerPool({ size: 1 })
  const ears = { folder: SHIPPED_EARS }
  const hear = (samples: Float32Array): Promise<unknown> =>
    pool.run('hearAudio', { audio: { samples, sampleRate: RATE }, ears })
  try {
    const [long, short] = [noiseOf(LONG_SECONDS), noiseOf(SHORT_SECONDS)]
    await hear(long)
    const costs: Cost[] = []
    for (let run = 0; run < RUNS; run++) costs.push(await costOf(() => hear(long)))
    for (let track = 0; track < WARM_TRACKS; track++) await hear(short)
    const before = residentMegabytes()
    let most = before
    for (let track = WARM_TRACKS; track < TRACKS; track++) {
      await hear(short)
      if (track % WARM_TRACKS === 0) most = Math.max(most, residentMegabytes())
    }
    return [
      {
        measure: 'hearing a 5-minute track',
        value: medianCost(costs).wallMilliseconds / 1000,
        unit: 's',
        target: MOST_SECONDS,
        note: `tags and embedding, its spectrogram included; median of ${RUNS}`,
      },
      {
        measure: `memory that ${TRACKS} tracks add to it`,
        value: most - before,
        unit: 'MB',
        target: MOST_MEGABYTES,
        note: `${SHORT_SECONDS} s each, beyond the ${before.toFixed(0)} MB of thread and network after ${WARM_TRACKS}`,
      },
    ]
  } finally {
    await pool.close()
  }
}
