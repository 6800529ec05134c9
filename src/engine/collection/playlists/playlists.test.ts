import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../platform/store/database.ts'
import { migrations } from '../../../platform/store/migrations.ts'
import { openStore, type Store } from '../../../platform/store/store.ts'
import type { AppEvent } from '../../kit/event-log.ts'
import { addFixtureTrack } from '../../kit/library.fixture.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { searchTracks } from '../track-overview.ts'
import { type PlaylistActions, playlistActions } from './playlist-actions.ts'

let folder: string
let store: Store
let events: AppEvent[]
let playlists: PlaylistActions
let ids: readonly number[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-playlists-'))
  store = openStore(folder)
  events = []
  playlists = playlistActions({ store, emit: (event) => events.push(event) } as Pick<
    Workspace,
    'store' | 'emit'
  > as Workspace)
  ids = Array.from({ length: 6 }, (_, index) =>
    addFixtureTrack(store, { index, cached: false, bpm: 120 + index, facts: { energy: index + 1 } }),
  )
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const make = async (name: string, trackIds: readonly number[] = []): Promise<number> =>
  (await playlists.create({ name, trackIds })).made[0]!
const code = (name: string) => expect.objectContaining({ code: name })

/** Everything that a person sees of playlists. */
const seen = async () => ({
  folders: await playlists.folders(),
  playlists: await Promise.all(
    (await playlists.list()).map(async (one) => ({ ...one, trackIds: await playlists.trackIds(one.id) })),
  ),
})

test('tracks are added, moved and taken out, and each step says what it did', async () => {
  const [a, b, c, d] = ids as [number, number, number, number]
  const id = await make('Friday', [a, b])
  expect((await playlists.add(id, { trackIds: [c, a], before: b })).change?.says).toBe(
    '1 track added to “Friday”; 1 was there already',
  )
  expect(await playlists.add(id, { trackIds: [a], before: null })).toEqual({ change: null, already: 1 })
  expect((await playlists.move(id, { trackIds: [a], before: null }))?.says).toBe('1 track moved in “Friday”')
  expect(await playlists.move(id, { trackIds: [a], before: null })).toBeNull()
  expect(await playlists.trackIds(id)).toEqual([c, b, a])
  expect((await playlists.takeOut(id, [b, d]))?.says).toBe('1 track taken out of “Friday”')
  expect(await playlists.takeOut(id, [b])).toBeNull()
  expect(await playlists.get(id)).toMatchObject({ name: 'Friday', tracks: 2, missing: 0, filter: null })
  await expect(playlists.move(id, { trackIds: [d], before: null })).rejects.toEqual(code('TRACK_NOT_FOUND'))
  await expect(playlists.add(id, { trackIds: [4711], before: null })).rejects.toEqual(code('TRACK_NOT_FOUND'))
  await expect(playlists.add(99, { trackIds: [a], before: null })).rejects.toEqual(code('PLAYLIST_NOT_FOUND'))
  expect(events).toHaveLength(4)
})

test('a playlist that a person makes holds each track once, where it comes first', async () => {
  const [a, b, c] = ids as [number, number, number]
  const { made, says } = await playlists.create({ name: 'Twice', trackIds: [b, a, b, c, a] })
  expect(says).toBe('Playlist “Twice” made with 3 tracks')
  expect(await playlists.trackIds(made[0]!)).toEqual([b, a, c])
})

test('any sequence of gestures is taken back step by step, and done again', async () => {
  const step = fc.record({
    gesture: fc.constantFrom('add', 'move', 'out', 'rename', 'folder', 'place', 'copy', 'remove', 'create', 'folders'),
    of: fc.nat(5),
    tracks: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
    at: fc.nat(5),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
      for (const { id } of await playlists.list()) await playlists.remove([id])
      await make('one', ids.slice(0, 4))
      await make('two', ids.slice(2))
      const scenes = [await seen()]
      for (const { gesture, of, tracks, at } of steps) {
        const list = await playlists.list()
        const one = list[of % list.length]
        const trackIds = tracks.map((index) => ids[index]!)
        if (one === undefined || gesture === 'create') await make(`new ${at}`, trackIds)
        else if (gesture === 'add') await playlists.add(one.id, { trackIds, before: null })
        else if (gesture === 'out') await playlists.takeOut(one.id, trackIds)
        else if (gesture === 'rename') await playlists.edit(one.id, { name: `name ${at}` })
        else if (gesture === 'folder') await playlists.edit(one.id, { folders: ['deep', `er ${at % 2}`].slice(at % 3) })
        else if (gesture === 'place') await playlists.edit(one.id, { before: list[at % list.length]!.id })
        else if (gesture === 'copy') await playlists.duplicate(one.id)
        else if (gesture === 'remove') await playlists.remove([one.id])
        else if (gesture === 'move') {
          const held = await playlists.trackIds(one.id)
          const moved = trackIds.filter((id) => held.includes(id))
          await playlists.move(one.id, { trackIds: moved, before: held[at] ?? null })
          expect((await playlists.trackIds(one.id)).toSorted()).toEqual(held.toSorted())
        } else if ((await playlists.folders()).some(([name]) => name === 'deep'))
          await (at < 3 ? playlists.moveFolder(['deep'], [`deep ${at}`]) : playlists.removeFolder(['deep']))
        scenes.push(await seen())
      }
      // A step that changes nothing leaves nothing to take back.
      const others = scenes.filter((scene, at) => at === 0 || JSON.stringify(scene) !== JSON.stringify(scenes[at - 1]))
      const forth = others.slice(1)
      for (const scene of others.slice(0, -1).toReversed()) {
        await playlists.takeBack('undo')
        expect(await seen()).toEqual(scene)
      }
      for (const scene of forth) {
        await playlists.takeBack('redo')
        expect(await seen()).toEqual(scene)
      }
    }),
    { numRuns: 25 },
  )
})

