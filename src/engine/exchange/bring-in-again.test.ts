import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../platform/store/database.ts'
import { migrations } from '../../platform/store/migrations.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { addFixtureTrack, putLabels } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { acceptSuggestion, rejectSuggestion } from '../labelling/decide-suggestion.ts'
import { listSuggestions } from '../labelling/suggestions.ts'
import { type BringInOptions, bringIn } from './bring-in.ts'
import { acceptImported, importDetails, openTracks, undoImport } from './imports.ts'
import { rekordboxXmlOf } from './rekordbox-xml.fixture.ts'

let folder = ''
let store: Store
let workspace: Workspace
let ids: readonly number[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-again-'))
  store = openStore(join(folder, 'library'))
  workspace = { store, pool: inlineRunner, ears: null as never, emit: () => {} }
  // No version proposes anything, so that every suggestion is of an import.
  store.settings.set('baseModel', false)
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

type Program = { readonly name?: string; readonly file?: string }

/** Sections of one track, each a loop, as a program has them. @returns its report */
const bringLoops = async (
  loops: readonly (readonly [name: string, start: number, end: number])[],
  { name = 'rekordbox', file = 'rekordbox.xml', isDryRun = false }: Program & { readonly isDryRun?: boolean } = {},
) => {
  const path = join(folder, file)
  const marks = loops.map(([cue, start, end]) => ({ name: cue, start, end }))
  const text = rekordboxXmlOf([{ path: '/gone/0.wav', marks }])
  writeFileSync(path, text.replace('PRODUCT Name="rekordbox"', `PRODUCT Name="${name}"`))
  const { suggestions, suggestedTracks, alreadyThere } = (await bringIn(workspace, { path }, { isDryRun }))
    .libraries[0]!
  return [suggestions, suggestedTracks, alreadyThere]
}
const suggested = (): readonly string[] =>
  listSuggestions(store, { trackId: ids[0]! }).map(
    ({ kind, startBeat, endBeat, origin }) =>
      `${kind} ${startBeat}–${endBeat} of ${origin.kind === 'import' ? origin.importId : 'a version'}`,
  )
const INTRO = ['Intro', 0, 8] as const
const DROP = ['Drop', 16, 24] as const
const LATER_DROP = ['Drop', 17, 25] as const
const imports = (): unknown => store.imports.list().map((one) => [one.id, one.suggestions, one.open])

test('what is suggested already is not suggested a second time, is counted, and can be accepted from either import', async () => {
  expect(await bringLoops([INTRO, DROP])).toEqual([2, 1, 0])
  expect(await bringLoops([INTRO, DROP], { isDryRun: true })).toEqual([0, 0, 2])
  expect(await bringLoops([INTRO, DROP])).toEqual([0, 0, 2])
  expect(suggested()).toEqual(['intro 0–16 of 1', 'drop 32–48 of 1'])
  expect(imports()).toEqual([
    [2, 0, 0],
    [1, 2, 2],
  ])
  const kinds = (id: number) => importDetails(store, id).kinds.map(({ kind, suggestions }) => [kind, suggestions])
  expect(kinds(2)).toEqual(kinds(1))
  expect(kinds(2).toSorted()).toEqual([
    ['drop', 1],
    ['intro', 1],
  ])
  expect((await openTracks(store, 2)).map(({ suggestions }) => suggestions)).toEqual([2])
  expect((await acceptImported(workspace, 2, { kind: 'drop' })).labels).toBe(1)
  expect(await bringLoops([INTRO, DROP])).toEqual([0, 0, 2])
  expect((await acceptImported(workspace, 1)).labels).toBe(1)
  expect(await bringLoops([INTRO, DROP])).toEqual([0, 0, 2])
  expect(suggested()).toEqual([])
})

test('a cue that was moved takes the place of what it was, whatever import is taken back after', async () => {
  await bringLoops([INTRO, DROP])
  expect(await bringLoops([INTRO, LATER_DROP])).toEqual([1, 1, 1])
  expect(suggested()).toEqual(['intro 0–16 of 1', 'drop 34–50 of 2'])
  // And back again.
  expect(await bringLoops([INTRO, DROP])).toEqual([1, 1, 1])
  expect(suggested()).toEqual(['intro 0–16 of 1', 'drop 32–48 of 1'])
  await undoImport(workspace, 3)
  expect(suggested()).toEqual(['intro 0–16 of 1', 'drop 34–50 of 2'])
  // What a later import has, too, is its own from then on.
  await undoImport(workspace, 1)
  expect(suggested()).toEqual(['intro 0–16 of 2', 'drop 34–50 of 2'])
  await undoImport(workspace, 2)
  expect(suggested()).toEqual([])
})

test.each([[[1, 2, 3]], [[1, 3, 2]], [[2, 1, 3]], [[2, 3, 1]], [[3, 1, 2]], [[3, 2, 1]]])(
  'imports that have the same sections leave nothing when all are taken back, in the order %s',
  async (order) => {
    await bringLoops([INTRO, DROP])
    await bringLoops([INTRO, LATER_DROP])
    await acceptImported(workspace, 2, { kind: 'intro' })
    await bringLoops([INTRO, DROP], { name: 'rekordcloud' })
    await acceptImported(workspace, 3)
    expect(store.labels.list({ trackId: ids[0]! }).length).toBeGreaterThan(1)
    for (const id of order) await undoImport(workspace, id)
    expect([suggested(), store.labels.list({ trackId: ids[0]! }), imports()]).toEqual([
      [],
      [],
      [
        [3, 0, 0],
        [2, 0, 0],
        [1, 0, 0],
      ],
    ])
  },
)

test('what was decided stays decided: accepted, rejected, or accepted and deleted since', async () => {
  await bringLoops([INTRO, DROP, ['Break', 30, 38]])
  const [intro, drop] = listSuggestions(store, { trackId: ids[0]! })
  const track = store.tracks.get(ids[0]!)!
  await rejectSuggestion(store, track, intro!.id)
  await acceptSuggestion(store, track, drop!.id)
  expect(await bringLoops([INTRO, DROP, ['Break', 30, 38]])).toEqual([0, 0, 3])
  expect(suggested()).toEqual(['break 60–76 of 1'])
  expect(store.labels.list({ trackId: ids[0]! })).toMatchObject([{ kind: 'drop', startBeat: 32, endBeat: 48 }])
  // A label that is gone leaves room for what was accepted.
  putLabels(store, ids[0]!, [])
  expect(await bringLoops([INTRO, DROP, ['Break', 30, 38]])).toEqual([1, 1, 2])
  expect(suggested()).toEqual(['drop 32–48 of 3', 'break 60–76 of 1'])
})

test('two programs with the same section suggest it once, and so do two libraries of one folder', async () => {
  await bringLoops([INTRO, DROP])
  expect(await bringLoops([INTRO, LATER_DROP], { name: 'rekordcloud' })).toEqual([1, 1, 1])
  // The first program has taken the intro away; the other one has it still.
  expect(await bringLoops([DROP])).toEqual([0, 0, 1])
  expect(suggested()).toContain('intro 0–16 of 1')
  const both = mkdtempSync(join(folder, 'both-'))
  const only = [{ path: '/gone/1.wav', marks: [{ name: 'Drop', start: 16, end: 24 }] }]
  for (const name of ['a.xml', 'b.xml']) writeFileSync(join(both, name), rekordboxXmlOf(only))
  const counted = async (isDryRun: boolean) =>
    (await bringIn(workspace, { path: both }, { isDryRun })).libraries.map((one) => [one.suggestions, one.alreadyThere])
  const rehearsed = await counted(true)
  expect(rehearsed).toEqual([
    [1, 0],
    [0, 1],
  ])
  expect(await counted(false)).toEqual(rehearsed)
})

test('what lies on our grid is known when the grid of the program takes its place', async () => {
  const path = join(folder, 'rekordbox.xml')
  const marks = [INTRO, DROP].map(([name, start, end]) => ({ name, start, end }))
  writeFileSync(path, rekordboxXmlOf([{ path: '/gone/0.wav', marks, tempo: { start: 0.25, bpm: 60 } }]))
  const brought = async (grids: 'none' | 'all', isDryRun: boolean) => {
    const { suggestions, alreadyThere, gridsTaken } = (await bringIn(workspace, { path, grids }, { isDryRun }))
      .libraries[0]!
    return [suggestions, alreadyThere, gridsTaken]
  }
  expect(await brought('none', false)).toEqual([2, 0, 0])
  await rejectSuggestion(store, store.tracks.get(ids[0]!)!, listSuggestions(store, { trackId: ids[0]! })[0]!.id)
  expect(await brought('all', true)).toEqual([0, 2, 1])
  expect(await brought('all', false)).toEqual([0, 2, 1])
  expect(suggested()).toEqual(['drop 16–24 of 1'])
})

test('suggestions that a version before brought in are known again', async () => {
  await bringLoops([INTRO, DROP])
  store.close()
  const database = new DatabaseSync(join(folder, 'library', 'algiers.db'))
  database.exec('DROP TABLE import_proposals')
  const step = migrations.findIndex((one) => one.includes('CREATE TABLE import_proposals'))
  database.exec(migrations[step]!)
  database.close()
  store = openStore(join(folder, 'library'))
  workspace = { ...workspace, store }
  expect(suggested()).toEqual(['intro 0–16 of 1', 'drop 32–48 of 1'])
  expect(await bringLoops([INTRO, DROP])).toEqual([0, 0, 2])
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
