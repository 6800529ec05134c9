import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { TRACK_SORTS } from '../../core/library/track-sorts.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import type { TrackQuery } from '../../platform/store/track-query.ts'
import { addFixtureTrack, putNewGrid } from '../kit/library.fixture.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import { audioOf } from '../kit/track-audio.ts'
import { BASE_MODEL_VERSION } from '../versions/base-model.ts'
import { searchTracks, trackDetails } from './track-overview.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-search-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const titles = (search: TrackSearch): readonly string[] => searchTracks(store, search).tracks.map(({ title }) => title)

const addSome = (): void => {
  const some = [
    { title: 'Élan vital', artist: 'Björk & Co', bpm: 120, camelot: '8A', energy: 3 },
    { title: '100% drop', artist: null, bpm: 128.02, camelot: '9A', energy: 8 },
    { title: 'under_score', artist: 'Anna', bpm: 140, camelot: '8B', energy: 9 },
    { title: null, artist: 'Zoë', bpm: 174, camelot: null, energy: null },
  ]
  some.forEach(({ title, artist, bpm, ...facts }, index) => {
    const kinds = index === 1 ? (['intro', 'drop'] as const) : []
    addFixtureTrack(store, { index, tags: { title, artist }, path: `crate/File ${index}.wav`, bpm, facts, kinds })
  })
}

test('words are found whatever their case and accents, in title, artist and file name, and % and _ mean themselves', () => {
  addSome()
  expect(titles({ text: 'elan' })).toEqual(['Élan vital'])
  expect(titles({ text: 'VITAL bjork' })).toEqual(['Élan vital'])
  expect(titles({ text: 'vital anna' })).toEqual([])
  expect(titles({ text: '%' })).toEqual(['100% drop'])
  expect(titles({ text: '_' })).toEqual(['under_score'])
  expect(titles({ text: 'file 3' })).toEqual(['File 3'])
})

test('tempo, key, energy and labels narrow the list', () => {
  addSome()
  expect(titles({ bpmMin: 120, bpmMax: 130 })).toEqual(['100% drop', 'Élan vital'])
  expect(titles({ compatibleWith: '8a' })).toEqual(['100% drop', 'Élan vital', 'under_score'])
  expect(titles({ compatibleWith: '9A' })).toEqual(['100% drop', 'Élan vital'])
  expect(titles({ compatibleWith: 'H minor' })).toEqual([])
  expect(titles({ camelots: ['8B'] })).toEqual(['under_score'])
  expect(titles({ energyMin: 8, energyMax: 8 })).toEqual(['100% drop'])
  expect(titles({ hasLabels: true })).toEqual(['100% drop'])
  expect(titles({ hasLabels: false })).toHaveLength(3)
})

test('while there is no model of one’s own the list shows what the shipped model finds, unless it is switched off', () => {
  const trackId = addFixtureTrack(store, { index: 0 })
  const { gridDigest, featureSpecDigest } = store.analyses.get(trackId)!
  const probabilities = { intro: 1, build: 0, drop: 0, break: 0, outro: 0, verse: 0, chorus: 0 }
  const intro = { startBeat: 0, endBeat: 32, kind: 'intro', runnerUp: 'drop', confidence: 0.8, probabilities } as const
  const sections = [{ ...intro, evidence: [] }]
  store.sections.put({ trackId, modelVersion: BASE_MODEL_VERSION, gridDigest, specDigest: featureSpecDigest, sections })
  const strip = (): unknown => searchTracks(store).tracks[0]!.strip
  expect(strip()).toMatchObject([{ kind: 'intro' }])
  store.settings.set('base_model', false)
  expect(strip()).toBeNull()
})

