import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer((store) => {
    for (let index = 0; index < 3; index++)
      addFixtureTrack(store, {
        index,
        cached: false,
        facts: index === 0 ? { key: 'G# minor', camelot: '1A' } : {},
        tags: { title: `T${index}`, rating: index === 2 ? 2 : null, key: index === 0 ? 'G# Minor' : null },
      })
  })
})
afterAll(() => server.close())

type Notes = { rating: number | null; colour: string | null; comment: string | null; my_tags: string[] }
type Changed = { changed: { track_id: number; before: Notes; after: Notes }[] }
const titles = async (query: string): Promise<string[]> => {
  const { body } = await server.json<{ tracks: { title: string }[] }>('GET', `/api/tracks?${query}`)
  return body.tracks.map(({ title }) => title)
}

test('notes of several tracks are changed, listed, found, and taken back', async () => {
  const { status, body } = await server.json<Changed>('PATCH', '/api/notes', {
    track_ids: [1, 2],
    rating: 5,
    colour: 'green',
    comment: 'late',
    add_tags: ['Peak', 'peak ', 'closing'],
  })
  const after = { rating: 5, colour: 'green', comment: 'late', my_tags: ['closing', 'Peak'] }
  expect(status).toBe(200)
  expect(body.changed.map((one) => one.after)).toEqual([after, after])
  expect((await server.json<{ notes: Notes }>('GET', '/api/tracks/1')).body.notes).toEqual(after)
  expect(await titles('rating_min=2&sort=rating&order=desc')).toEqual(['T1', 'T0', 'T2'])
  expect(await titles('my_tags=peak,closing&colour=green,red')).toEqual(['T0', 'T1'])
  expect((await server.json('GET', '/api/notes/tags')).body).toEqual([
    { tag: 'closing', tracks: 2 },
    { tag: 'Peak', tracks: 2 },
  ])
  const notes = body.changed.map(({ track_id, before, after: seen }) => ({ track_id, notes: before, seen }))
  expect((await server.json<Changed>('PUT', '/api/notes', { notes })).body.changed).toHaveLength(2)
  expect(await titles('rating_min=1')).toEqual(['T2'])
  expect(await server.json('PUT', '/api/notes', { notes })).toMatchObject({
    status: 409,
    body: { code: 'NOTES_CHANGED' },
  })
})

test('what is not so any more, is no note, or is of no track is refused, and changes nothing', async () => {
  await server.json('PATCH', '/api/notes', { track_ids: [1], rating: 3 })
  for (const [body, status] of [
    [{ track_ids: [1, 2], rating: 4, seen: { rating: null } }, 409],
    [{ track_ids: [1, 99], rating: 4 }, 404],
    [{ track_ids: [1], rating: 6 }, 422],
    [{ track_ids: [1], rating: 2.5 }, 422],
    [{ track_ids: [1], colour: 'mauve' }, 422],
    [{ track_ids: [1], comment: 'x'.repeat(2001) }, 422],
    [{ track_ids: [] }, 422],
    [{ track_ids: [1], stars: 4 }, 422],
  ] as const)
    expect((await server.json('PATCH', '/api/notes', body)).status, JSON.stringify(body).slice(0, 80)).toBe(status)
  expect(await titles('rating_min=3')).toEqual(['T0'])
})

test('filters that make no sense are refused by name', async () => {
  for (const query of ['rating_min=6', 'colour=mauve', 'added_since=yesterday', 'tag_match=some', 'year_min=old'])
    expect(await server.json('GET', `/api/tracks?${query}`), query).toMatchObject({
      status: 422,
      body: { code: 'VALIDATION_FAILED' },
    })
  expect(await titles('tag_key=loud')).toEqual([])
})

test('a key is taken in every notation in which keys are written', async () => {
  const { body } = await server.json<{ tracks: { key: string; camelot: string; tag_key: string }[] }>(
    'GET',
    '/api/tracks?q=T0',
  )
  const { key, camelot, tag_key } = body.tracks[0]!
  for (const written of [key, camelot, tag_key, '1a', '01A', '6m', 'A♭m', 'g-sharp minor'])
    for (const name of ['key', 'tag_key', 'compatible_with'])
      expect(await titles(`${name}=${encodeURIComponent(written)}`), `${name}=${written}`).toEqual(['T0'])
  for (const written of ['1B', 'B', '6d']) {
    expect(await titles(`key=${written}`), written).toEqual([])
    expect(await titles(`compatible_with=${written}`), written).toEqual(['T0'])
  }
})

test('as many words and tags as an address holds are no bug', async () => {
  const many = Array.from({ length: 120 }, (_, at) => `w${at}`)
  const words = ['q', 'genre', 'path', 'comment'].map((name) => `${name}=${many.join('+')}`)
  const tags = ['tag', 'my_tags'].map((name) => `${name}=${[...many, ...many.map((tag) => `${tag}x`)].join(',')}`)
  expect(await titles(words.join('&'))).toEqual([])
  expect(await titles([...words, ...tags].join('&'))).toEqual([])
  expect(await titles([...tags, 'tag_match=any', 'my_tags_match=any'].join('&'))).toEqual([])
  expect(await titles(`my_tags=${'a,'.repeat(900)}a`)).toEqual([])
})
