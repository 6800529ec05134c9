/** A library that moves in more than once: what one side has changed since the last time, it has changed for both. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { App } from '../../app.ts'
import { initCatalogue, type OpenCatalogue, openCatalogue, openKeeper } from '../../catalogue.ts'
import { changeNotes, NO_NOTES, type NotesChange } from '../../core/library/track-notes.ts'
import { NO_POSTGRES, sharedPostgres } from '../../platform/catalogue/postgres.fixture.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { addFixtureTrack, putLabels } from '../kit/library.fixture.ts'
import { userSpan } from './catalogue.fixture.ts'
import type { CatalogueKeeper } from './catalogue-actions.ts'

const postgres = sharedPostgres()
const folder = mkdtempSync(join(tmpdir(), 'move-again-'))
let keeper: CatalogueKeeper
let catalogue: OpenCatalogue

beforeAll(async () => {
  if (postgres === null) return
  const url = postgres.database()
  await initCatalogue(url, null)
  keeper = await openKeeper(url)
  catalogue = await openCatalogue(url)
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  await catalogue?.app.close()
  await keeper?.close()
  rmSync(folder, { recursive: true, force: true })
})

const TITLES = ['Air', 'Bay', 'Cod', 'Dew'] as const
type Title = (typeof TITLES)[number]
const digest = (title: Title): string => digestOf(`again ${title}`)

/** A team of its own with a library of its own. */
const begin = async () => {
  const place = mkdtempSync(join(folder, 'one-'))
  const team = basename(place)
  const user = (await catalogue.people.of(await keeper.grant({ name: team, role: 'labeller', team })))!
  const at = (name: string): string => join(place, name)
  const open = async <Result>(name: string, use: (store: Store) => Promise<Result> | Result): Promise<Result> => {
    const store = openStore(at(name))
    try {
      return await use(store)
    } finally {
      store.close()
    }
  }
  const idIn = (store: Store, title: Title): number => store.tracks.findByDigest(digest(title))!.id
  await open('own', (store) => {
    for (const [index, title] of TITLES.entries())
      addFixtureTrack(store, { index, audioDigest: digest(title), cached: false, tags: { title } })
  })
  let outs = 0
  return {
    team,
    at,
    as: <Result>(ask: (app: App) => Promise<Result>): Promise<Result> =>
      catalogue.people.actAs(user, () => ask(catalogue.app)),
    open,
    idIn,
    note: (title: Title, change: NotesChange) =>
      open('own', (store) =>
        store.notes.change([idIn(store, title)], (notes) =>
          [...notes].map(([trackId, before]) => ({ trackId, notes: changeNotes(before, change) })),
        ),
      ),
    moveIn: (name = 'own') => keeper.importLibrary({ folder: at(name), team, name: 'library' }),
    moveOut: async () => {
      const name = `out ${outs++}`
      return { name, told: await keeper.exportLibrary({ folder: at(name), team, name: 'library' }) }
    },
  }
}

test('notes: whoever has changed them since holds, and where both have, each keeps its own and is told', async () => {
  const { as, open, idIn, note, moveIn, moveOut } = await begin()
  const team = (title: Title, change: NotesChange) => as((app) => app.collection.changeNotes([digest(title)], change))
  const seenBy = (title: Title) => as((app) => app.collection.track(digest(title))).then(({ notes }) => notes)
  for (const title of TITLES) await note(title, { rating: 3, comment: title })
  expect(await moveIn()).toMatchObject({ notes: 4, notesLeftAlone: [], tracks: 0, notAnalysed: 4 })
  expect(await seenBy('Air')).toEqual({ ...NO_NOTES, rating: 3, comment: 'Air' })

  await note('Air', { rating: 5 })
  await team('Bay', { rating: 1, myTags: ['team'] })
  await note('Cod', { rating: 4 })
  await team('Cod', { colour: 'red' })
  await team('Dew', { rating: null, comment: null })
  expect(await moveIn()).toMatchObject({ notes: 3, notesLeftAlone: ['Cod'] })
  expect(await seenBy('Air')).toMatchObject({ rating: 5 })
  expect(await seenBy('Bay')).toMatchObject({ rating: 1 })
  expect(await seenBy('Cod')).toMatchObject({ rating: 3, colour: 'red' })
  expect(await seenBy('Dew')).toEqual(NO_NOTES)

  const { name, told } = await moveOut()
  expect(told).toMatchObject({ notes: 2, leftBehind: { notes: 1 } })
  const out = await open(name, (store) =>
    TITLES.map((title) => store.notes.ofTracks([idIn(store, title)]).get(idIn(store, title))!),
  )
  expect(out).toEqual([
    { ...NO_NOTES, rating: 5, comment: 'Air' },
    { ...NO_NOTES, rating: 1, comment: 'Bay', myTags: ['team'] },
    { ...NO_NOTES, rating: 4, comment: 'Cod' },
    NO_NOTES,
  ])
  // What the library has removed goes from the team as well, once it has not touched it.
  await note('Air', { rating: null, comment: null })
  await moveIn()
  expect(await seenBy('Air')).toEqual(NO_NOTES)
})