test('what was removed comes back whole, and says so; over a later change nothing is taken back', async () => {
  const id = await make('Friday', ids)
  await playlists.edit(id, { folders: ['Nights'] })
  const { id: removal } = await playlists.remove([id])
  expect(await playlists.list()).toEqual([])
  expect(await playlists.folders()).toEqual([['Nights']])
  expect(await playlists.takeBack('undo', removal)).toEqual({
    says: 'Playlist “Friday” removed',
    playlistIds: [id],
    lostTracks: 0,
  })
  expect(await playlists.trackIds(id)).toEqual(ids)
  const moved = await playlists.move(id, { trackIds: [ids[0]!], before: null })
  await playlists.edit(id, { name: 'Saturday' })
  await expect(playlists.takeBack('undo', moved!.id)).rejects.toEqual(code('PLAYLIST_CHANGED'))
  await playlists.takeBack('undo')
  await playlists.takeBack('undo', moved!.id)
  expect(await playlists.trackIds(id)).toEqual(ids)
  await expect(playlists.takeBack('undo', moved!.id)).rejects.toEqual(code('PLAYLIST_CHANGED'))
})

test('a track that left the library is not put back, and that is told', async () => {
  const id = await make('Friday', ids)
  await playlists.remove([id])
  store.presence.forget([ids[1]!, ids[3]!])
  expect(await playlists.takeBack('undo')).toMatchObject({ lostTracks: 2 })
  expect(await playlists.trackIds(id)).toEqual([ids[0], ids[2], ids[4], ids[5]])
})

test('nothing is taken back of a library where nothing was done', async () => {
  await expect(playlists.takeBack('undo')).rejects.toEqual(code('NOTHING_TO_TAKE_BACK'))
  await expect(playlists.takeBack('redo')).rejects.toEqual(code('NOTHING_TO_TAKE_BACK'))
})

test('a smart playlist finds its tracks anew, in the order of its filter, and can be made a plain one', async () => {
  const { made } = await playlists.create({
    name: 'Fast',
    filter: { bpmMin: 122, sort: 'bpm', descending: true, limit: 3 },
  })
  const id = made[0]!
  expect(await playlists.trackIds(id)).toEqual([ids[5], ids[4], ids[3]])
  const faster = addFixtureTrack(store, { index: 9, cached: false, bpm: 140 })
  expect(await playlists.trackIds(id)).toEqual([faster, ids[5], ids[4]])
  expect(await playlists.get(id)).toMatchObject({ tracks: 3, problem: null })
  // A filter beside it narrows it further, and another sort holds.
  const narrowed = searchTracks(store, { playlistId: id, energyMin: 0, sort: 'bpm' })
  expect(narrowed.tracks.map((track) => track.id)).toEqual([ids[4], ids[5]])
  expect(searchTracks(store, { playlistId: id, descending: true }).tracks.map((track) => track.id)).toEqual([
    ids[4],
    ids[5],
    faster,
  ])
  await expect(playlists.add(id, { trackIds: [ids[0]!], before: null })).rejects.toEqual(code('PLAYLIST_IS_SMART'))
  await expect(playlists.create({ name: 'x', filter: { playlistId: id } })).rejects.toEqual(
    code('PLAYLIST_FILTER_NESTED'),
  )
  expect((await playlists.freeze(id))?.says).toBe('“Fast” made a plain playlist with 3 tracks')
  addFixtureTrack(store, { index: 10, cached: false, bpm: 150 })
  expect(await playlists.trackIds(id)).toEqual([faster, ids[5], ids[4]])
  expect(await playlists.freeze(id)).toBeNull()
  await playlists.takeBack('undo')
  expect((await playlists.get(id)).filter).not.toBeNull()
})

