import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openApp } from '../../app.ts'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { SECTION_KINDS } from '../../core/labels/section-kind.ts'
import type { TrackStanding } from '../../core/library/track-standing.ts'
import { EMPTY_TAGS } from '../../core/library/track-tags.ts'
import { openDatabase } from '../../platform/store/database.ts'
import { hearingKey } from '../../platform/store/hearing-store.ts'
import { migrations } from '../../platform/store/migrations.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { editGrid } from '../analysis/edit-grid.ts'
import { readWaveform } from '../analysis/waveform.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addFixtureTrack, putLabels } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { addRoot, planRootRemoval, removeRoot } from './library-roots.ts'
import { type LibraryScan, scanLibrary } from './scan-library.ts'
import { sweepCache } from './sweep-cache.ts'
import { searchTracks, trackDetails } from './track-overview.ts'

let folder = ''
let store: Store
let workspace: Workspace
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-forget-'))
  mkdirSync(join(folder, 'music'))
  store = openStore(join(folder, 'data'))
  workspace = { store, pool: inlineRunner, ears: NO_EARS, emit: () => {} }
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const music = (name: string): string => join(folder, 'music', name)
const write = (name: string, seed: number): void => writeTestTrack(music(name), { bpm: 128, seed, rootHz: 55 })
const scan = (): Promise<LibraryScan> => scanLibrary(workspace, { analyse: false })
const label = (trackId: number): void => {
  putLabels(store, trackId, [{ startBeat: 0, endBeat: 16, kind: 'drop', source: 'user' }])
}
/** As if a network had heard the track. */
const hear = (trackId: number): void => {
  const key = { audioDigest: store.tracks.get(trackId)!.audioDigest, packDigest: 'pack' }
  store.heardWindows.write(hearingKey(key), Uint8Array.of(1))
  store.hearing.put(trackId, key, {
    embedding: Float32Array.of(1),
    tags: [{ tag: 'Piano', group: 'instrument', probability: 0.9, share: 0.5 }],
    flags: { version: 1, flags: [] },
  })
}
const listed = (standing: TrackStanding): readonly string[] =>
  searchTracks(store, { standing }).tracks.map(({ title }) => title)

/** Number of rows of each table that say anything of a track. */
const rowsOfTracks = (): Readonly<Record<string, number>> => {
  const database = new DatabaseSync(store.directory.database, { readOnly: true })
  const tables = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").all() as {
    name: string
    sql: string
  }[]
  const counts = tables
    .filter(({ name, sql }) => name === 'tracks' || /\btrack_id\b/.test(sql))
    .map(
      ({ name }) => [name, Number(Object.values(database.prepare(`SELECT count(*) FROM ${name}`).get()!)[0])] as const,
    )
  database.close()
  return Object.fromEntries(counts)
}
const cachedFiles = (): readonly string[] =>
  readdirSync(store.directory.cache, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name)

test('a folder that is taken out leaves nothing of tracks that nobody has worked on: no row, no file of the cache', async () => {
  const root = await addRoot(store, music(''))
  write('a.wav', 1)
  writeFileSync(music('broken.mp3'), 'this is no music')
  await scanLibrary(workspace)
  hear(1)
  const { gridDigest, featureSpecDigest } = store.analyses.get(1)!
  store.sections.put({ trackId: 1, modelVersion: 0, gridDigest, specDigest: featureSpecDigest, sections: [] })
  store.sectionVectors.put({ trackId: 1, origin: 'now' }, [], { features: null, embeddings: null })
  const before = rowsOfTracks()
  // All that is kept of a track but what a person makes of it or brings in.
  const empty = Object.entries(before).flatMap(([table, rows]) => (rows === 0 ? [table] : []))
  expect(empty.join(' ')).toBe(
    'labels suggestion_decisions track_notes my_tags imported_suggestions import_changes playlist_tracks set_tracks waiting_cues offered_grids dismissed_findings relabellings',
  )
  expect(cachedFiles()).toHaveLength(3)

  expect(await planRootRemoval(store, music(''))).toMatchObject({ going: 2, kept: 0 })
  expect(await removeRoot(store, String(root.id))).toMatchObject({ going: 2, kept: 0, keptLabels: 0, elsewhere: 0 })
  expect(new Set(Object.values(rowsOfTracks()))).toEqual(new Set([0]))
  expect(cachedFiles()).toEqual([])
})

