import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { m3uPlaylist } from '../../core/interop/libraries/m3u/m3u-playlist.ts'
import { parseLibrary } from '../../core/interop/libraries/parse-library.ts'
import { rekordboxXml } from '../../core/interop/libraries/rekordbox/rekordbox-xml.ts'
import type { WrittenLibraryName } from '../../core/interop/libraries/written-library-traits.ts'
import { EMPTY_TAGS } from '../../core/library/track-tags.ts'
import type { Store } from '../../platform/store/store.ts'
import { playlistActions } from '../collection/playlists/playlist-actions.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { exportDownload } from './export-download.ts'
import { exportToProgram } from './export-to-program.ts'
import { CUES_AND_GRIDS, exportGround } from './program-export.fixture.ts'

let folder: string
let store: Store
let workspace: Workspace
let remove: () => void
let ids: readonly number[]
beforeEach(() => {
  ;({ folder, store, workspace, remove } = exportGround())
  const analysed = ['One', 'Two', 'Three'].map((title, index) =>
    addFixtureTrack(store, { index, bpm: 120 + index, tags: { title }, kinds: index === 0 ? ['intro'] : [] }),
  )
  const { trackId } = store.tracks.recordFile(store.roots.list()[0]!.id, {
    path: 'new.mp3',
    sizeBytes: 1,
    modifiedMs: 1,
    audioDigest: 'new',
    fileDigest: 'new',
    tags: { ...EMPTY_TAGS, title: 'Not analysed' },
  })
  ids = [...analysed, trackId]
})
afterEach(() => remove())

const options = (format: WrittenLibraryName, playlist: number) =>
  ({
    format,
    playlist,
    output: join(folder, 'out'),
    ...CUES_AND_GRIDS,
  }) as const

test('a playlist goes out whole and in its order, tracks that are not analysed too, and comes back so', async () => {
  const order = [ids[3]!, ids[2]!, ids[0]!]
  const [id] = store.playlists.add([{ name: 'Fri/day', folders: ['Nights'], trackIds: order }])
  const lists = await exportToProgram(workspace, options('m3u8', id!))
  expect(lists.files).toEqual([join(folder, 'out', 'Fri day.m3u8')])
  const [list] = parseLibrary(m3uPlaylist, { name: lists.files[0]!, bytes: readFileSync(lists.files[0]!) }).playlists
  const paths = ['/gone/new.mp3', '/gone/2.wav', '/gone/0.wav']
  expect(list).toMatchObject({ name: 'Fri day', trackKeys: paths })
  const xml = await exportToProgram(workspace, { ...options('rekordbox-xml', id!), output: join(folder, 'a.xml') })
  expect(xml).toMatchObject({ tracks: 3, playlists: 1, cues: 1, skipped: [] })
  const back = parseLibrary(rekordboxXml, { name: xml.files[0]!, bytes: readFileSync(xml.files[0]!) })
  expect(back.playlists).toEqual([{ name: 'Fri/day', folders: ['Algiers', 'Nights'], trackKeys: order.map(String) }])
  expect(back.tracks.map(({ title }) => title)).toEqual(['Not analysed', 'Three', 'One'])
})

test('a smart playlist is written with the tracks that it finds now, alone and among all', async () => {
  const { made } = await playlistActions(workspace).create({
    name: 'Fast',
    filter: { bpmMin: 121, sort: 'bpm', descending: true },
  })
  const { fileName, bytes } = await exportDownload(workspace, { ...options('m3u8', made[0]!), format: 'm3u8' })
  expect(fileName).toBe('Fast.m3u8')
  expect(new TextDecoder().decode(bytes).match(/^\/.*$/gm)).toEqual(['/gone/2.wav', '/gone/1.wav'])
  const all = { ...options('rekordbox-xml', made[0]!), playlist: null, plan: null, playlists: true }
  const xml = await exportToProgram(workspace, { ...all, output: join(folder, 'b.xml') })
  const { playlists } = parseLibrary(rekordboxXml, { name: '', bytes: readFileSync(xml.files[0]!) })
  expect(playlists.find(({ name }) => name === 'Fast')).toMatchObject({ trackKeys: [String(ids[2]), String(ids[1])] })
})

test('a playlist that is not there is not written', async () => {
  await expect(exportToProgram(workspace, options('m3u8', 99))).rejects.toMatchObject({ code: 'PLAYLIST_NOT_FOUND' })
})