test('labels: those of whoever has changed them since are both sides’, also where they were all removed', async () => {
  const { as, open, idIn, moveIn, moveOut } = await begin()
  const span = (kind: 'intro' | 'drop', startBeat: number) => ({ ...userSpan(kind, startBeat, startBeat + 32) })
  const label = (title: Title, ...kinds: readonly ('intro' | 'drop')[]) =>
    open('own', (store) =>
      putLabels(
        store,
        idIn(store, title),
        kinds.map((kind, at) => span(kind, 32 * at)),
      ),
    )
  const teamHas = (title: Title) =>
    as((app) => app.labelling.list({ track: digest(title) })).then((labels) => labels.map(({ kind }) => kind))
  for (const title of TITLES) await label(title, 'intro')
  expect(await moveIn()).toMatchObject({ tracks: 4, leftAlone: [] })
  await label('Air', 'intro', 'drop')
  await as((app) => app.labelling.replace(digest('Bay'), [span('drop', 0)]))
  await label('Cod', 'drop')
  await as((app) => app.labelling.replace(digest('Cod'), [span('intro', 64)]))
  await as((app) => app.labelling.replace(digest('Dew'), []))
  expect(await moveIn()).toMatchObject({ tracks: 3, leftAlone: ['Cod'] })
  expect(await Promise.all(TITLES.map(teamHas))).toEqual([['intro', 'drop'], ['drop'], ['intro'], []])
  const { name, told } = await moveOut()
  expect(told).toMatchObject({ leftBehind: { tracks: 1 } })
  const out = await open(name, (store) =>
    TITLES.map((title) => store.labels.list({ trackId: idIn(store, title) }).map(({ kind }) => kind)),
  )
  expect(out).toEqual([['intro', 'drop'], ['drop'], ['drop'], []])
  await label('Air')
  await moveIn()
  expect(await teamHas('Air')).toEqual([])
})

test('what the team has removed while the library changed it stays removed, and is named each time', async () => {
  const { as, open, idIn, note, moveIn } = await begin()
  const label = (kind: 'intro' | 'drop') =>
    open('own', (store) => putLabels(store, idIn(store, 'Air'), [userSpan(kind, 0, 32)]))
  await label('intro')
  await note('Bay', { rating: 3 })
  await moveIn()
  await as((app) => app.labelling.replace(digest('Air'), []))
  await as((app) => app.collection.changeNotes([digest('Bay')], { rating: null }))
  await label('drop')
  await note('Bay', { rating: 4 })
  for (const turn of ['first', 'second']) {
    expect(await moveIn(), turn).toMatchObject({ tracks: 0, leftAlone: ['Air'], notes: 0, notesLeftAlone: ['Bay'] })
    expect(await as((app) => app.labelling.list({ track: digest('Air') }))).toEqual([])
    expect((await as((app) => app.collection.track(digest('Bay')))).notes).toEqual(NO_NOTES)
  }
})

test('folders: one that either side has removed does not come back, and one that either has made is there', async () => {
  const { as, open, moveIn, moveOut } = await begin()
  const keep = (...names: readonly string[]) =>
    open('own', (store) =>
      store.playlists.change('folders', [], (rows) => {
        rows.putKeptFolders(names.map((name) => [name]))
        return []
      }),
    )
  const team = () => as((app) => app.collection.playlists.folders()).then((all) => all.flat())
  await keep('A', 'B', 'C')
  await moveIn()
  expect(await team()).toEqual(['A', 'B', 'C'])
  await as((app) => app.collection.playlists.removeFolder(['A']))
  await as((app) => app.collection.playlists.addFolder(['T']))
  await keep('A', 'C', 'L')
  const last = await as((app) => app.events.lastId())
  await moveIn()
  expect((await as((app) => app.events.since(last))).events.map(({ event }) => event)).toContainEqual({
    type: 'playlists',
  })
  expect(await team()).toEqual(['C', 'L', 'T'])
  const { name } = await moveOut()
  expect((await open(name, (store) => store.playlists.keptFolders())).flat().toSorted()).toEqual(['C', 'L', 'T'])
  await moveIn(name)
  expect(await team()).toEqual(['C', 'L', 'T'])
})

