import { copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import { putLabels } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { addRoot, removeRoot } from './library-roots.ts'
import { relocateTracks } from './relocate-tracks.ts'
import { ignoreTracks } from './remove-tracks.ts'
import { scanLibrary } from './scan-library.ts'
import { searchTracks } from './track-overview.ts'

let folder = ''
let store: Store
let workspace: Workspace
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-relocate-'))
  mkdirSync(inFolder('music'))
  store = openStore(inFolder('data'))
  workspace = { store, pool: inlineRunner, ears: NO_EARS, emit: () => {} }
  await addRoot(store, inFolder('music'))
  for (const [seed, bpm] of [
    [1, 128],
    [2, 140],
  ] as const) {
    writeTestTrack(inFolder(`music/${seed}.wav`), { bpm, seed, rootHz: 55 })
  }
  await scanLibrary(workspace)
  for (const trackId of [1, 2]) putLabels(store, trackId, [{ startBeat: 0, endBeat: 16, kind: 'drop', source: 'user' }])
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const inFolder = (name: string): string => join(folder, name)
const missing = (): readonly string[] => searchTracks(store, { standing: 'missing' }).tracks.map(({ title }) => title)
const placesOf = (trackId: number): readonly string[] =>
  store.tracks.get(trackId)!.locations.map(({ path, missingSince }) => `${path}${missingSince ? ' missing' : ''}`)

test('all missing tracks are found in a renamed folder, whatever their files are called; it becomes one of the library', async () => {
  await removeRoot(store, inFolder('music'))
  renameSync(inFolder('music'), inFolder('renamed'))
  renameSync(inFolder('renamed/2.wav'), inFolder('renamed/other name.wav'))
  writeFileSync(inFolder('renamed/broken.wav'), '')
  expect(missing()).toEqual(['1', '2'])
  expect(await relocateTracks(workspace, `"${inFolder('renamed')}"`)).toEqual({
    relocated: [
      { trackId: 1, path: inFolder('renamed/1.wav') },
      { trackId: 2, path: inFolder('renamed/other name.wav') },
    ],
    notFound: [],
    addedRoot: expect.objectContaining({ path: inFolder('renamed') }),
  })
  expect(missing()).toEqual([])
  expect(await scanLibrary(workspace)).toMatchObject({ analysed: 0, roots: [{ tracksAdded: 1, filesRead: 1 }] })
})

test('a track is found in a file of a folder of the library, and its old place is forgotten', async () => {
  mkdirSync(inFolder('other'))
  await addRoot(store, inFolder('other'))
  renameSync(inFolder('music/1.wav'), inFolder('other/one.wav'))
  copyFileSync(inFolder('music/2.wav'), inFolder('music/3.wav'))
  const [root] = store.roots.list()
  store.tracks.settleScan(root!.id, store.tracks.knownFiles(root!.id).slice(0, 1), [])
  expect(placesOf(1)).toEqual([`${inFolder('music/1.wav')} missing`])
  expect(await relocateTracks(workspace, inFolder('other/one.wav'), [1])).toMatchObject({
    relocated: [{ trackId: 1 }],
    addedRoot: null,
  })
  expect(placesOf(1)).toEqual([inFolder('other/one.wav')])
})

test('a file with other audio is refused, and it is said what differs', async () => {
  writeTestTrack(inFolder('music/longer.wav'), { bpm: 70, seed: 5, rootHz: 55 })
  await expect(relocateTracks(workspace, inFolder('music/longer.wav'), [1])).rejects.toMatchObject({
    code: 'OTHER_AUDIO',
    message: `${inFolder('music/longer.wav')} is a different recording from “1”: it is 0:55 long instead of 0:30.`,
  })
  await expect(relocateTracks(workspace, inFolder('music/2.wav'), [1])).rejects.toMatchObject({
    code: 'OTHER_AUDIO',
    message: expect.stringMatching(/It is “2”, which the library has as another track\.$/),
  })
  expect(placesOf(1)).toEqual([inFolder('music/1.wav')])
})

test('a place that is not there, and a folder without the track, are refused and change nothing', async () => {
  mkdirSync(inFolder('elsewhere'))
  writeTestTrack(inFolder('elsewhere/other.wav'), { bpm: 100, seed: 7, rootHz: 55 })
  await expect(relocateTracks(workspace, inFolder('absent'), [1])).rejects.toMatchObject({ code: 'AUDIO_NOT_FOUND' })
  await expect(relocateTracks(workspace, inFolder('elsewhere'), [1])).rejects.toMatchObject({
    code: 'RELOCATION_NOT_FOUND',
    details: { filesRead: 1 },
  })
  await expect(relocateTracks(workspace, inFolder('elsewhere'))).rejects.toMatchObject({ code: 'TRACK_NOT_FOUND' })
  expect(store.roots.list()).toHaveLength(1)
})

test('a track that is found in an ignored file is in the library again', async () => {
  await ignoreTracks(store, [1])
  expect(missing()).toEqual(['1'])
  await relocateTracks(workspace, inFolder('music/1.wav'), [1])
  await scanLibrary(workspace)
  expect([missing(), store.ignoredFiles.list()]).toEqual([[], []])
})

test('an Ogg file whose sound an earlier version told otherwise stays its track, whether it is moved, pointed at or scanned', async () => {
  const ogg = new URL('../../platform/decoding/fixtures/two-clicks.ogg', import.meta.url)
  copyFileSync(ogg, inFolder('music/cover.ogg'))
  await scanLibrary(workspace)
  const [id] = store.tracks.ids().slice(-1)
  const { audioDigest } = store.tracks.get(id!)!
  const asBefore = (): void => store.tracks.renewDigest(id!, 'as an earlier version told it')
  asBefore()
  renameSync(inFolder('music/cover.ogg'), inFolder('music/moved.ogg'))
  await scanLibrary(workspace)
  expect([store.tracks.ids().length, placesOf(id!)]).toEqual([3, [inFolder('music/moved.ogg')]])
  expect(store.tracks.get(id!)!.audioDigest).toBe(audioDigest)
  for (const [name, place] of [
    ['one.ogg', 'other/one.ogg'],
    ['two.ogg', 'other'],
  ] as const) {
    asBefore()
    mkdirSync(inFolder('other'), { recursive: true })
    renameSync(placesOf(id!)[0]!, inFolder(`other/${name}`))
    expect(await relocateTracks(workspace, inFolder(place), [id!])).toMatchObject({ relocated: [{ trackId: id }] })
    await scanLibrary(workspace)
    expect([store.tracks.ids().length, placesOf(id!)]).toEqual([3, [inFolder(`other/${name}`)]])
    expect(store.tracks.get(id!)!.audioDigest).toBe(audioDigest)
  }
})
