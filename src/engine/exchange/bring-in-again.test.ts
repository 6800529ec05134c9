import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../platform/store/database.ts'
import { migrations } from '../../platform/store/migrations.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { type BringInOptions, bringIn } from './bring-in.ts'
import { acceptImported, importDetails, undoImport } from './imports.ts'
import { rekordboxXmlOf } from './rekordbox-xml.fixture.ts'

let folder = ''
let store: Store
let workspace: Workspace
let ids: readonly number[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-again-'))
  store = openStore(join(folder, 'library'))
  workspace = { store, pool: inlineRunner, ears: null as never, emit: () => {} }
  ids = [0, 1, 2].map((index) => addFixtureTrack(store, { index }))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

/** The library of rekordbox, whose one playlist has the first tracks. @returns what the report says of playlists */
const bring = async (tracks: number, options: Partial<BringInOptions> & { isDryRun?: boolean } = {}) => {
  const path = join(folder, 'rekordbox.xml')
  writeFileSync(path, rekordboxXmlOf(Array.from({ length: tracks }, (_, index) => ({ path: `/gone/${index}.wav` }))))
  const { isDryRun = false, ...rest } = options
  const { libraries } = await bringIn(workspace, { path, ...rest }, { isDryRun })
  const { playlistsAdded, playlistsUpdated, playlistsKept, playlistsDeleted } = libraries[0]!
  return [playlistsAdded, playlistsUpdated, playlistsKept, playlistsDeleted]
}
const playlists = (): unknown =>
  store.playlists.list().map(({ id, name, importId }) => [name, importId, store.playlists.trackIds(id).length])
const edit = (id: number, name: string): unknown =>
  store.playlists.change('Renamed.', [id], (rows) => {
    rows.change(id, { name })
    return []
  })

test('a library that is brought in again has its playlists once, and says what would become of them', async () => {
  expect(await bring(2)).toEqual([1, 0, 0, 0])
  expect(await bring(2)).toEqual([0, 0, 0, 0])
  expect(playlists()).toEqual([['Friday', 1, 2]])
  expect(await bring(3, { isDryRun: true })).toEqual([0, 1, 0, 0])
  expect(await bring(3, { playlists: false })).toEqual([0, 0, 0, 0])
  expect(playlists()).toEqual([['Friday', 1, 2]])
  await undoImport(workspace, 2)
  expect(playlists()).toEqual([['Friday', 1, 2]])
})

test('what changed there since is changed here, and each import takes its own back', async () => {
  await bring(2)
  expect(await bring(3)).toEqual([0, 1, 0, 0])
  expect(playlists()).toEqual([['Friday', 2, 3]])
  expect(await undoImport(workspace, 2)).toMatchObject({ playlistsRemoved: 0, playlistsRestored: 1, playlistsKept: 0 })
  expect(playlists()).toEqual([['Friday', 1, 2]])
  expect(store.playlists.trackIds(1)).toEqual(ids.slice(0, 2))
  expect(await bring(3)).toEqual([0, 1, 0, 0])
  expect(await undoImport(workspace, 1)).toMatchObject({ playlistsRemoved: 0, playlistsKept: 0 })
  expect(playlists()).toEqual([['Friday', 3, 3]])
  // What the first import brought has been taken back, so nothing is left to go back to.
  expect(await undoImport(workspace, 3)).toMatchObject({ playlistsRemoved: 1, playlistsRestored: 0 })
  expect(playlists()).toEqual([])
  expect(await bring(1)).toEqual([1, 0, 0, 0])
})

test('a playlist that the person has changed stays theirs, is not made again, and that is said', async () => {
  await bring(2)
  edit(1, 'Mine')
  expect(await bring(3)).toEqual([0, 0, 1, 0])
  expect(playlists()).toEqual([['Mine', 1, 2]])
  await undoImport(workspace, 2)
  expect(playlists()).toEqual([['Mine', 1, 2]])
})

test('one that was brought up to date and changed since stays as the person left it', async () => {
  await bring(2)
  await bring(3)
  edit(1, 'Mine')
  expect(await undoImport(workspace, 2)).toMatchObject({ playlistsRemoved: 0, playlistsRestored: 0, playlistsKept: 1 })
  expect(playlists()).toEqual([['Mine', 2, 3]])
})

const remove = (id: number): number =>
  store.playlists.change('Deleted.', [id], (rows) => {
    rows.remove(id)
    return []
  }).id

test('a playlist that the person has deleted stays away, is counted, and comes again when it is wanted', async () => {
  await bring(2)
  remove(1)
  expect(await bring(3, { isDryRun: true })).toEqual([0, 0, 0, 1])
  expect(await bring(3)).toEqual([0, 0, 0, 1])
  expect(playlists()).toEqual([])
  expect(await bring(3, { deleted: true, isDryRun: true })).toEqual([1, 0, 0, 0])
  expect(await bring(3, { deleted: true })).toEqual([1, 0, 0, 0])
  expect(playlists()).toEqual([['Friday', 3, 3]])
  expect(await bring(3)).toEqual([0, 0, 0, 0])
  // Without the import that brought it again it is deleted as before.
  await undoImport(workspace, 3)
  expect(await bring(3)).toEqual([0, 0, 0, 1])
  expect(playlists()).toEqual([])
})

test('one whose deletion is taken back is known, and not brought a second time', async () => {
  await bring(2)
  expect(store.playlists.takeBack(remove(1), 'undo')).not.toBeNull()
  expect(await bring(3)).toEqual([0, 1, 0, 0])
  expect(playlists()).toEqual([['Friday', 2, 3]])
})

test('what is gone because its import was taken back was not deleted', async () => {
  await bring(2)
  await undoImport(workspace, 1)
  expect(await bring(2)).toEqual([1, 0, 0, 0])
})

test('only the newest import of a program has open suggestions, and says of them what accepting makes', async () => {
  const path = join(folder, 'rekordbox.xml')
  const marks = [
    { name: 'Intro', start: 0 },
    { name: 'Drop', start: 16, end: 24 },
  ]
  writeFileSync(path, rekordboxXmlOf([{ path: '/gone/0.wav', marks }]))
  await bringIn(workspace, { path }, { isDryRun: false })
  await bringIn(workspace, { path }, { isDryRun: false })
  const open = () => store.imports.list().map((one) => [one.id, one.suggestions, one.open])
  const kinds = (id: number) => importDetails(store, id).kinds.map(({ kind, suggestions }) => [kind, suggestions])
  expect(open()).toEqual([
    [2, 2, 2],
    [1, 2, 0],
  ])
  expect([kinds(1), kinds(2).toSorted()]).toEqual([
    [],
    [
      ['drop', 1],
      ['intro', 1],
    ],
  ])
  expect((await acceptImported(workspace, 1)).labels).toBe(0)
  expect((await acceptImported(workspace, 2)).labels).toBe(2)
  // What the newer one had put aside is open again.
  await undoImport(workspace, 2)
  expect(open()).toEqual([
    [2, 0, 0],
    [1, 2, 2],
  ])
})

test('playlists that a version before brought in are known again', async () => {
  store.close()
  const data = join(folder, 'old')
  const before = migrations.findIndex((step) => step.includes('CREATE TABLE imported_playlists'))
  const path = join(folder, 'old.db')
  const old = openDatabase({ path, backups: folder, migrations: migrations.slice(0, before) })
  old.exec(`INSERT INTO imports (program, format, source, imported_at) VALUES ('rekordbox', 'rekordbox-xml', 'a', '2026');
    INSERT INTO playlists (name, folders, position, import_id, created_at, changed_at)
    VALUES ('Friday', '["Nights"]', 1, 1, '2026', '2026')`)
  old.close()
  mkdirSync(data)
  renameSync(path, join(data, 'algiers.db'))
  store = openStore(data)
  workspace = { ...workspace, store }
  addFixtureTrack(store, { index: 0 })
  expect(await bring(1)).toEqual([0, 1, 0, 0])
  expect(playlists()).toEqual([['Friday', 2, 1]])
})
