import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { foldTempo } from '../../core/library/fold-tempo.ts'
import { EMPTY_TAGS } from '../../core/library/track-tags.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { bpmColumns } from '../../platform/store/track-row-filters.ts'
import { addFixtureTrack, putNewGrid } from '../kit/library.fixture.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import { searchTracks } from './track-overview.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-columns-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const titles = (search: TrackSearch): readonly string[] => searchTracks(store, search).tracks.map(({ title }) => title)
const idOf = (index: number): number => store.tracks.findByDigest(`audio-${index}`)!.id

/** What stands in the columns that come from the file's tags, its header and its grid. */
const addTagged = (): void => {
  const some = [
    {
      genre: 'Tech House',
      year: 2019,
      bpm: 126,
      key: 'Am',
      rating: 3,
      comment: 'from the shop',
      format: 'MP3',
      bitRateKbps: 320,
    },
    {
      genre: 'Drum & Bass',
      year: 2021,
      bpm: 87,
      key: '1d',
      rating: null,
      comment: null,
      format: 'FLAC',
      bitRateKbps: 900,
    },
    { genre: null, year: null, bpm: null, key: 'loud', rating: null, comment: null, format: null, bitRateKbps: null },
  ]
  some.forEach((tags, index) => {
    const [bpm, loudnessLufs] = [
      [126, -8],
      [174, -11],
      [64, -14],
    ][index]!
    addFixtureTrack(store, {
      index,
      tags: { title: `T${index}`, ...tags },
      path: `crate ${index}/f.mp3`,
      bpm: bpm!,
      facts: { loudnessLufs: loudnessLufs! },
    })
  })
}

test('the list is narrowed by every column, and what is not known fits no limit', () => {
  addTagged()
  expect(titles({ genre: 'house' })).toEqual(['T0'])
  expect(titles({ yearMin: 2020 })).toEqual(['T1'])
  expect(titles({ yearMax: 2020 })).toEqual(['T0'])
  expect(titles({ tagBpmMin: 100 })).toEqual(['T0'])
  expect(titles({ tagCamelot: '8A' })).toEqual(['T0'])
  expect(titles({ tagCamelot: '8B' })).toEqual(['T1'])
  expect(titles({ bitRateMin: 320, bitRateMax: 320 })).toEqual(['T0'])
  expect(titles({ format: 'flac' })).toEqual(['T1'])
  expect(titles({ loudnessMin: -12, loudnessMax: -9 })).toEqual(['T1'])
  expect(titles({ path: 'CRATE 2' })).toEqual(['T2'])
  expect(titles({ comment: 'shop' })).toEqual(['T0'])
  expect(titles({ text: 'shop' })).toEqual(['T0'])
  expect(titles({ addedSince: '2000-01-01' })).toHaveLength(3)
  expect(titles({ addedBefore: '2000-01-01' })).toEqual([])
})

test('ratings, colours, comments and own tags are found and sorted by; the file’s own stand in for what the person did not say', () => {
  addTagged()
  const notes = { rating: 5, colour: 'blue', comment: 'opener', myTags: ['Peak', 'vocal'] } as const
  store.notes.change([idOf(1)], () => [{ trackId: idOf(1), notes }])
  store.notes.change([idOf(2)], () => [
    { trackId: idOf(2), notes: { ...notes, rating: null, colour: 'red', myTags: ['peak'] } },
  ])
  expect(titles({ sort: 'rating', descending: true })).toEqual(['T1', 'T0', 'T2'])
  expect(titles({ ratingMin: 3 })).toEqual(['T0', 'T1'])
  expect(titles({ ratingMax: 0 })).toEqual(['T2'])
  expect(titles({ colours: ['red', 'blue'], sort: 'colour' })).toEqual(['T2', 'T1'])
  expect(titles({ comment: 'OPENER' })).toEqual(['T1', 'T2'])
  expect(titles({ myTags: ['peak'] })).toEqual(['T1', 'T2'])
  expect(titles({ myTags: ['peak', 'Vocal'] })).toEqual(['T1'])
  expect(titles({ myTags: ['vocal', 'none'], myTagsAny: true })).toEqual(['T1'])
  expect(titles({ sort: 'my_tags' })).toEqual(['T2', 'T1', 'T0'])
  expect(searchTracks(store).tracks[0]).toMatchObject({ tagRating: 3, notes: { rating: null, myTags: [] } })
  expect(store.notes.myTags()).toEqual([
    { tag: 'Peak', tracks: 2 },
    { tag: 'vocal', tracks: 1 },
  ])
})

test('tempi are compared and sorted in the range of the person, and the grid stays', () => {
  addTagged()
  expect(titles({ bpmMin: 80, bpmMax: 90 })).toEqual([])
  expect(titles({ bpmMin: 80, bpmMax: 90, bpmRangeFrom: 70 })).toEqual(['T1'])
  expect(titles({ sort: 'bpm' })).toEqual(['T2', 'T0', 'T1'])
  // 126, 87 and 128.
  expect(titles({ sort: 'bpm', bpmRangeFrom: 70 })).toEqual(['T1', 'T0', 'T2'])
  expect(titles({ tagBpmMin: 170, bpmRangeFrom: 88 })).toEqual(['T1'])
  expect(searchTracks(store, { bpmRangeFrom: 70 }).tracks.map(({ tempoBpm }) => tempoBpm)).toEqual([126, 174, 64])
})