test.each(['another library', 'an older copy'] as const)(
  '%s under the same name takes nothing from the team',
  async (which) => {
    const { as, open, at, idIn, moveIn, moveOut } = await begin()
    const put = (name: string, title: Title, kinds: readonly ('intro' | 'drop')[]) =>
      open(name, (store) =>
        putLabels(
          store,
          idIn(store, title),
          kinds.map((kind, index) => userSpan(kind, 32 * index, 32 * index + 32)),
        ),
      )
    const note = (name: string, title: Title, rating: number) =>
      open(name, (store) =>
        store.notes.change([idIn(store, title)], () => [
          { trackId: idIn(store, title), notes: { ...NO_NOTES, rating } },
        ]),
      )
    const addPlaylist = (name: string, playlist: string, folder: string, titles: readonly Title[]) =>
      open(name, (store) => {
        store.playlists.add([{ name: playlist, folders: [], trackIds: titles.map((title) => idIn(store, title)) }])
        store.playlists.change('folders', [], (rows) => {
          rows.putKeptFolders([...store.playlists.keptFolders(), [folder]])
          return []
        })
      })
    const seen = () =>
      as(async (app) => ({
        labels: await Promise.all(
          TITLES.map(async (title) => (await app.labelling.list({ track: digest(title) })).map(({ kind }) => kind)),
        ),
        ratings: await Promise.all(
          TITLES.map(async (title) => (await app.collection.track(digest(title))).notes.rating),
        ),
        playlists: (await app.collection.playlists.list()).map(({ name, tracks }) => [name, tracks]),
        folders: (await app.collection.playlists.folders()).flat(),
      }))
    cpSync(at('own'), at('other'), { recursive: true })
    if (which === 'an older copy') {
      await moveIn()
      rmSync(at('other'), { recursive: true })
      await moveOut().then(({ name }) => cpSync(at(name), at('other'), { recursive: true }))
    }
    for (const title of TITLES) await put('own', title, ['intro'])
    for (const title of ['Air', 'Bay'] as const) await note('own', title, 5)
    await addPlaylist('own', 'Mine', 'A', ['Air', 'Bay'])
    await moveIn()
    const before = await seen()
    expect(before).toEqual({
      labels: [['intro'], ['intro'], ['intro'], ['intro']],
      ratings: [5, 5, null, null],
      playlists: [['Mine', 2]],
      folders: ['A'],
    })

    await put('other', 'Bay', ['drop'])
    await note('other', 'Bay', 1)
    await note('other', 'Cod', 2)
    await addPlaylist('other', 'Theirs', 'B', ['Cod'])
    const told = { leftAlone: ['Bay'], notesLeftAlone: ['Bay'], playlists: 1, playlistsLeftAlone: [] }
    expect(await moveIn('other')).toMatchObject(told)
    const both = {
      ...before,
      ratings: [5, 5, 2, null],
      playlists: [
        ['Mine', 2],
        ['Theirs', 1],
      ],
      folders: ['A', 'B'],
    }
    expect(await seen()).toEqual(both)
    // The first one again, and what it has changed since: nobody knows any more which of them did.
    await put('own', 'Air', [])
    expect(await moveIn()).toMatchObject({ leftAlone: [], notesLeftAlone: [] })
    expect(await seen()).toEqual(both)
  },
)

test('a move out that ends amid leaves nothing, and can be made again beside whatever lies there', async () => {
  const { as, open, note, moveIn, team, at } = await begin()
  await note('Air', { rating: 2 })
  await open('own', (store) =>
    putLabels(store, store.tracks.findByDigest(digest('Bay'))!.id, [userSpan('intro', 0, 32)]),
  )
  await moveIn()
  expect(await as((app) => app.labelling.list())).toHaveLength(1)
  const move = { team, name: 'library' }
  const ended = AbortSignal.abort(new Error('ended'))
  for (const place of ['gone', 'kept']) {
    if (place === 'kept') {
      mkdirSync(at(place))
      writeFileSync(join(at(place), 'mine.txt'), 'mine')
    }
    await expect(keeper.exportLibrary({ ...move, folder: at(place), signal: ended })).rejects.toThrow('ended')
    expect(existsSync(at(place)) ? readdirSync(at(place)) : null).toEqual(place === 'kept' ? ['mine.txt'] : null)
    expect(await keeper.exportLibrary({ ...move, folder: at(place) })).toMatchObject({ tracks: 1, notes: 1 })
    expect(await open(place, (store) => store.notes.trackIds())).toHaveLength(1)
  }
  expect(readFileSync(join(at('kept'), 'mine.txt'), 'utf8')).toBe('mine')
  await expect(keeper.exportLibrary({ ...move, folder: at('kept') })).rejects.toMatchObject({ code: 'EXPORT_EXISTS' })
})
