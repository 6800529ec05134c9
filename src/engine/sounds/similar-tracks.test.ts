import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { analyseTracks } from '../analysis/analyse-tracks.ts'
import { editGrid } from '../analysis/edit-grid.ts'
import { currentVectorSpecDigest } from '../analysis/track-vectors.ts'
import { removeRoot } from '../collection/library-roots.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { type SimilarOptions, type SimilarTrack, similarTracks } from './similar-tracks.ts'
import { createSoundIndex, type SoundIndex } from './sound-index.ts'

let folder = ''
let store: Store
let index: SoundIndex
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-similar-'))
  store = openStore(folder)
  index = createSoundIndex(store, inlineRunner)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const similar = (id: number, options?: SimilarOptions): Promise<readonly SimilarTrack[]> =>
  similarTracks({ store, index, pool: inlineRunner }, store.tracks.get(id)!, options)
const ids = async (id: number, options?: SimilarOptions): Promise<readonly number[]> =>
  (await similar(id, options)).map(({ track }) => track.id)

test('the nearest come first, with how far their tempi and keys are apart', async () => {
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
  expect(await similar(one!)).toEqual([
    {
      track: expect.objectContaining({ title: '2', tempoBpm: 126, camelot: '3B', state: 'offline' }),
      distance: distance(1),
      score: 2 / 3,
      tempoDifferencePercent: expect.closeTo(5, 9),
      keyRelation: 'other',
      keyCompatible: false,
      energyDifference: null,
      sharedTags: [],
      moments: null,
    },
    expect.objectContaining({ distance: distance(2), tempoDifferencePercent: 0, keyCompatible: null }),
    expect.objectContaining({ distance: distance(3), tempoDifferencePercent: 0, keyCompatible: true }),
  ])
  expect(await ids(one!, { limit: 1 })).toEqual([3])
})

test('only vectors of the present kind and grid are compared, and a change of them is noticed', async () => {
  const [one, other, third] = [0, 1, 2].map((index) => addFixtureTrack(store, { index, vector: [index] }))
  const { gridDigest } = store.analyses.get(third!)!
  store.vectors.put({ trackId: third!, gridDigest, specDigest: 'of an older version' }, Float32Array.of(0, 1))
  expect(await ids(one!)).toEqual([other])
  await editGrid(store, store.tracks.get(other!)!, { kind: 'shift', beats: 1 })
  expect(await ids(one!)).toEqual([])
  for (const id of [other!, third!]) await expect(similar(id)).rejects.toMatchObject({ code: 'ANALYSIS_REQUIRED' })
})

test('what was analysed before there were vectors gets one from its features, without its audio', async () => {
  const [one, other] = [0, 1].map((index) => addFixtureTrack(store, { index }))
  await expect(similar(one!)).rejects.toMatchObject({ code: 'ANALYSIS_REQUIRED' })
  const noThreads: TaskRunner = { size: 1, run: () => Promise.reject(new Error('nothing is to be analysed')) }
  await analyseTracks({ store, pool: noThreads, ears: NO_EARS, emit: () => {} })
  expect(await ids(one!)).toEqual([other])
  const key = { specDigest: currentVectorSpecDigest(), packDigest: null }
  const [sound] = store.sounds.tracks(key, { after: 0, limit: 1 }).sounds
  const features = store.features.read(store.analyses.get(one!)!)!
  const place = features.columns.indexOf('mfcc 1')
  const column = features.values.filter((_, at) => at % features.columns.length === place)
  expect(sound!.features![0]).toBeCloseTo(column.reduce((sum, value) => sum + value, 0) / features.beats, 5)
})

test('only what mixes is listed where that is asked for, and all count for the score', async () => {
  const some = [
    { vector: [0], bpm: 120, facts: { camelot: '8A', energy: 5 } },
    { vector: [1], bpm: 122, facts: { camelot: '1B', energy: 6 } },
    { vector: [2], bpm: 61, facts: { camelot: '9A', energy: 9 } },
    { vector: [3], bpm: 140, facts: { camelot: '8B', energy: 5 } },
    { vector: [4], bpm: 120, facts: { camelot: null, energy: null } },
  ]
  const [one, ...others] = some.map((track, place) => addFixtureTrack(store, { index: place, ...track }))
  expect(await ids(one!, { tempoWithinPercent: 2 })).toEqual([others[0], others[1], others[3]])
  expect(await ids(one!, { compatibleKeys: true })).toEqual([others[1], others[2]])
  expect(await ids(one!, { energyWithin: 1 })).toEqual([others[0], others[2]])
  const [only] = await similar(one!, { tempoWithinPercent: 2, compatibleKeys: true, energyWithin: 4 })
  expect(only).toMatchObject({ track: { id: others[1] }, score: 0.5, keyRelation: 'neighbour', energyDifference: 4 })
  // Its key and energy are not known, so nothing mixes with it by them.
  for (const filter of [{ compatibleKeys: true }, { energyWithin: 9 }])
    expect(await ids(others[3]!, filter)).toEqual([])
})

test('the threshold of the settings leaves out what is not nearer than its share of the library', async () => {
  const [one, ...others] = [0, 1, 2, 3, 4].map((at) => addFixtureTrack(store, { index: at, vector: [at] }))
  store.settings.set('min_similarity_threshold', 0.5)
  expect(await ids(one!)).toEqual(others.slice(0, 2))
  store.settings.set('min_similarity_threshold', 0)
  expect(await ids(one!)).toEqual(others)
})

test('a thread that lost what it kept gets it again', async () => {
  const [one, other] = [0, 1].map((at) => addFixtureTrack(store, { index: at, vector: [at] }))
  let lost = 0
  const forgetful = {
    size: 1,
    run: ((name, input) =>
      name === 'measureSounds' && lost++ === 1 ? null : inlineRunner.run(name, input)) as TaskRunner['run'],
  }
  index = createSoundIndex(store, forgetful)
  expect(await ids(one!)).toEqual([other])
  expect(await ids(one!)).toEqual([other])
  expect(lost).toBe(3)
})

test('a missing track is never among the similar ones', async () => {
  const [one, other, third] = [0, 1, 2].map((at) =>
    addFixtureTrack(store, { index: at, vector: [at], kinds: at === 1 ? ['intro'] : [] }),
  )
  const elsewhere = store.roots.add('/elsewhere')
  for (const id of [one!, third!]) {
    const { audioDigest, tags } = store.tracks.get(id)!
    const file = { path: `${id}.wav`, sizeBytes: 1, modifiedMs: 1 }
    store.tracks.recordFile(elsewhere.id, { ...file, audioDigest, fileDigest: audioDigest, tags })
  }
  expect(await ids(one!)).toEqual([other, third])
  await removeRoot(store, '/gone')
  expect(store.tracks.get(other!)).not.toBeNull()
  expect(await ids(one!)).toEqual([third])
})