test('a smart playlist of a playlist that is gone finds nothing and says why', async () => {
  const plain = await make('Friday', ids)
  const { made } = await playlists.create({ name: 'Of it', filter: { playlistId: plain, bpmMax: 121 } })
  expect(await playlists.trackIds(made[0]!)).toEqual([ids[0], ids[1]])
  await playlists.remove([plain])
  expect(await playlists.get(made[0]!)).toMatchObject({
    tracks: 0,
    problem: 'Its filter names a playlist that is no longer there.',
  })
  await expect(playlists.trackIds(made[0]!)).rejects.toEqual(code('PLAYLIST_NOT_FOUND'))
})

test('the tracks of a playlist are a filter with its order; a track that an import holds twice is listed once', async () => {
  const [id] = store.playlists.add([{ name: 'Friday', folders: [], trackIds: [ids[3]!, ids[0]!, ids[3]!, ids[1]!] }])
  const listed = (search: Parameters<typeof searchTracks>[1]) =>
    searchTracks(store, { playlistId: id!, ...search }).tracks.map((track) => track.id)
  expect(listed({})).toEqual([ids[3], ids[0], ids[1]])
  expect(listed({ descending: true, limit: 2 })).toEqual([ids[1], ids[0]])
  expect(listed({ bpmMin: 121, sort: 'bpm' })).toEqual([ids[1], ids[3]])
  expect(await playlists.get(id!)).toMatchObject({ tracks: 3, repeats: 1 })
  await playlists.move(id!, { trackIds: [ids[1]!], before: ids[0]! })
  expect(await playlists.trackIds(id!)).toEqual([ids[3], ids[1], ids[0], ids[3]])
  expect(() => searchTracks(store, { playlistId: 99 })).toThrow(expect.objectContaining({ code: 'PLAYLIST_NOT_FOUND' }))
})

test('folders hold playlists, stay when they are emptied, and move with all that is in them', async () => {
  const one = await make('one')
  await playlists.edit(one, { folders: ['Nights', 'Friday'] })
  expect(await playlists.folders()).toEqual([['Nights'], ['Nights', 'Friday']])
  await playlists.edit(one, { folders: [] })
  expect(await playlists.folders()).toEqual([['Nights'], ['Nights', 'Friday']])
  await playlists.edit(one, { folders: ['Nights', 'Friday'] })
  expect((await playlists.moveFolder(['Nights', 'Friday'], ['Friday']))?.says).toBe('Folder “Friday” moved')
  expect(await playlists.folders()).toEqual([['Friday'], ['Nights']])
  expect((await playlists.get(one)).folders).toEqual(['Friday'])
  await expect(playlists.moveFolder(['Friday'], ['Friday', 'in it'])).rejects.toEqual(code('VALIDATION_FAILED'))
  await expect(playlists.removeFolder(['nowhere'])).rejects.toEqual(code('PLAYLIST_NOT_FOUND'))
  expect((await playlists.removeFolder(['Friday'])).says).toBe('Folder “Friday” removed with 1 playlist')
  expect(await seen()).toEqual({ folders: [['Nights']], playlists: [] })
  await playlists.takeBack('undo')
  expect(await playlists.folders()).toEqual([['Friday'], ['Nights']])
  expect((await playlists.get(one)).name).toBe('one')
})

test('what a person changed of an imported playlist is theirs, until that is taken back', async () => {
  const importId = store.imports.add({ program: 'rekordbox', version: null, format: 'rekordbox-xml', source: 'a.xml' })
  store.playlists.bringIn(
    [
      { name: 'one', folders: [], trackIds: [ids[0]!] },
      { name: 'other', folders: [], trackIds: [] },
    ],
    { program: 'rekordbox', importId, withDeleted: false },
  )
  const [one, other] = store.playlists.list().map(({ id }) => id)
  await playlists.edit(one!, { name: 'mine' })
  await playlists.edit(other!, { name: 'mine, too' })
  await playlists.takeBack('undo')
  expect(store.playlists.removeOfImport(importId)).toEqual({ removed: 1, restored: 0, kept: 1 })
  // What the undone import brought is not made again by another redo.
  await expect(playlists.takeBack('redo')).rejects.toEqual(code('PLAYLIST_CHANGED'))
  expect((await playlists.list()).map(({ name }) => name)).toEqual(['mine'])
})

test('a library of the version before keeps its playlists', () => {
  const data = mkdtempSync(join(folder, 'old-'))
  const old = openDatabase({ path: join(data, 'algiers.db'), backups: data, migrations: migrations.slice(0, 11) })
  old.exec(`INSERT INTO playlists (name, folders, position, created_at, changed_at)
    VALUES ('Friday', '["Nights"]', 1, '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z')`)
  old.close()
  const renewed = openStore(data)
  expect(renewed.playlists.list()).toMatchObject([{ name: 'Friday', folders: ['Nights'], filter: null, places: 0 }])
  expect(renewed.playlists.keptFolders()).toEqual([])
  renewed.close()
})
