/** Notes, asked of a library and of a catalogue that hold the same tracks: what is noted, searched and sorted, both do alike. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { App } from './app.ts'
import { type BothFacades, openBoth } from './both-facades.fixture.ts'
import { MOST_MY_TAGS, NO_NOTES } from './core/library/track-notes.ts'
import { refused } from './engine/catalogue/catalogue.fixture.ts'
import type { ChangedNotes } from './engine/collection/track-notes.ts'
import { addFixtureTrack } from './engine/kit/library.fixture.ts'
import { NO_POSTGRES, sharedPostgres } from './platform/catalogue/postgres.fixture.ts'

const postgres = sharedPostgres()
let both: BothFacades

/** What their files say. */
const TRACKS = {
  Air: { rating: 2, comment: 'Café at dawn' },
  Bay: { rating: 5, comment: null },
  Cod: { rating: null, comment: 'peak 100% loud' },
  Dew: { rating: null, comment: null },
} as const
type Title = keyof typeof TRACKS

beforeAll(async () => {
  if (postgres === null) return
  both = await openBoth(postgres.database(), (store) => {
    for (const [index, [title, said]] of Object.entries(TRACKS).entries())
      addFixtureTrack(store, { index, cached: false, tags: { title, ...said } })
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
] as const)('notes of %s', (_name, ask) => {
  const found = (search: object): Promise<readonly string[]> =>
    ask((app) => app.collection.searchTracks(search)).then(({ tracks }) => tracks.map(({ title }) => title))
  const idOf = async (title: Title): Promise<number> =>
    (await ask((app) => app.collection.searchTracks({ text: title }))).tracks[0]!.id
  const note = async (titles: readonly Title[], change: object, seen?: object): Promise<readonly ChangedNotes[]> => {
    const ids = await Promise.all(titles.map(idOf))
    return ask((app) => app.collection.changeNotes(ids.map(String), change, seen))
  }
  const notesOf = async (title: Title) => {
    const id = String(await idOf(title))
    return (await ask((app) => app.collection.track(id))).notes
  }
  beforeEach(async () => {
    const { tracks } = await ask((app) => app.collection.searchTracks({}))
    const nothing = { rating: null, colour: null, comment: null, myTags: [] }
    await ask((app) =>
      app.collection.changeNotes(
        tracks.map(({ id }) => String(id)),
        nothing,
      ),
    )
  })

  test('rating, colour, comment and tags are noted of several tracks at once, and told where they changed', async () => {
    const before = await ask((app) => app.events.lastId())
    const changed = await note(['Air', 'Bay'], {
      rating: 4,
      colour: 'aqua',
      comment: ' late ',
      addTags: ['Warm', 'b,a'],
    })
    const after = { rating: 4, colour: 'aqua', comment: 'late', myTags: ['a', 'b', 'Warm'] }
    expect(changed.map((one) => [one.before, one.after])).toEqual([
      [NO_NOTES, after],
      [NO_NOTES, after],
    ])
    expect(await note(['Bay', 'Dew'], { rating: 4, addTags: ['warm'] })).toMatchObject([
      { after: { myTags: ['warm'] } },
    ])
    expect(await notesOf('Bay')).toEqual(after)
    expect(await note(['Bay'], { removeTags: ['WÄRM'] })).toMatchObject([{ after: { myTags: ['a', 'b'] } }])
    expect(await ask((app) => app.collection.myTags())).toEqual([
      { tag: 'a', tracks: 2 },
      { tag: 'b', tracks: 2 },
      { tag: 'Warm', tracks: 2 },
    ])
    const { tracks } = await ask((app) => app.collection.searchTracks({ sort: 'title' }))
    expect(tracks.map(({ notes }) => notes.rating)).toEqual([4, 4, null, 4])
    const { events } = await ask((app) => app.events.since(before))
    const told = events.flatMap(({ event }) => (event.type === 'notes' ? [event.trackIds.length] : []))
    expect(told).toEqual([2, 1, 1])
  })

  test('what was not seen is not overwritten, and a change is taken back but not over a later one', async () => {
    const changed = await note(['Air', 'Bay'], { rating: 3, myTags: ['x'] })
    expect(await refused(note(['Air', 'Cod'], { rating: 1 }, { rating: 3 }))).toBe('NOTES_CHANGED')
    expect(await notesOf('Air')).toMatchObject({ rating: 3 })
    await note(['Bay'], { comment: 'later' })
    const back = changed.map(({ trackId, before, after }) => ({ trackId, notes: before, seen: after }))
    expect(await refused(ask((app) => app.collection.restoreNotes(back)))).toBe('NOTES_CHANGED')
    await ask((app) => app.collection.restoreNotes(back.slice(0, 1)))
    expect([await notesOf('Air'), await notesOf('Bay')]).toEqual([
      NO_NOTES,
      { ...NO_NOTES, rating: 3, comment: 'later', myTags: ['x'] },
    ])
    const many = Array.from({ length: MOST_MY_TAGS }, (_, at) => `tag ${at}`)
    await note(['Dew'], { myTags: many })
    expect(await refused(note(['Dew'], { addTags: ['one more'] }))).toBe('TOO_MANY_TAGS')
    expect(await refused(ask((app) => app.collection.changeNotes(['1', '999'], { rating: 1 })))).toBe('TRACK_NOT_FOUND')
    expect(
      await refused(ask((app) => app.collection.restoreNotes([{ trackId: 999, notes: NO_NOTES, seen: {} }]))),
    ).toBe('TRACK_NOT_FOUND')
  })

  test('lists are narrowed by what is noted, or else by what the file says', async () => {
    await note(['Dew'], { rating: 4, colour: 'red', myTags: ['Süß', 'late'] })
    await note(['Air'], { rating: 5, comment: 'Ørsted’s 50%', colour: 'pink', myTags: ['late'] })
    expect(await found({ ratingMin: 5 })).toEqual(['Air', 'Bay'])
    expect(await found({ ratingMin: 3, ratingMax: 4 })).toEqual(['Dew'])
    expect(await found({ ratingMax: 0 })).toEqual(['Cod'])
    expect(await found({ ratingMin: 4.5, ratingMax: 1e12 })).toEqual(['Air', 'Bay'])
    expect(await found({ colours: ['red', 'blue'] })).toEqual(['Dew'])
    expect(await found({ comment: '0%' })).toEqual(['Air', 'Cod'])
    expect(await found({ comment: 'dawn' })).toEqual([])
    await note(['Air'], { comment: null })
    expect(await found({ comment: 'CAFE dawn' })).toEqual(['Air'])
    expect(await found({ myTags: ['sUß', 'LATE'] })).toEqual(['Dew'])
    expect(await found({ myTags: ['süß', 'late'], myTagsAny: true })).toEqual(['Air', 'Dew'])
    expect(await found({ myTags: ['none'] })).toEqual([])
    expect(await found({ myTags: [] })).toHaveLength(4)
    expect(await found({ text: 'suß' })).toEqual(['Dew'])
    expect(await found({ text: 'late', bpmMin: 1, limit: 1, offset: 1 })).toEqual(['Dew'])
  })

  test('lists are sorted by what is noted, or else by what the file says; what is not known comes last', async () => {
    await note(['Dew'], { rating: 3, colour: 'blue', comment: 'a', myTags: ['b'] })
    await note(['Bay'], { colour: 'pink', myTags: ['a', 'c'] })
    expect(await found({ sort: 'rating' })).toEqual(['Air', 'Dew', 'Bay', 'Cod'])
    expect(await found({ sort: 'rating', descending: true })).toEqual(['Bay', 'Dew', 'Air', 'Cod'])
    expect(await found({ sort: 'colour' })).toEqual(['Bay', 'Dew', 'Air', 'Cod'])
    expect(await found({ sort: 'comment' })).toEqual(['Dew', 'Air', 'Cod', 'Bay'])
    expect(await found({ sort: 'my_tags', descending: true })).toEqual(['Dew', 'Bay', 'Cod', 'Air'])
    const good = { name: 'Good', filter: { ratingMin: 3, sort: 'rating', descending: true, limit: 2 } as const }
    const [id] = (await ask((app) => app.collection.playlists.create(good))).made as [number]
    expect(await found({ playlistId: id })).toEqual(['Bay', 'Dew'])
    await ask((app) => app.collection.playlists.remove([id]))
  })
})

test('notes of a team are its own, and who only looks changes none', async () => {
  const track = String((await as('mia', (app) => app.collection.searchTracks({ text: 'Air' }))).tracks[0]!.id)
  await as('mia', (app) => app.collection.changeNotes([track], { rating: 1, comment: 'secret', myTags: ['ours'] }))
  expect((await as('ada', (app) => app.collection.track(track))).notes).toMatchObject({ rating: 1 })
  for (const change of [
    (app: App) => app.collection.changeNotes([track], { rating: 5 }),
    (app: App) => app.collection.restoreNotes([{ trackId: Number(track), notes: NO_NOTES, seen: {} }]),
  ])
    expect(await refused(as<unknown>('ada', change))).toBe('FORBIDDEN')
  expect((await as('eve', (app) => app.collection.track(track))).notes).toEqual(NO_NOTES)
  expect(await as('eve', (app) => app.collection.myTags())).toEqual([])
  for (const search of [
    { text: 'secret' },
    { comment: 'secret' },
    { myTags: ['ours'] },
    { ratingMax: 1, ratingMin: 1 },
  ])
    expect((await as('eve', (app) => app.collection.searchTracks(search))).total).toBe(0)
  await as('eve', (app) => app.collection.changeNotes([track], { rating: 4 }))
  expect((await as('tom', (app) => app.collection.track(track))).notes).toMatchObject({ rating: 1, comment: 'secret' })
})

test('of what two note at once nothing is lost, and text may be anything', async () => {
  const { tracks } = await as('mia', (app) => app.collection.searchTracks({}))
  const ids = tracks.map(({ id }) => String(id))
  await as('mia', (app) => app.collection.changeNotes(ids, { myTags: [] }))
  const add = (who: 'mia' | 'tom', tag: string) => as(who, (app) => app.collection.changeNotes(ids, { addTags: [tag] }))
  await Promise.all(Array.from({ length: 12 }, (_, at) => add(at % 2 === 0 ? 'mia' : 'tom', `tag ${at}`)))
  expect(new Set((await as('mia', (app) => app.collection.myTags())).map(({ tracks: count }) => count))).toEqual(
    new Set([4]),
  )
  expect(await as('mia', (app) => app.collection.myTags())).toHaveLength(12)
  const odd = { comment: 'a\0b \u{1f39b}', myTags: ['\ud800', "x'); --"] }
  const [changed] = await as('mia', (app) => app.collection.changeNotes([ids[0]!], odd))
  expect(changed!.after).toMatchObject({ comment: 'a\u{fffd}b \u{1f39b}', myTags: ["x'); --", '\u{fffd}'] })
  await as('mia', (app) => app.collection.changeNotes([ids[0]!], { rating: 2 }, changed!.after))
})
