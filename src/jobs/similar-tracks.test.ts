import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../store/store.ts'
import type { TaskRunner } from '../workers/worker-pool.ts'
import { analyseTracks } from './analyse-tracks.ts'
import { NO_EARS } from './ears.ts'
import { editGrid } from './edit-grid.ts'
import { addFixtureTrack } from './library.fixture.ts'
import { currentVectorSpecDigest, type SimilarTrack, similarTracks } from './similar-tracks.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-similar-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const similar = (id: number, limit?: number): readonly SimilarTrack[] =>
  similarTracks(store, store.tracks.get(id)!, { limit })
const ids = (id: number, limit?: number): readonly number[] => similar(id, limit).map(({ track }) => track.id)

test('the nearest come first, with how far their tempi and keys are apart', () => {
  const some = [
    { vector: [0, 0], bpm: 120, camelot: '8A' },
    { vector: [3, 0], bpm: 60, camelot: '9A' },
    { vector: [1, 0], bpm: 126, camelot: '3B' },
    { vector: [2, 0], bpm: 120, camelot: null },
  ]
  const [one] = some.map(({ vector, bpm, camelot }, index) =>
    addFixtureTrack(store, { index, vector, bpm, facts: { camelot } }),
  )
  // The first dimension spreads by √(5/4), the second not at all.
  const distance = (steps: number): unknown => expect.closeTo(steps / Math.sqrt(1.25) / Math.SQRT2, 5)
  expect(similar(one!)).toEqual([
    {
      track: expect.objectContaining({ title: '2.wav', tempoBpm: 126, camelot: '3B', state: 'offline' }),
      distance: distance(1),
      tempoDifferencePercent: expect.closeTo(5, 9),
      keyCompatible: false,
    },
    expect.objectContaining({ distance: distance(2), tempoDifferencePercent: 0, keyCompatible: null }),
    expect.objectContaining({ distance: distance(3), tempoDifferencePercent: 0, keyCompatible: true }),
  ])
  expect(ids(one!, 1)).toEqual([3])
})

test('only vectors of the present kind and grid are compared', () => {
  const [one, other, third] = [0, 1, 2].map((index) => addFixtureTrack(store, { index, vector: [index] }))
  const { gridDigest } = store.analyses.get(third!)!
  store.vectors.put({ trackId: third!, gridDigest, specDigest: 'of an older version' }, Float32Array.of(0, 1))
  expect(ids(one!)).toEqual([other])
  editGrid(store, store.tracks.get(other!)!, { kind: 'shift', beats: 1 })
  expect(ids(one!)).toEqual([])
  for (const id of [other!, third!])
    expect(() => similar(id)).toThrow(expect.objectContaining({ code: 'ANALYSIS_REQUIRED' }))
})

test('what was analysed before there were vectors gets one from its features, without its audio', async () => {
  const [one, other] = [0, 1].map((index) => addFixtureTrack(store, { index }))
  expect(() => similar(one!)).toThrow(expect.objectContaining({ code: 'ANALYSIS_REQUIRED' }))
  const noThreads: TaskRunner = { size: 1, run: () => Promise.reject(new Error('nothing is to be analysed')) }
  await analyseTracks({ store, pool: noThreads, ears: NO_EARS, emit: () => {} })
  expect(ids(one!)).toEqual([other])
  const { values, width } = store.vectors.current(currentVectorSpecDigest())
  const features = store.features.read(store.analyses.get(one!)!)!
  const place = features.columns.indexOf('mfcc 1')
  const column = features.values.filter((_, index) => index % features.columns.length === place)
  expect(values[0]).toBeCloseTo(column.reduce((sum, value) => sum + value, 0) / features.beats, 5)
  expect(values).toHaveLength(2 * width)
})
