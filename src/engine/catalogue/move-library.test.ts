import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type OpenCatalogue, openCatalogue } from '../../catalogue.ts'
import { NO_NOTES } from '../../core/library/track-notes.ts'
import { NO_POSTGRES, sharedPostgres } from '../../platform/catalogue/postgres.fixture.ts'
import type { CatalogueUser } from '../../platform/catalogue/user-rows.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { editGrid } from '../analysis/edit-grid.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addFixtureTrack, addLabelledTracks, putLabels } from '../kit/library.fixture.ts'
import { trainModel } from '../versions/train-model.ts'
import { shareTracks, userSpan } from './catalogue.fixture.ts'
import { type Catalogue, reachCatalogue } from './catalogue.ts'
import { type CatalogueKeeper, initCatalogue, openKeeper } from './catalogue-actions.ts'

const postgres = sharedPostgres()
const folder = mkdtempSync(join(tmpdir(), 'move-library-'))
const at = (name: string): string => join(folder, name)
let keeper: CatalogueKeeper
let reached: Catalogue
let catalogue: OpenCatalogue
const users: Record<string, CatalogueUser> = {}
const as = <Result>(team: string, ask: (app: OpenCatalogue['app']) => Promise<Result>): Promise<Result> =>
  catalogue.people.actAs(users[team]!, () => ask(catalogue.app))

