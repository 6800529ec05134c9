/** Playlists, asked of a library and of a catalogue that hold the same tracks: what is done with them, both do and say alike. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from './app.ts'
import { type BothFacades, openBoth } from './both-facades.fixture.ts'
import { refused } from './engine/catalogue/catalogue.fixture.ts'
import type { PlaylistActions } from './engine/collection/playlists/playlist-actions.ts'
import { addFixtureTrack } from './engine/kit/library.fixture.ts'
import { NO_POSTGRES, sharedPostgres } from './platform/catalogue/postgres.fixture.ts'

const postgres = sharedPostgres()
let both: BothFacades

const TITLES = ['Air', 'Bay', 'Cod', 'Dew', 'Elm', 'Fog'] as const
type Title = (typeof TITLES)[number]

beforeAll(async () => {
  if (postgres === null) return
  both = await openBoth(postgres.database(), (store) => {
    for (const [index, title] of TITLES.entries())
      addFixtureTrack(store, { index, cached: false, bpm: 120 + index, tags: { title } })
  })
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  await both?.close()
})

const as: BothFacades['as'] = (who, ask) => both.as(who, ask)

describe.each([
  ['a library', <Result>(ask: (app: App) => Promise<Result>) => ask(both.library)],
  ['a catalogue', <Result>(ask: (app: App) => Promise<Result>) => as('mia', ask)],
] as const)('playlists of %s', (_name, ask) => {
  const playlists = <Result>(use: (all: PlaylistActions) => Promise<Result>): Promise<Result> =>
    ask((app) => use(app.collection.playlists))
  const found = (search: object): Promise<readonly string[]> =>
    ask((app) => app.collection.searchTracks(search)).then(({ tracks }) => tracks.map(({ title }) => title))
  const idOf = async (title: Title): Promise<number> =>
    (await ask((app) => app.collection.searchTracks({ text: title }))).tracks[0]!.id
  const idsOf = (...titles: readonly Title[]): Promise<readonly number[]> => Promise.all(titles.map(idOf))
  const make = async (name: string, ...titles: readonly Title[]): Promise<number> => {
    const trackIds = await idsOf(...titles)
    return (await playlists((all) => all.create({ name, trackIds }))).made[0]!
  }
  const told = async () =>
    (await playlists((all) => all.list())).map(({ name, folders, tracks, problem }) => [name, folders, tracks, problem])
  const clear = async (): Promise<void> => {
    const ids = (await playlists((all) => all.list())).map(({ id }) => id)
    if (ids.length > 0) await playlists((all) => all.remove(ids))
    for (const path of await playlists((all) => all.folders()))
      if (path.length === 1) await playlists((all) => all.removeFolder(path))
  }
  beforeEach(clear)

  test('tracks are added, moved and taken out, listed in their order, and each step says what it did', async () => {
    const id = await make('Friday', 'Cod', 'Air')
    const added = await playlists(async (all) =>
      all.add(id, { trackIds: await idsOf('Elm', 'Cod'), before: await idOf('Air') }),
    )
    expect([added.change?.says, added.already]).toEqual(['1 track added to “Friday”; 1 was there already', 1])
    expect(await found({ playlistId: id })).toEqual(['Cod', 'Elm', 'Air'])
    expect(await found({ playlistId: id, descending: true })).toEqual(['Air', 'Elm', 'Cod'])
    expect(await found({ playlistId: id, sort: 'title' })).toEqual(['Air', 'Cod', 'Elm'])
    expect(await found({ playlistId: id, bpmMin: 121, limit: 1, offset: 1 })).toEqual(['Elm'])
    const [air] = await idsOf('Air')
    expect((await playlists((all) => all.move(id, { trackIds: [air!], before: null })))?.says).toBeUndefined()
    await playlists(async (all) => all.move(id, { trackIds: [air!], before: await idOf('Cod') }))
    expect((await playlists((all) => all.takeOut(id, [air!])))?.says).toBe('1 track taken out of “Friday”')
    expect(await playlists((all) => all.trackIds(id))).toEqual(await idsOf('Cod', 'Elm'))
    expect(await playlists((all) => all.get(id))).toMatchObject({ name: 'Friday', tracks: 2, missing: 0, repeats: 0 })
    for (const [asked, code] of [
      [() => playlists((all) => all.add(id, { trackIds: [999], before: null })), 'TRACK_NOT_FOUND'],
      [() => playlists((all) => all.move(id, { trackIds: [air!], before: null })), 'TRACK_NOT_FOUND'],
      [() => playlists((all) => all.get(999)), 'PLAYLIST_NOT_FOUND'],
      [() => playlists((all) => all.edit(999, { name: 'x' })), 'PLAYLIST_NOT_FOUND'],
      [() => found({ playlistId: 999 }), 'PLAYLIST_NOT_FOUND'],
    ] as const)
      expect(await refused(asked())).toBe(code)
  })

  test('a smart playlist finds its tracks anew, keeps the order and the number that it was made with, and can be frozen', async () => {
    const fast = { bpmMin: 122, sort: 'bpm', descending: true, limit: 3 } as const
    const [id] = (await playlists((all) => all.create({ name: 'Fast', filter: fast }))).made as [number]
    expect(await found({ playlistId: id })).toEqual(['Fog', 'Elm', 'Dew'])
    expect(await found({ playlistId: id, sort: 'title' })).toEqual(['Dew', 'Elm', 'Fog'])
    expect(await found({ playlistId: id, bpmMax: 124 })).toEqual(['Elm', 'Dew'])
    expect(await told()).toEqual([['Fast', [], 3, null]])
    expect(await refused(playlists(async (all) => all.add(id, { trackIds: await idsOf('Air'), before: null })))).toBe(
      'PLAYLIST_IS_SMART',
    )
    expect(await refused(playlists((all) => all.create({ name: 'x', filter: { playlistId: id } })))).toBe(
      'PLAYLIST_FILTER_NESTED',
    )
    const [copy] = (await playlists((all) => all.duplicate(id, { isPlain: true }))).made as [number]
    await playlists((all) => all.edit(id, { filter: { bpmMax: 120 } }))
    expect([await found({ playlistId: id }), await found({ playlistId: copy })]).toEqual([
      ['Air'],
      ['Fog', 'Elm', 'Dew'],
    ])
    expect((await playlists((all) => all.freeze(id)))?.says).toBe('“Fast” made a plain playlist with 1 track')
    expect((await playlists(async (all) => all.takeOut(id, await idsOf('Air'))))?.made).toEqual([])
  })

  test('folders are made, renamed, emptied and removed, and everything is taken back in its order', async () => {
    const [one, two] = [await make('One', 'Air'), await make('Two')]
    await playlists((all) => all.edit(two, { folders: ['Club', 'Late'], before: one }))
    await playlists((all) => all.addFolder(['Bar']))
    await playlists((all) => all.moveFolder(['Club'], ['Bar', 'Club']))
    const seen = async () => [await told(), await playlists((all) => all.folders())]
    const before = await seen()
    expect(before).toEqual([
      [
        ['Two', ['Bar', 'Club', 'Late'], 0, null],
        ['One', [], 1, null],
      ],
      [['Bar'], ['Bar', 'Club'], ['Bar', 'Club', 'Late']],
    ])
    expect((await playlists((all) => all.removeFolder(['Bar']))).says).toBe('Folder “Bar” removed with 1 playlist')
    const after = await seen()
    expect(after).toEqual([[['One', [], 1, null]], []])
    expect(await playlists((all) => all.takeBack('undo'))).toMatchObject({ playlistIds: [two], lostTracks: 0 })
    expect(await seen()).toEqual(before)
    await playlists((all) => all.takeBack('redo'))
    expect(await seen()).toEqual(after)
    const change = await playlists((all) => all.edit(one, { name: 'Uno' }))
    await playlists((all) => all.edit(one, { name: 'Ein' }))
    expect(await refused(playlists((all) => all.takeBack('undo', change!.id)))).toBe('PLAYLIST_CHANGED')
    await playlists((all) => all.takeBack('undo'))
    expect((await told())[0]![0]).toBe('Uno')
  })

  test('whoever follows is told, and changes that many make at once are all there', async () => {
    const id = await make('Friday')
    const before = await ask((app) => app.events.lastId())
    await Promise.all(
      TITLES.map(async (title) =>
        playlists(async (all) => all.add(id, { trackIds: await idsOf(title), before: null })),
      ),
    )
    expect(await found({ playlistId: id, sort: 'title' })).toEqual(TITLES)
    const { events } = await ask((app) => app.events.since(before))
    expect(events.filter(({ event }) => event.type === 'playlists')).toHaveLength(TITLES.length)
  })
})

test('playlists of a team are its own, who only looks changes none, and nobody takes back what another did', async () => {
  const { made, id: changeId } = await as('mia', (app) => app.collection.playlists.create({ name: 'Ours' }))
  const [id] = made as [number]
  expect(await as('ada', (app) => app.collection.playlists.get(id))).toMatchObject({ name: 'Ours' })
  const edits: readonly ((all: PlaylistActions) => Promise<unknown>)[] = [
    (all) => all.create({ name: 'x' }),
    (all: PlaylistActions) => all.edit(id, { name: 'x' }),
    (all: PlaylistActions) => all.remove([id]),
    (all: PlaylistActions) => all.duplicate(id),
    (all: PlaylistActions) => all.freeze(id),
    (all: PlaylistActions) => all.add(id, { trackIds: [1], before: null }),
    (all: PlaylistActions) => all.takeOut(id, [1]),
    (all: PlaylistActions) => all.move(id, { trackIds: [], before: null }),
    (all: PlaylistActions) => all.addFolder(['x']),
    (all: PlaylistActions) => all.moveFolder(['x'], ['y']),
    (all: PlaylistActions) => all.removeFolder(['x']),
    (all: PlaylistActions) => all.takeBack('undo'),
  ]
  for (const touch of edits)
    expect(await refused(as('ada', (app) => touch(app.collection.playlists)))).toBe('FORBIDDEN')
  for (const touch of [
    (all: PlaylistActions) => all.get(id),
    (all: PlaylistActions) => all.trackIds(id),
    (all: PlaylistActions) => all.edit(id, { name: 'x' }),
    (all: PlaylistActions) => all.remove([id]),
    (all: PlaylistActions) => all.duplicate(id),
    (all: PlaylistActions) => all.freeze(id),
    (all: PlaylistActions) => all.add(id, { trackIds: [1], before: null }),
    (all: PlaylistActions) => all.create({ name: 'x', filter: { playlistId: id } }),
  ])
    expect(await refused(as<unknown>('eve', (app) => touch(app.collection.playlists)))).toBe('PLAYLIST_NOT_FOUND')
  expect(await refused(as('eve', (app) => app.collection.searchTracks({ playlistId: id })))).toBe('PLAYLIST_NOT_FOUND')
  expect(await as('eve', (app) => app.collection.playlists.list())).toEqual([])
  expect(await refused(as('tom', (app) => app.collection.playlists.takeBack('undo')))).toBe('NOTHING_TO_TAKE_BACK')
  for (const who of ['tom', 'eve'] as const)
    expect(await refused(as(who, (app) => app.collection.playlists.takeBack('undo', changeId)))).toBe(
      'PLAYLIST_CHANGED',
    )
  expect(
    await refused(as('mia', (app) => app.collection.playlists.create({ name: 'x', filter: { format: 'wav' } }))),
  ).toBe('NOT_IN_A_CATALOGUE')
})
