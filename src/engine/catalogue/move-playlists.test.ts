/** Playlists of a library, in a catalogue and back. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { App } from '../../app.ts'
import { type OpenCatalogue, openCatalogue } from '../../catalogue.ts'
import { NO_POSTGRES, sharedPostgres } from '../../platform/catalogue/postgres.fixture.ts'
import type { CatalogueUser } from '../../platform/catalogue/user-rows.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { type CatalogueKeeper, initCatalogue, openKeeper } from './catalogue-actions.ts'

const postgres = sharedPostgres()
const folder = mkdtempSync(join(tmpdir(), 'move-playlists-'))
const at = (name: string): string => join(folder, name)
let keeper: CatalogueKeeper
let catalogue: OpenCatalogue
let user: CatalogueUser

const as = <Result>(ask: (app: App) => Promise<Result>): Promise<Result> =>
  catalogue.people.actAs(user, () => ask(catalogue.app))
const open = async <Result>(name: string, use: (store: Store) => Promise<Result> | Result): Promise<Result> => {
  const store = openStore(at(name))
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

beforeAll(async () => {
  if (postgres === null) return
  const url = postgres.database()
  await initCatalogue(url, null)
  keeper = await openKeeper(url)
  catalogue = await openCatalogue(url)
  user = (await catalogue.people.of(await keeper.grant({ name: 'mia', role: 'labeller', team: 'playlists' })))!
  await open('lists', (store) => {
    const [edited, untouched] = ['Edited', 'Untouched'].map((title, index) =>
      addFixtureTrack(store, { index, cached: false, tags: { title } }),
    )
    const trackIds = [untouched!, edited!, untouched!]
    const [plain] = store.playlists.add([{ name: 'Friday', folders: ['Club'], trackIds }])
    store.playlists.add([{ name: 'Fast', folders: [], trackIds: [], filter: { playlistId: plain!, bpmMin: 100 } }])
  })
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  await catalogue?.app.close()
  await keeper?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('playlists move as well: both sides see them, what neither changed stays as it is, and the team keeps what it has changed', async () => {
  const move = { team: 'playlists', name: 'library' }
  const lists = () => as((app) => app.collection.playlists.list())
  const listed = (store: Store) =>
    store.playlists.list().map(({ id, name, folders, filter }) => ({
      name,
      folders,
      finds: filter?.playlistId === undefined ? null : store.playlists.get(filter.playlistId)?.name,
      titles: store.playlists.trackIds(id).map((track) => store.tracks.get(track)!.tags.title),
    }))
  const before = await open('lists', listed)
  expect(before).toMatchObject([
    { name: 'Friday', folders: ['Club'], titles: ['Untouched', 'Edited', 'Untouched'] },
    { name: 'Fast', finds: 'Friday' },
  ])
  expect(await keeper.importLibrary({ ...move, folder: at('lists') })).toMatchObject({ playlists: 2 })
  const [friday, fast] = await lists()
  expect(friday).toMatchObject({ name: 'Friday', folders: ['Club'], tracks: 2, importId: null })
  expect(fast).toMatchObject({ name: 'Fast', filter: { playlistId: friday!.id }, problem: null })
  await keeper.exportLibrary({ ...move, folder: at('lists out') })
  expect(await open('lists out', (store) => store.playlists.nextToTakeBack('undo'))).toBeNull()
  expect(await open('lists out', listed)).toEqual(before)

  // The library changes one that the team has not touched, and one that it has.
  await open('lists', (store) => {
    const [one, other] = store.playlists.list()
    store.playlists.change('renamed', [one!.id, other!.id], (rows) => {
      rows.change(one!.id, { name: 'Saturday' })
      rows.change(other!.id, { name: 'Slow' })
      return []
    })
  })
  await as((app) => app.collection.playlists.edit(fast!.id, { name: 'Faster' }))
  expect(await keeper.importLibrary({ ...move, folder: at('lists') })).toMatchObject({
    playlists: 1,
    playlistsLeftAlone: ['Slow'],
  })
  expect((await lists()).map(({ id, name }) => [id, name])).toEqual([
    [friday!.id, 'Saturday'],
    [fast!.id, 'Faster'],
  ])
  // What the team makes and removes comes out as one step; what was left alone comes out as it went in.
  await as(async ({ collection: { playlists, searchTracks } }) => {
    const { tracks } = await searchTracks({ text: 'untouched' })
    await playlists.create({ name: 'New', trackIds: tracks.map(({ id }) => id) })
    await playlists.remove([friday!.id])
  })
  await keeper.exportLibrary({ ...move, folder: at('lists again') })
  expect((await open('lists again', listed)).map(({ name, titles }) => [name, titles])).toEqual([
    ['Slow', []],
    ['New', ['Untouched']],
  ])
  await open('lists again', (store) => store.playlists.takeBack(store.playlists.nextToTakeBack('undo')!, 'undo'))
  expect((await open('lists again', listed)).map(({ name }) => name)).toEqual(['Saturday', 'Slow'])
  // What the team has removed stays removed, however often the library comes.
  for (const _ of [1, 2]) {
    expect(await keeper.importLibrary({ ...move, folder: at('lists') })).toMatchObject({ playlists: 0 })
    expect((await lists()).map(({ name }) => name)).toEqual(['Faster', 'New'])
  }
})

test('playlists of one name are as many on either side, however often they go there and back', async () => {
  const place = basename(mkdtempSync(join(folder, 'twins-')))
  const move = { team: place, name: 'library' }
  const eve = (await catalogue.people.of(await keeper.grant({ name: 'eve', role: 'labeller', team: move.team })))!
  const asEve = <Result>(ask: (app: App) => Promise<Result>): Promise<Result> =>
    catalogue.people.actAs(eve, () => ask(catalogue.app))
  await asEve((app) => app.collection.playlists.create({ name: 'Own' }))
  await open(join(place, 'in'), (store) => {
    store.playlists.add(['Twin', 'Twin'].map((name) => ({ name, folders: [], trackIds: [] })))
  })
  const names = ['Own', 'Twin', 'Twin']
  let from = 'in'
  for (const turn of ['first', 'second', 'third']) {
    await keeper.importLibrary({ ...move, folder: at(join(place, from)) })
    expect((await asEve((app) => app.collection.playlists.list())).map(({ name }) => name)).toEqual(names)
    from = turn
    expect(await keeper.exportLibrary({ ...move, folder: at(join(place, from)) })).toMatchObject({ playlists: 3 })
    expect(await open(join(place, from), (store) => store.playlists.list().map(({ name }) => name))).toEqual(names)
  }
})

test('a playlist that the library has removed comes out where the team has changed it, and is the same one when it comes back', async () => {
  const place = basename(mkdtempSync(join(folder, 'removed-')))
  const [lib, out] = [join(place, 'in'), join(place, 'out')]
  const move = { team: place, name: 'library' }
  const ada = (await catalogue.people.of(await keeper.grant({ name: 'ada', role: 'labeller', team: move.team })))!
  const asAda = <Result>(ask: (app: App) => Promise<Result>): Promise<Result> =>
    catalogue.people.actAs(ada, () => ask(catalogue.app))
  const names = () => asAda((app) => app.collection.playlists.list()).then((all) => all.map(({ name }) => name))
  await open(lib, (store) => {
    store.playlists.add(['Changed', 'Left'].map((name) => ({ name, folders: [], trackIds: [] })))
  })
  await keeper.importLibrary({ ...move, folder: at(lib) })
  const [changed] = await asAda((app) => app.collection.playlists.list())
  await asAda((app) => app.collection.playlists.edit(changed!.id, { name: 'Ours' }))
  await open(lib, (store) => {
    const ids = store.playlists.list().map(({ id }) => id)
    store.playlists.change('removed', ids, (rows) => {
      for (const id of ids) rows.remove(id)
      return []
    })
  })
  await keeper.importLibrary({ ...move, folder: at(lib) })
  expect(await keeper.exportLibrary({ ...move, folder: at(out) })).toMatchObject({ playlists: 1 })
  expect(await open(out, (store) => store.playlists.list().map(({ name }) => name))).toEqual(['Ours'])
  await keeper.importLibrary({ ...move, folder: at(out) })
  expect(await names()).toEqual(['Ours', 'Left'])
})
