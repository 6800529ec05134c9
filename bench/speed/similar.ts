/** What sounds most like a track, in a library of a hundred thousand: from the question to the twenty nearest, in a warm process. */
import { nearestRows } from '../../src/core/similarity/nearest-rows.ts'
import type { Sound } from '../../src/core/similarity/sound-table.ts'
import { createRandom } from '../../src/core/support/random.ts'
import { WorkerPool } from '../../src/platform/workers/worker-pool.ts'
import { type BenchFigure, type Cost, costOf, medianCost } from './figures.ts'

const TRACKS = 100_000
const DIMENSIONS = 512
/** Music lies in heaps: as many as styles. */
const HEAPS = 200
const QUERIES = 40
const NEAREST = 20
const PIECE = 2000
const MOST_MILLISECONDS = 20
const MEGABYTE = 2 ** 20

const soundsOf = (first: number, heaps: readonly Float32Array[]): readonly Sound[] =>
  Array.from({ length: PIECE }, (_, at) => {
    const random = createRandom(first + at + 1)
    const heap = heaps[(first + at) % HEAPS]!
    return { features: null, embedding: heap.map((value) => value + random() - 0.5) }
  })

export const benchSimilar = async (): Promise<readonly BenchFigure[]> => {
  const random = createRandom(0)
  const heaps = Array.from({ length: HEAPS }, () => Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5))
  const pool = new WorkerPool({ size: 1 })
  const table = 'tracks'
  try {
    const before = process.memoryUsage.rss()
    for (let first = 0; first < TRACKS; first += PIECE) {
      const isLast = first + PIECE >= TRACKS
      await pool.run('keepSounds', { table, first, isLast, sounds: soundsOf(first, heaps) })
    }
    const costs: Cost[] = []
    for (let query = 0; query < QUERIES; query++) {
      const from = (query * 7919) % TRACKS
      const ask = async (): Promise<unknown> =>
        nearestRows((await pool.run('measureSounds', { table, from }))!, { count: NEAREST, except: new Set([from]) })
      costs.push(await costOf(ask))
    }
    const { wallMilliseconds, cpuMilliseconds } = medianCost(costs)
    const quickest = Math.min(...costs.map((cost) => cost.wallMilliseconds))
    const bytes = TRACKS * DIMENSIONS * Float32Array.BYTES_PER_ELEMENT
    return [
      {
        measure: `the ${NEAREST} nearest of 100,000 tracks`,
        value: wallMilliseconds,
        unit: 'ms',
        target: MOST_MILLISECONDS,
        note: `${DIMENSIONS} numbers each, exact; median of ${QUERIES}, the quickest ${quickest.toFixed(1)} ms; CPU ${cpuMilliseconds.toFixed(0)} ms`,
      },
      {
        measure: 'memory of it',
        value: (process.memoryUsage.rss() - before) / MEGABYTE,
        unit: 'MB',
        target: null,
        note: `resident, while it is filled included; the numbers themselves are ${Math.round(bytes / MEGABYTE)} MB`,
      },
    ]
  } finally {
    await pool.close()
  }
}