test('in SQL a tempo is folded as it is shown', () => {
  fc.assert(
    fc.property(fc.double({ min: 20, max: 400, noNaN: true }), fc.integer({ min: 30, max: 150 }), (bpm, from) => {
      const database = new DatabaseSync(':memory:')
      const { bpm: sql } = bpmColumns(from)
      const row = database.prepare(`SELECT ${sql} AS folded FROM (SELECT ? AS bpm) AS row`).get(bpm) as {
        folded: number
      }
      expect(row.folded).toBeCloseTo(foldTempo(bpm, from), 9)
      database.close()
    }),
    { numRuns: 50 },
  )
})

const hear = (index: number, shares: Readonly<Record<string, number>>): void => {
  const heard = Object.entries(shares).map(([tag, share]) => ({ tag, group: 'g', share, probability: 0.9 }))
  const key = { audioDigest: `audio-${index}`, packDigest: 'p' }
  store.hearing.put(idOf(index), key, {
    embedding: new Float32Array(2),
    tags: heard,
    flags: { version: 1, flags: [] },
  })
}

test('several tags that are heard: all of them, or any', () => {
  addTagged()
  hear(0, { piano: 0.5, voice: 0.5 })
  hear(1, { voice: 0.5 })
  expect(titles({ heard: ['piano', 'voice'] })).toEqual(['T0'])
  expect(titles({ heard: ['piano', 'voice'], heardAny: true })).toEqual(['T0', 'T1'])
})

test('a tag that is shown finds the tracks for which it is, another those in which it is heard for a while', () => {
  addTagged()
  hear(0, { piano: 0.3, guiros: 0.06, opera: 0.2 })
  hear(1, { piano: 0.1, guiros: 0.04, opera: 0.2 })
  hear(2, { piano: 0.2 })
  const never = { heardPrecision: 0.1, shownFrom: null, shownPrecision: null }
  const known = [
    { tag: 'piano', heardPrecision: 0.5, shownFrom: 0.2, shownPrecision: 0.8 },
    { tag: 'opera', ...never },
  ]
  expect([store.hearing.putPrecision('p', known), store.hearing.putPrecision('p', [...known].reverse())]).toEqual([
    true,
    false,
  ])
  store.hearing.putPrecision('of another network', [{ tag: 'guiros', ...never, heardPrecision: 0.9 }])
  expect(titles({ heard: ['piano'] })).toEqual(['T0', 'T2'])
  expect(titles({ heard: ['guiros'] })).toEqual(['T0'])
  expect(titles({ heard: ['opera'] })).toEqual(['T0', 'T1'])
  expect(store.hearing.counts(0.05)).toEqual([
    { tag: 'opera', group: 'g', tracks: 2, expectedPrecision: 0.1, shown: false },
    { tag: 'piano', group: 'g', tracks: 2, expectedPrecision: 0.8, shown: true },
    { tag: 'guiros', group: 'g', tracks: 1, expectedPrecision: null, shown: false },
  ])
  const told = store.hearing.tags(idOf(0), 'audio-0')!
  expect(told.map(({ tag, shown, expectedPrecision }) => [tag, shown, expectedPrecision])).toEqual([
    ['piano', true, 0.8],
    ['opera', false, 0.1],
    ['guiros', false, null],
  ])
  expect(store.hearing.tags(idOf(1), 'audio-1')![1]).toMatchObject({
    tag: 'piano',
    shown: false,
    expectedPrecision: 0.5,
  })
  const ids = [0, 1, 2].map(idOf)
  expect([...store.hearing.mainTags(ids, 'g')]).toEqual([
    [ids[0], 'piano'],
    [ids[2], 'piano'],
  ])
  // A tag that is measured anew may be shown no more.
  store.hearing.putPrecision('p', [])
  expect(titles({ heard: ['piano'] })).toEqual(['T0', 'T1', 'T2'])
})

test('only an estimated grid is doubtful', () => {
  addTagged()
  const id = idOf(0)
  const { grid } = store.grids.current(id)!
  putNewGrid(store, { trackId: id, origin: 'estimated', edit: null, grid: { ...grid, tempoConfidence: 0.3 } })
  expect(titles({ doubtfulGrid: true })).toEqual(['T0'])
  expect(titles({ sort: 'doubtful_grid', descending: true })[0]).toBe('T0')
  putNewGrid(store, { trackId: id, origin: 'edited', edit: 'double', grid: { ...grid, tempoConfidence: 1 } })
  expect(titles({ doubtfulGrid: true })).toEqual([])
})

test('status sorts what is well before what asks for the person, the worst last', () => {
  const here = store.roots.add('/here')
  const file = (index: number, rootId: number): number =>
    store.tracks.recordFile(rootId, {
      path: `${index}.wav`,
      sizeBytes: 1,
      modifiedMs: 1,
      audioDigest: `audio-${index}`,
      fileDigest: `audio-${index}`,
      tags: { ...EMPTY_TAGS, title: `T${index}` },
    }).trackId
  const detail = 'as the decoder said'
  store.analyses.putFailure(file(0, here.id), { code: 'AUDIO_DECODE_FAILED', detail })
  store.analyses.putFailure(file(1, here.id), { code: 'AUDIO_SILENT', detail })
  file(2, here.id)
  addFixtureTrack(store, { index: 3, path: '3.wav', tags: { title: 'T3' } })
  const gone = store.roots.add('/gone')
  file(4, gone.id)
  store.roots.markOffline(gone.id)
  const states = searchTracks(store, { sort: 'status' }).tracks.map(({ title, state }) => [title, state])
  expect(states).toEqual([
    ['T3', 'ok'],
    ['T2', 'not analysed'],
    ['T1', 'failed'],
    ['T0', 'failed'],
    ['T4', 'offline'],
  ])
  expect(titles({ sort: 'status', descending: true })).toEqual(['T4', 'T0', 'T1', 'T2', 'T3'])
})
