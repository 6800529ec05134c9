import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import { putLabels } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { addRoot, removeRoot } from './library-roots.ts'
import { ignoreTracks, removeTracks } from './remove-tracks.ts'
import { type LibraryScan, scanLibrary } from './scan-library.ts'
import { searchTracks } from './track-overview.ts'

let folder = ''
let store: Store
let workspace: Workspace
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-remove-'))
  mkdirSync(join(folder, 'music'))
  store = openStore(join(folder, 'data'))
  workspace = { store, pool: inlineRunner, ears: NO_EARS, emit: () => {} }
  await addRoot(store, join(folder, 'music'))
  for (const seed of [1, 2, 3]) writeTestTrack(music(`${seed}.wav`), { bpm: 128, seed, rootHz: 55 })
  await scan()
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const music = (name: string): string => join(folder, 'music', name)
const scan = (): Promise<LibraryScan> => scanLibrary(workspace, { analyse: false })
const label = (trackId: number): void => {
  putLabels(store, trackId, [{ startBeat: 0, endBeat: 16, kind: 'drop', source: 'user' }])
}
const listed = (standing: 'present' | 'missing'): readonly string[] =>
  searchTracks(store, { standing }).tracks.map(({ title }) => title)
const ignored = (): readonly string[] => store.ignoredFiles.list().map(({ path }) => basename(path))

test('a track that is removed does not come back with the next scan, and does once its file is read again', async () => {
  expect(await removeTracks(store, [1, 2], { withWork: false })).toMatchObject({
    removed: 2,
    ignoredFiles: 2,
    lost: { tracks: 0 },
    copy: null,
  })
  expect(await scan()).toMatchObject({ roots: [{ filesFound: 1, filesIgnored: 2, tracksAdded: 0 }] })
  expect([listed('present'), ignored().toSorted()]).toEqual([['3'], ['1.wav', '2.wav']])
  const one = store.ignoredFiles.list().find(({ title }) => title === '1')!
  expect(store.ignoredFiles.readmit(one.id)).toEqual(one)
  expect(store.ignoredFiles.readmit(one.id)).toBeNull()
  expect(await scan()).toMatchObject({ roots: [{ filesIgnored: 1, tracksAdded: 1 }] })
  expect(listed('present')).toEqual(['1', '3'])
})

test('labels go only when that was said, and a copy of the library keeps them', async () => {
  label(1)
  const ask = removeTracks(store, [1, 2], { withWork: false })
  await expect(ask).rejects.toMatchObject({
    code: 'TRACK_HAS_WORK',
    message: '1 track holds 1 label: nothing was removed.',
    details: { work: { tracks: 1, labels: 1, editedGrids: 0, decisions: 0 } },
  })
  expect([listed('present').length, ignored()]).toEqual([3, []])
  const { copy, ...removal } = await removeTracks(store, [1, 2], { withWork: true })
  expect(removal).toMatchObject({ removed: 2, lost: { labels: 1 } })
  expect(store.labels.list()).toEqual([])
  const before = openStore(join(folder, 'before'))
  before.close()
  copyFileSync(join(store.directory.backups, copy!), join(folder, 'before/algiers.db'))
  const copied = openStore(join(folder, 'before'))
  expect(copied.labels.list()).toMatchObject([{ trackId: 1, kind: 'drop' }])
  copied.close()
})

test('an ignored file goes with its track; a labelled track is kept as missing until its file is read again', async () => {
  label(1)
  expect(await ignoreTracks(store, [1, 2])).toEqual({ ignoredFiles: 2, removed: 1, kept: 1 })
  await scan()
  expect([listed('present'), listed('missing')]).toEqual([['3'], ['1']])
  expect(store.presence.counts()).toMatchObject({ tracks: 1, missing: 1, ignoredFiles: 2 })
  for (const { id } of store.ignoredFiles.list()) store.ignoredFiles.readmit(id)
  await scan()
  expect([listed('present'), listed('missing')]).toEqual([['1', '2', '3'], []])
  expect(store.labels.list()).toHaveLength(1)
})

test('a file stays ignored when its folder is taken out and comes back, and in a folder around it', async () => {
  await ignoreTracks(store, [1])
  await removeRoot(store, ` "${music('')}" `)
  expect([ignored(), store.presence.counts().ignoredFiles]).toEqual([[], 0])
  await addRoot(store, folder)
  expect(await scan()).toMatchObject({ roots: [{ filesIgnored: 1, tracksAdded: 2 }] })
  await addRoot(store, music(''))
  expect(await scan()).toMatchObject({ roots: [{ filesIgnored: 1 }, { filesIgnored: 1, tracksAdded: 0 }] })
  expect([listed('present').length, ignored(), store.presence.counts().ignoredFiles]).toEqual([2, ['1.wav'], 1])
  store.ignoredFiles.readmit(store.ignoredFiles.list()[0]!.id)
  await scan()
  expect([listed('present').length, ignored()]).toEqual([3, []])
})

test('what a person noted is told before it goes', async () => {
  store.notes.change([1], () => [{ trackId: 1, notes: { rating: 4, colour: null, comment: null, myTags: ['warm'] } }])
  store.tracks.readTagsAs(2, 'windows-1251')
  await expect(removeTracks(store, [1, 2, 3], { withWork: false })).rejects.toMatchObject({
    message: '2 tracks hold 1 set of notes, 1 chosen reading of its tags: nothing was removed.',
  })
  const { lost, copy } = await removeTracks(store, [1, 2, 3], { withWork: true })
  expect(lost).toMatchObject({ tracks: 2, labels: 0, notes: 1, tagReadings: 1 })
  expect(copy).not.toBeNull()
})

test('every broken file is a track of its own, which can be ignored: empty ones, tags without sound, text', async () => {
  writeFileSync(music('empty one.wav'), '')
  writeFileSync(music('empty two.wav'), '')
  writeFileSync(music('text.mp3'), 'no music in here')
  const { failures } = await scanLibrary(workspace)
  expect(failures.map(({ file, error }) => [basename(file), error.code]).toSorted()).toEqual([
    ['empty one.wav', 'AUDIO_EMPTY'],
    ['empty two.wav', 'AUDIO_EMPTY'],
    ['text.mp3', 'AUDIO_FORMAT_UNKNOWN'],
  ])
  expect(await scanLibrary(workspace)).toMatchObject({ failures: [], leftAlone: 3, unreachable: 0 })
  expect(store.presence.counts()).toMatchObject({ tracks: 6, unreadable: 3, notAnalysed: 0, failed: 0 })
  const broken = searchTracks(store, { standing: 'unreadable' }).tracks
  expect(broken.map(({ title }) => title)).toEqual(['empty one', 'empty two', 'text'])
  expect(searchTracks(store, { standing: 'analysed' }).tracks.map(({ title }) => title)).toEqual(['1', '2', '3'])
  await ignoreTracks(store, [broken[0]!.id])
  expect(await scanLibrary(workspace)).toMatchObject({ failures: [], leftAlone: 2 })
  writeTestTrack(music('empty two.wav'), { bpm: 128, seed: 9, rootHz: 55 })
  expect(await scanLibrary(workspace)).toMatchObject({ failures: [], leftAlone: 1, analysed: 1, tracksForgotten: 1 })
})