test('files of the cache that a killed process left are swept at the next start, and those of tracks are not', async () => {
  await addRoot(store, music(''))
  write('a.wav', 1)
  await scanLibrary(workspace)
  hear(1)
  const kept = cachedFiles()
  store.peaks.write('of a track that went', Uint8Array.of(1))
  store.heardWindows.write('of it too', Uint8Array.of(1))
  writeFileSync(join(store.directory.cache, 'peaks/.partial-1'), 'half')
  const mixing = join(store.directory.mixing, 'a-mix')
  mkdirSync(mixing, { recursive: true })
  writeFileSync(join(mixing, 'deck-0'), 'half')
  const longAgo = new Date('2020-01-01')
  for (const file of readdirSync(store.directory.cache, { recursive: true, encoding: 'utf8' }))
    utimesSync(join(store.directory.cache, file), longAgo, longAgo)
  store.peaks.write('written meanwhile', Uint8Array.of(1))
  const meanwhile = store.peaks.pathOf('written meanwhile')
  utimesSync(meanwhile, new Date('2099-01-01'), new Date('2099-01-01'))
  expect(cachedFiles()).toHaveLength(8)
  expect(await sweepCache(store)).toEqual({ deleted: 4, left: [], problem: null })
  expect(cachedFiles().toSorted()).toEqual([...kept, basename(meanwhile)].toSorted())
})

test('a waveform that is still being made when its folder is taken out is not kept', async () => {
  const root = await addRoot(store, music(''))
  write('a.wav', 1)
  await scan()
  const making = readWaveform(workspace, store.tracks.get(1)!)
  await removeRoot(store, String(root.id))
  expect((await making).bytes.length).toBeGreaterThan(0)
  expect(cachedFiles()).toEqual([])
})

test('tracks that somebody has worked on are kept as missing, keep their names, and come back with their folder', async () => {
  await addRoot(store, music(''))
  for (const seed of [1, 2, 3, 4]) write(`${seed}.wav`, seed)
  await scanLibrary(workspace)
  label(1)
  await editGrid(store, store.tracks.get(2)!, { kind: 'shift', beats: 1 })
  store.suggestions.decide({
    decision: { trackId: 3, startBeat: 0, endBeat: 16, kind: 'drop', decision: 'rejected', modelVersion: 0 },
    revision: store.suggestions.revision(3),
  })
  const labels = store.labels.list()
  const removal = await removeRoot(store, music(''))
  expect(removal).toMatchObject({ going: 1, kept: 3, keptLabels: 1 })
  expect(listed('present')).toEqual([])
  expect(listed('missing')).toEqual(['1', '2', '3'])
  expect(trackDetails(store, store.tracks.get(1)!)).toMatchObject({
    title: '1',
    path: music('1.wav'),
    state: 'missing',
    labels: 1,
  })
  expect(store.presence.counts()).toMatchObject({ tracks: 0, missing: 3, notAnalysed: 0, failed: 0 })

  await addRoot(store, music(''))
  await scanLibrary(workspace)
  expect(listed('present')).toEqual(['1', '2', '3', '4'])
  expect(listed('missing')).toEqual([])
  expect(store.labels.list()).toEqual(labels)
})

test('a track that another folder holds as well stays where it is', async () => {
  await addRoot(store, music(''))
  mkdirSync(join(folder, 'copies'))
  const copies = await addRoot(store, join(folder, 'copies'))
  write('a.wav', 1)
  copyFileSync(music('a.wav'), join(folder, 'copies/a.wav'))
  await scan()
  expect(await removeRoot(store, String(copies.id))).toMatchObject({ going: 0, kept: 0, elsewhere: 1 })
  expect(listed('present')).toEqual(['a'])
})

test('files that vanish from a folder that is still there take their tracks along, but for those with work', async () => {
  await addRoot(store, music(''))
  for (const seed of [1, 2, 3]) write(`${seed}.wav`, seed)
  await scan()
  label(1)
  for (const seed of [1, 2]) renameSync(music(`${seed}.wav`), join(folder, `${seed}.wav`))
  expect(await scan()).toMatchObject({ tracksForgotten: 1, roots: [{ filesMissing: 2 }] })
  expect([listed('present'), listed('missing')]).toEqual([['3'], ['1']])
  for (const seed of [1, 2]) renameSync(join(folder, `${seed}.wav`), music(`${seed}.wav`))
  await scan()
  expect([listed('present'), listed('missing')]).toEqual([['1', '2', '3'], []])
})

test('a file that moves from one folder to another between scans keeps its track and its analysis', async () => {
  mkdirSync(join(folder, 'zz'))
  await addRoot(store, music(''))
  await addRoot(store, join(folder, 'zz'))
  for (const seed of [1, 2]) write(`${seed}.wav`, seed)
  await scanLibrary(workspace)
  renameSync(music('1.wav'), join(folder, 'zz/1.wav'))
  expect(await scanLibrary(workspace)).toMatchObject({ tracksForgotten: 0, analysed: 0 })
  expect(store.tracks.get(1)?.locations.map(({ path }) => path)).toEqual([join(folder, 'zz/1.wav')])
})

test('a drive that is away makes nothing missing and forgets nothing', async () => {
  await addRoot(store, music(''))
  write('a.wav', 1)
  await scan()
  renameSync(music(''), join(folder, 'unplugged'))
  expect(await scan()).toMatchObject({ tracksForgotten: 0, roots: [{ offline: true }] })
  expect([listed('present'), listed('offline'), listed('missing')]).toEqual([['a'], ['a'], []])
  expect(store.presence.counts()).toMatchObject({ tracks: 1, missing: 0 })
})