const open = async <Result>(name: string, use: (store: Store) => Promise<Result> | Result): Promise<Result> => {
  const store = openStore(at(name))
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

const EDITED = digestOf('edited')
const DECIDED = digestOf('decided')

/** A library in which a person has done what one can do to tracks. */
const fillLibrary = async (store: Store): Promise<void> => {
  addLabelledTracks(store)
  const edited = store.tracks.get(
    addFixtureTrack(store, { index: 20, audioDigest: EDITED, tags: { title: 'Edited' }, kinds: ['intro', 'drop'] }),
  )!
  await editGrid(store, edited, { kind: 'shift', beats: 1 })
  await editGrid(store, edited, { kind: 'confirm' })
  const lensId = store.lenses.add('mine')
  const ownKindId = store.lenses.addKind({ lensId, name: 'fake drop', colour: '#123456', key: null, mapsTo: 'drop' })
  putLabels(
    store,
    edited.id,
    store.labels.list({ trackId: edited.id }).map((label) => (label.kind === 'drop' ? { ...label, ownKindId } : label)),
  )
  const decided = addFixtureTrack(store, { index: 21, audioDigest: DECIDED, tags: { title: 'Decided' } })
  for (const [startBeat, decision] of [
    [0, 'rejected'],
    [32, 'accepted'],
  ] as const)
    store.suggestions.decide({
      revision: store.suggestions.revision(decided),
      decision: { trackId: decided, startBeat, endBeat: startBeat + 32, kind: 'outro', decision, modelVersion: 1 },
      ...(decision === 'accepted'
        ? { labels: [{ startBeat, endBeat: startBeat + 32, kind: 'outro', source: 'auto_detected' }] }
        : {}),
    })
  store.notes.change([edited.id], () => [
    { trackId: edited.id, notes: { ...NO_NOTES, rating: 5, comment: 'peak time', myTags: ['warm'] } },
  ])
  const untouched = addFixtureTrack(store, { index: 22, tags: { title: 'Untouched' } })
  const [plain] = store.playlists.add([
    { name: 'Friday', folders: ['Club'], trackIds: [untouched, edited.id, untouched] },
  ])
  store.playlists.add([{ name: 'Fast', folders: [], trackIds: [], filter: { playlistId: plain!, bpmMin: 100 } }])
  for (const seed of [1, 2])
    await trainModel({ store, pool: sharedPool(), ears: NO_EARS, emit: () => {} }, { epochs: 2, seed })
  store.models.activate(2)
}

beforeAll(async () => {
  if (postgres === null) return
  const url = postgres.database()
  await initCatalogue(url, null)
  keeper = await openKeeper(url)
  reached = await reachCatalogue(url)
  catalogue = await openCatalogue(url)
  for (const team of ['radio', 'club', 'other'])
    users[team] = (await catalogue.people.of(await keeper.grant({ name: team, role: 'labeller', team })))!
  await open('mine', fillLibrary)
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  await keeper?.close()
  await reached?.close()
  await catalogue?.app.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Everything that a library holds: each row of each table, and the files of its models. */
const documentOf = (name: string): { readonly rows: Record<string, unknown>; readonly files: unknown } => {
  const database = new DatabaseSync(join(at(name), 'algiers.db'), { readOnly: true })
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").all()
  const rows = tables.map(({ name: table }) => [table, database.prepare(`SELECT * FROM "${table}"`).all()])
  database.close()
  const models = join(at(name), 'models')
  const files = readdirSync(models).map((file) => [file, digestOf(readFileSync(join(models, file)))])
  return { rows: Object.fromEntries(rows), files }
}

test('a library that goes in comes out as it was: every row, and every byte of its models', async () => {
  const before = documentOf('mine')
  const brought = await keeper.importLibrary({ folder: at('mine'), team: 'radio', name: 'library' })
  expect(brought).toEqual({
    tracks: 12,
    leftAlone: [],
    notes: 1,
    notesLeftAlone: [],
    playlists: 2,
    playlistsLeftAlone: [],
    // One that is in no more than a playlist, too.
    notAnalysed: 13,
    versions: 2,
    renumbered: [],
    damaged: [],
    keptAside: { sets: 0, transitions: 0, lenses: 1, importedSuggestions: 0, modelScopes: 0, tagReadings: 0 },
  })
  const after = documentOf('mine')
  expect(after.rows).toEqual({ ...before.rows, catalogue_marks: [{ mark: expect.any(String) }] })
  expect(after.files).toEqual(before.files)
  expect(await keeper.exportLibrary({ folder: at('out'), team: 'radio', name: 'library' })).toEqual({
    tracks: 12,
    notes: 1,
    playlists: 2,
    versions: 2,
    isContinued: true,
    leftBehind: { tracks: 0, notes: 0, playlists: 0 },
  })
  expect(documentOf('out')).toEqual(after)
  await expect(keeper.exportLibrary({ folder: at('out'), team: 'radio', name: 'library' })).rejects.toMatchObject({
    code: 'EXPORT_EXISTS',
  })
})

test('the team has the work, no other team has, and once more changes nothing', async () => {
  const before = documentOf('mine')
  expect(await keeper.importLibrary({ folder: at('mine'), team: 'radio', name: 'library' })).toMatchObject({
    tracks: 12,
    leftAlone: [],
    versions: 2,
  })
  expect(documentOf('mine')).toEqual(before)
  const track = await as('radio', (app) => app.collection.track(EDITED))
  expect(track).toMatchObject({ labels: 2, grid: { version: 3, origin: 'edited', edit: 'confirm' } })
  const labels = await as('radio', (app) => app.labelling.list({ track: EDITED }))
  const own = await open('mine', (store) => store.labels.list({ trackId: store.tracks.findByDigest(EDITED)!.id }))
  expect(labels.map(({ kind, startBeat, endBeat, createdAt }) => [kind, startBeat, endBeat, createdAt])).toEqual(
    own.map(({ kind, startBeat, endBeat, createdAt }) => [kind, startBeat, endBeat, createdAt]),
  )
  expect(await as('other', (app) => app.labelling.list())).toEqual([])
  expect((await as('other', (app) => app.collection.track(EDITED))).grid).toBeNull()
})

test('a grid that somebody only confirmed stays confirmed where workers found the same one', async () => {
  const digest = digestOf('confirmed')
  await open('confirmed', async (store) => {
    const trackId = addFixtureTrack(store, { index: 30, audioDigest: digest, tags: { title: 'Confirmed' } })
    await shareTracks(reached, store)
    await editGrid(store, store.tracks.get(trackId)!, { kind: 'confirm' })
  })
  const move = { team: 'other', name: 'confirmed' }
  expect(await keeper.importLibrary({ ...move, folder: at('confirmed') })).toMatchObject({ tracks: 1, notAnalysed: 0 })
  expect(await as('other', (app) => app.collection.track(digest))).toMatchObject({
    grid: { version: 2, origin: 'edited', edit: 'confirm' },
  })
  await keeper.exportLibrary({ ...move, folder: at('confirmed again') })
  expect(documentOf('confirmed again')).toEqual(documentOf('confirmed'))
})

test('what the team edits comes out, with what hung on it', async () => {
  const [intro, drop] = await as('radio', (app) => app.labelling.list({ track: EDITED }))
  await as('radio', async (app) => {
    await app.labelling.delete(intro!.id)
    await app.labelling.update(drop!.id, { endBeat: 56 })
    await app.labelling.add(EDITED, userSpan('outro', 64, 96))
  })
  await keeper.exportLibrary({ folder: at('edited'), team: 'radio', name: 'library' })
  const found = await open('edited', (store) => ({
    labels: store.labels.list({ trackId: store.tracks.findByDigest(EDITED)!.id }),
    notes: store.notes.ofTracks([store.tracks.findByDigest(EDITED)!.id]),
    versions: store.models.versions(),
    active: store.models.activeVersion(),
  }))
  const [before] = await open('mine', (store) =>
    store.labels.list({ trackId: store.tracks.findByDigest(EDITED)!.id, kind: 'drop' }),
  )
  expect(found.labels).toMatchObject([
    { ...before, endBeat: 56, ownKindId: before!.ownKindId },
    { kind: 'outro', startBeat: 64, endBeat: 96 },
  ])
  expect([...found.notes.values()]).toMatchObject([{ rating: 5, comment: 'peak time', myTags: ['warm'] }])
  expect([found.versions, found.active]).toEqual([[1, 2], 2])
})

test('what a team has worked on itself stays, is named, and leaves the library as it is', async () => {
  await keeper.importLibrary({ folder: at('mine'), team: 'club', name: 'first' })
  await as('club', async (app) => {
    await app.labelling.replace(EDITED, [userSpan('chorus', 0, 64)])
  })
  const again = await keeper.importLibrary({ folder: at('mine'), team: 'club', name: 'second' })
  expect(again).toMatchObject({ tracks: 11, leftAlone: ['Edited'] })
  const labels = await as('club', (app) => app.labelling.list({ track: EDITED }))
  expect(labels).toMatchObject([{ kind: 'chorus', startBeat: 0, endBeat: 64 }])
  await keeper.exportLibrary({ folder: at('second'), team: 'club', name: 'second' })
  expect(documentOf('second')).toEqual(documentOf('mine'))
  await keeper.exportLibrary({ folder: at('first'), team: 'club', name: 'first' })
  const out = await open('first', (store) => store.labels.list({ trackId: store.tracks.findByDigest(EDITED)!.id }))
  expect(out).toMatchObject([{ kind: 'chorus' }])
})

test('a version whose number the team has given already gets another, in its card as well', async () => {
  await open('theirs', async (store) => {
    addLabelledTracks(store)
    await trainModel({ store, pool: sharedPool(), ears: NO_EARS, emit: () => {} }, { epochs: 3, seed: 9 })
  })
  expect(await keeper.importLibrary({ folder: at('theirs'), team: 'radio', name: 'theirs' })).toMatchObject({
    versions: 1,
    renumbered: [{ from: 1, to: 3 }],
  })
  await keeper.exportLibrary({ folder: at('whole'), team: 'radio', name: 'new' })
  const versions = await open('whole', (store) =>
    store.models.versions().map((version) => [version, store.models.summary(version).card.version]),
  )
  expect(versions).toEqual([
    [1, 1],
    [2, 2],
    [3, 3],
  ])
  const work = (store: Store): unknown =>
    [EDITED, DECIDED].map((digest) => {
      const { grids, labels, decisions } = store.trackWork.read(store.tracks.findByDigest(digest)!.id)
      return {
        grids,
        labels: labels.map(({ id: _, trackId: __, ownKindId: ___, ...label }) => label),
        decisions: decisions.map(({ id: _, trackId: __, ...decision }) => decision),
      }
    })
  expect(await open('whole', work)).toEqual(await open('edited', work))
})

test('versions that are damaged are named, and keep nothing else from going in', async () => {
  cpSync(at('mine'), at('damaged'), { recursive: true })
  const fileOf = (version: number) => open('damaged', (store) => store.models.pathOf(version))
  writeFileSync(await fileOf(1), 'no model')
  writeFileSync((await fileOf(2)).replace(/onnx$/, 'json'), 'no card')
  expect(await keeper.importLibrary({ folder: at('damaged'), team: 'other', name: 'damaged' })).toMatchObject({
    tracks: 12,
    versions: 0,
    damaged: [1, 2],
  })
})

test('neither a team nor a library is made up', async () => {
  const move = { folder: at('mine'), team: 'nobody', name: 'library' }
  await expect(keeper.importLibrary(move)).rejects.toMatchObject({ code: 'TEAM_NOT_FOUND' })
  await expect(keeper.exportLibrary({ ...move, folder: at('none') })).rejects.toMatchObject({ code: 'TEAM_NOT_FOUND' })
  await expect(keeper.importLibrary({ ...move, folder: at('none'), team: 'radio' })).rejects.toMatchObject({
    code: 'DATABASE_MISSING',
  })
})
