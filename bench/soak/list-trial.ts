import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom } from '../../src/core/support/random.ts'
import { searchTracks } from '../../src/engine/collection/track-overview.ts'
import { addFixtureTrack } from '../../src/engine/kit/library.fixture.ts'
import type { TrackSearch } from '../../src/engine/kit/resolve-search.ts'
import { similarTracks } from '../../src/engine/sounds/similar-tracks.ts'
import { createSoundIndex } from '../../src/engine/sounds/sound-index.ts'
import { openStore } from '../../src/platform/store/store.ts'
import { WorkerPool } from '../../src/platform/workers/worker-pool.ts'

const QUERIES: readonly TrackSearch[] = [
  {},
  { sort: 'artist', offset: 5000 },
  { text: 'title 77' },
  { bpmMin: 120, bpmMax: 130, sort: 'bpm' },
  { compatibleWith: '8A', energyMin: 5, sort: 'energy', descending: true },
  { hasLabels: true, sort: 'labels' },
  { needsReview: false, offset: 9000 },
]
const PAGE = 100
const REPEATS = 60
const ROUNDS = 5
/** As long as a real one. */
const VECTOR_WIDTH = 84

export type ListReport = {
  readonly tracks: number
  readonly openMs: number
  readonly medianMs: number
  /** Of each round, rising: one of them may have met something else that the machine did. */
  readonly p99sMs: readonly number[]
  readonly maxMs: number
  readonly similarMedianMs: number
  readonly similarP99Ms: number
}

/** Milliseconds that each run took, rising. */
const timesOf = (runs: readonly (() => void)[]): readonly number[] =>
  runs
    .map((run) => {
      const begun = performance.now()
      run()
      return performance.now() - begun
    })
    .sort((a, b) => a - b)

const quantile = (times: readonly number[], share: number): number => times[Math.ceil(times.length * share) - 1]!

/** Pages of a library of so many tracks, by every kind of filter and order, and what sounds like some of them. */
export const listTrial = async (tracks: number): Promise<ListReport> => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-list-'))
  const random = createRandom(1)
  const filling = openStore(folder)
  for (let index = 0; index < tracks; index++)
    addFixtureTrack(filling, {
      index,
      cached: false,
      path: `crate ${index % 50}/Track number ${index}.wav`,
      bpm: 90 + random() * 90,
      tags: { title: `Title ${Math.floor(random() * tracks)} drop`, artist: `Artist ${index % 321}` },
      facts: {
        camelot: `${(index % 12) + 1}${index % 2 ? 'A' : 'B'}`,
        energy: (index % 10) + 1,
        energyCurve: Array.from({ length: 700 }, random),
      },
      vector: Array.from({ length: VECTOR_WIDTH }, random),
      kinds: index % 5 === 0 ? ['intro', 'drop', 'outro'] : [],
    })
  filling.close()
  const started = performance.now()
  const store = openStore(folder)
  const openMs = performance.now() - started
  const rounds = Array.from({ length: ROUNDS }, () =>
    timesOf(
      QUERIES.flatMap((query) =>
        Array.from({ length: REPEATS }, () => () => searchTracks(store, { limit: PAGE, ...query })),
      ),
    ),
  )
  const pages = rounds.flat().sort((a, b) => a - b)
  const chosen = store.tracks.ids().filter((_, index) => index % Math.ceil(tracks / (3 * REPEATS)) === 0)
  const pool = new WorkerPool({ size: 1 })
  const index = createSoundIndex(store, pool)
  const similar: number[] = []
  for (const id of chosen) {
    const asked = performance.now()
    await similarTracks({ store, pool, index }, store.tracks.get(id)!)
    similar.push(performance.now() - asked)
  }
  similar.sort((a, b) => a - b)
  await pool.close()
  store.close()
  rmSync(folder, { recursive: true })
  return {
    tracks,
    openMs,
    medianMs: quantile(pages, 0.5),
    p99sMs: rounds.map((round) => quantile(round, 0.99)).sort((a, b) => a - b),
    maxMs: quantile(pages, 1),
    similarMedianMs: quantile(similar, 0.5),
    similarP99Ms: quantile(similar, 0.99),
  }
}