test('a missing track is not waited for: no scan counts it as not analysed or out of reach', async () => {
  const root = await addRoot(store, music(''))
  write('a.wav', 1)
  await scan()
  label(1)
  await removeRoot(store, String(root.id))
  expect(await scanLibrary(workspace)).toMatchObject({ unreachable: 0, failures: [], upToDate: 0 })
})

test('taking a folder out and adding it again leaves all labels as they were, and all tracks in their folder', async () => {
  const kinds = fc.array(fc.constantFrom(...SECTION_KINDS), { maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fc.array(kinds, { minLength: 1, maxLength: 5 }), async (tracks) => {
      const data = mkdtempSync(join(folder, 'data-'))
      const own = openStore(data)
      try {
        const add = (index: number, labels: (typeof tracks)[number]): number =>
          addFixtureTrack(own, { index, kinds: labels })
        tracks.forEach((labels, index) => void add(index, labels))
        const state = (): unknown => ({
          labels: own.labels.list().map(({ createdAt: _, ...one }) => one),
          titles: searchTracks(own, { sort: 'title' }).tracks.map(({ title, labels }) => [title, labels]),
        })
        const before = state()
        const [root] = own.roots.list()
        const worked = tracks.filter((labels) => labels.length > 0).length
        expect(await removeRoot(own, String(root!.id))).toMatchObject({
          going: tracks.length - worked,
          kept: worked,
        })
        expect(searchTracks(own, { standing: 'present' }).total).toBe(0)
        expect(own.tracks.ids()).toHaveLength(worked)
        const again = own.roots.add(root!.path)
        for (const index of tracks.keys())
          own.tracks.recordFile(again.id, {
            path: `${index}.wav`,
            sizeBytes: 1,
            modifiedMs: 1,
            audioDigest: `audio-${index}`,
            fileDigest: `audio-${index}`,
            tags: EMPTY_TAGS,
          })
        expect(state()).toEqual(before)
      } finally {
        own.close()
      }
    }),
    { numRuns: 15 },
  )
})

test('a library of the version before is tidied once it is opened: tracks of folders long gone go, labelled ones get a name', async () => {
  const data = join(folder, 'old')
  mkdirSync(data)
  const old = openDatabase({ path: join(data, 'algiers.db'), backups: data, migrations: migrations.slice(0, 5) })
  const tags = JSON.stringify(EMPTY_TAGS)
  const titled = JSON.stringify({ ...EMPTY_TAGS, title: 'Élan' })
  old.exec(`INSERT INTO roots (id, path, added_at, offline_since) VALUES (1, '/away', '2026', '2026'), (2, '/here', '2026', NULL);
    INSERT INTO tracks (id, audio_digest, tags, added_at) VALUES (1, 'orphan', '${tags}', '2026'),
      (2, 'labelled', '${tags}', '2026'), (3, 'titled', '${titled}', '2026'), (4, 'offline', '${tags}', '2026'),
      (5, 'gone', '${tags}', '2026'), (6, 'there', '${tags}', '2026'), (7, 'nameless', '${tags}', '2026'),
      (8, 'perhaps', '${tags}', '2026');
    INSERT INTO locations (track_id, root_id, path, file_digest, size_bytes, modified_ms, missing_since) VALUES
      (4, 1, 'sub/offline.wav', 'x', 1, 1, NULL), (5, 2, 'gone.wav', 'x', 1, 1, '2026'), (8, 1, 'perhaps.wav', 'x', 1, 1, '2026'), (6, 2, 'there.wav', 'x', 1, 1, NULL);
    INSERT INTO track_rows (track_id, title_key, search_text) VALUES (1, 'orphan.wav', 'orphan.wav'),
      (2, 'night train.wav', 'night train.wav'), (3, 'elan', 'elan' || char(10) || 'elan.wav'),
      (7, 'nameless', '');
    INSERT INTO labels (track_id, start_beat, end_beat, kind, source, created_at)
      SELECT id, 0, 16, 'drop', 'user', '2026' FROM tracks WHERE id IN (2, 3, 7)`)
  old.close()
  const app = await openApp({ dataDir: data })
  const titles = async (standing: 'present' | 'missing'): Promise<readonly string[]> =>
    (await app.collection.searchTracks({ standing })).tracks.map(({ title }) => title)
  expect(await titles('missing')).toEqual(['Élan', 'night train', 'Untitled track 7'])
  expect(await titles('present')).toEqual(['offline', 'perhaps', 'there'])
  expect((await app.upkeep.backups.list()).current).toEqual({ tracks: 6, labels: 3 })
  expect((await app.collection.track('4')).path).toBe(join('/away', 'sub/offline.wav'))
  await app.close()
  expect(readdirSync(join(data, 'backups')).filter((name) => name.startsWith('algiers-schema-5-'))).toHaveLength(1)
})
