import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { addFixtureTrack } from '../../src/jobs/library.fixture.ts'
import { searchTracks, type TrackSearch } from '../../src/jobs/track-overview.ts'
import { openStore } from '../../src/store/store.ts'
import { createRandom } from '../../src/support/random.ts'

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

export type ListReport = {
  readonly tracks: number
  readonly openMs: number
  readonly medianMs: number
  readonly p99Ms: number
  readonly maxMs: number
}

/** Pages of a library of so many tracks, by every kind of filter and order. */
export const listTrial = (tracks: number): ListReport => {
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
      kinds: index % 5 === 0 ? ['intro', 'drop', 'outro'] : [],
    })
  filling.close()
  const started = performance.now()
  const store = openStore(folder)
  const openMs = performance.now() - started
  const times = QUERIES.flatMap((query) =>
    Array.from({ length: REPEATS }, () => {
      const begun = performance.now()
      searchTracks(store, { limit: PAGE, ...query })
      return performance.now() - begun
    }),
  ).sort((a, b) => a - b)
  store.close()
  rmSync(folder, { recursive: true })
  const at = (share: number): number => times[Math.ceil(times.length * share) - 1]!
  return { tracks, openMs, medianMs: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}