test('a failed analysis, and sections that the active model is unsure of, need review until a person labels them', () => {
  addSome()
  const [first, second, third, fourth] = searchTracks(store, { sort: 'added' }).tracks.map(({ id }) => id)
  store.models.publish({ version: 1, onnx: new Uint8Array(1), card: {} })
  store.models.activate(1)
  const sections = (trackId: number, confidence: number, modelVersion = 1): void => {
    const { gridDigest, featureSpecDigest } = store.analyses.get(trackId)!
    const section = {
      startBeat: 0,
      endBeat: 96,
      kind: 'drop' as const,
      runnerUp: 'build' as const,
      confidence,
      probabilities: { intro: 0, build: 0, drop: 1, break: 0, outro: 0, verse: 0, chorus: 0 },
      evidence: [],
    }
    store.sections.put({ trackId, modelVersion, gridDigest, specDigest: featureSpecDigest, sections: [section] })
  }
  store.analyses.putFailure(first!, { code: 'AUDIO_DECODE_FAILED', detail: 'broken' })
  sections(second!, 0.3)
  sections(third!, 0.3)
  expect(titles({ needsReview: true })).toEqual(['Élan vital', 'under_score'])
  expect(titles({ needsReview: false })).toEqual(['100% drop', 'File 3'])
  sections(third!, 0.9)
  expect(titles({ needsReview: true })).toEqual(['Élan vital'])
  // Where a version of a scope speaks for a track, its doubts count, and those of the general one do not.
  sections(fourth!, 0.3)
  sections(fourth!, 0.9, 2)
  sections(third!, 0.3, 2)
  expect(titles({ needsReview: true })).toEqual(['Élan vital', 'File 3'])
  const scope = store.scopes.put('Two', { trackIds: [third!, fourth!] } as Parameters<typeof store.scopes.put>[1])
  store.scopes.activate(scope, 2)
  store.scopes.prove(scope, { version: 2, against: 1, isProven: true, text: '', tracks: 2 })
  expect(titles({ needsReview: true })).toEqual(['Élan vital', 'under_score'])
  expect(titles({ needsReview: true, text: 'score' })).toEqual(['under_score'])
  store.scopes.prove(scope, { version: 2, against: 1, isProven: false, text: '', tracks: 2 })
  expect(titles({ needsReview: true })).toEqual(['Élan vital', 'File 3'])
})

test('an edited grid and new tags are found at once', () => {
  addSome()
  const { id } = searchTracks(store, { text: 'elan' }).tracks[0]!
  const { grid } = store.grids.current(id)!
  const doubled = { ...grid, anchors: [{ beat: 0, seconds: 0, bpm: 240 }] }
  putNewGrid(store, { trackId: id, origin: 'edited', edit: 'double', grid: doubled })
  expect(titles({ bpmMin: 200 })).toEqual(['Élan vital'])
  addFixtureTrack(store, { index: 0, tags: { title: 'New name' }, path: 'crate/File 0.wav' })
  expect(titles({ text: 'elan' })).toEqual([])
  expect(titles({ text: 'new name' })).toEqual(['New name'])
})

test('rows are made for tracks of a database that had none', () => {
  addSome()
  store.close()
  const database = new DatabaseSync(join(folder, 'algiers.db'))
  database.exec('DELETE FROM track_rows')
  database.close()
  store = openStore(folder)
  expect(titles({ text: 'elan' })).toEqual(['Élan vital'])
})

test('pages of any size, in any order, show every track exactly once', () => {
  addSome()
  for (let index = 10; index < 30; index++) addFixtureTrack(store, { index, cached: false, bpm: 100 + (index % 4) })
  fc.assert(
    fc.property(
      fc.constantFrom(...TRACK_SORTS),
      fc.boolean(),
      fc.integer({ min: 1, max: 9 }),
      (sort, descending, limit) => {
        const query: TrackQuery = { sort, descending, limit }
        const ids: number[] = []
        for (let offset = 0; offset < 24; offset += limit) {
          const page = searchTracks(store, { ...query, offset })
          expect(page.total).toBe(24)
          ids.push(...page.tracks.map(({ id }) => id))
        }
        expect(new Set(ids).size).toBe(24)
        expect(ids).toHaveLength(24)
      },
    ),
    { numRuns: 30 },
  )
})

test('sorted as asked, with what is not known last either way', () => {
  addSome()
  expect(titles({ sort: 'energy' })).toEqual(['Élan vital', '100% drop', 'under_score', 'File 3'])
  expect(titles({ sort: 'energy', descending: true })).toEqual(['under_score', '100% drop', 'Élan vital', 'File 3'])
  expect(titles({ sort: 'key' })).toEqual(['Élan vital', 'under_score', '100% drop', 'File 3'])
  expect(titles({ sort: 'labels', descending: true })[0]).toBe('100% drop')
})

test('details tell what the list tells, and more; the sound of an unplugged drive is offline', () => {
  addSome()
  const track = store.tracks.get(searchTracks(store, { text: 'under' }).tracks[0]!.id)!
  expect(trackDetails(store, track)).toMatchObject({
    title: 'under_score',
    contentHash: 'audio-2',
    tempoBpm: 140,
    grid: { version: 1 },
    facts: { camelot: '8B' },
  })
  expect(() => audioOf(track)).toThrow(expect.objectContaining({ code: 'ROOT_OFFLINE' }))
})
