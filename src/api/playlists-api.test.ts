import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TRACK_SORTS } from '../core/library/track-sorts.ts'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { trackQuery } from './operations/tracks.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'
import { parseTrackFilter, trackFilterText } from './views/track-search.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer((store) => {
    for (let index = 0; index < 5; index++)
      addFixtureTrack(store, { index, cached: false, bpm: 120 + index, tags: { title: `T${index}`, genre: 'House' } })
  })
})
afterAll(() => server.close())

type Answer = {
  id: number
  code: string
  playlist: { name: string; folders: string[]; filter: string | null; limit: number | null; tracks: number }
  change: { id: number; says: string } | null
}
const ask = async (method: string, path: string, body?: unknown) =>
  server.json<Answer>(method, `/api/playlists${path}`, body)
const titles = async (query: string): Promise<string[]> => {
  const { body } = await server.json<{ tracks: { title: string }[] }>('GET', `/api/tracks?${query}`)
  return body.tracks.map(({ title }) => title)
}

test('a playlist is made, filled, reordered and listed as tracks; undo says what it took back', async () => {
  const made = await ask('POST', '', { name: ' Friday ', folders: ['Nights'], track_ids: [2, 1] })
  expect(made).toMatchObject({ status: 201, body: { playlist: { name: 'Friday', folders: ['Nights'], tracks: 2 } } })
  const path = `/${made.body.id}`
  expect((await ask('POST', `${path}/tracks`, { track_ids: [4, 5], before: 1 })).body.change?.says).toBe(
    '2 tracks added to “Friday”',
  )
  expect((await ask('POST', `${path}/tracks/move`, { track_ids: [1], before: 2 })).status).toBe(200)
  expect(await titles(`playlist=${made.body.id}`)).toEqual(['T0', 'T1', 'T3', 'T4'])
  expect(await titles(`playlist=${made.body.id}&bpm_min=122&order=desc`)).toEqual(['T4', 'T3'])
  expect(await titles(`playlist=${made.body.id}&sort=bpm&limit=1&offset=1`)).toEqual(['T1'])
  expect((await ask('POST', `${path}/tracks/remove`, { track_ids: [4] })).body.playlist.tracks).toBe(3)
  expect((await ask('POST', '/undo')).body).toMatchObject({ says: '1 track taken out of “Friday”', lost_tracks: 0 })
  expect((await ask('GET', `${path}/tracks`)).body).toEqual({ track_ids: [1, 2, 4, 5] })
  expect((await ask('POST', '/redo')).body).toMatchObject({ says: '1 track taken out of “Friday”' })
  expect((await ask('POST', '/undo', { change_id: made.body.change!.id })).body.code).toBe('PLAYLIST_CHANGED')
  expect((await ask('PATCH', path, { name: 'Saturday', folders: [] })).body.playlist).toMatchObject({
    name: 'Saturday',
    folders: [],
  })
  expect((await ask('PATCH', path, { name: 'Saturday' })).body.change).toBeNull()
  expect((await ask('DELETE', path)).body.change?.says).toBe('Playlist “Saturday” removed')
  expect((await ask('GET', path)).body.code).toBe('PLAYLIST_NOT_FOUND')
  expect(await server.json('GET', `/api/tracks?playlist=${made.body.id}`)).toMatchObject({ status: 404 })
})

test('a smart playlist gives back the filter that it was given, is a pool, and becomes plain', async () => {
  const filter = 'bpm_min=121&genre=house&sort=bpm&order=desc'
  const made = await ask('POST', '', { name: 'Fast', filter, limit: 2 })
  expect(made.body.playlist).toMatchObject({ filter, limit: 2, tracks: 2 })
  expect(await titles(`playlist=${made.body.id}`)).toEqual(['T4', 'T3'])
  expect((await ask('PATCH', `/${made.body.id}`, { filter: 'bpm_max=121', limit: null })).body.playlist).toMatchObject({
    filter: 'bpm_max=121',
    limit: null,
    tracks: 2,
  })
  expect((await ask('POST', `/${made.body.id}/tracks`, { track_ids: [1] })).status).toBe(409)
  const copy = await ask('POST', `/${made.body.id}/duplicate`, { plain: true })
  expect(copy.body.playlist).toMatchObject({ name: 'Fast (copy)', filter: null, tracks: 2 })
  expect((await ask('POST', `/${made.body.id}/freeze`)).body.playlist).toMatchObject({ filter: null, tracks: 2 })
  const plan = { minutes: 3, pool: `playlist=${copy.body.id}` }
  const planned = await server.json<{ tracks: { title: string }[] }>('POST', '/api/sets/plan', plan)
  expect(planned.body.tracks.every(({ title }) => ['T0', 'T1'].includes(title))).toBe(true)
  expect((await server.json('POST', '/api/sets/plan', { minutes: 3, pool: 'playlist=4711' })).status).toBe(404)
})

test('another filter keeps the limit of a smart playlist, unless that is changed with it', async () => {
  const { body } = await ask('POST', '', { name: 'few', filter: 'bpm_min=120', limit: 2 })
  const limitAfter = async (edit: object) => (await ask('PATCH', `/${body.id}`, edit)).body.playlist?.limit
  expect(await limitAfter({ filter: 'bpm_min=121' })).toBe(2)
  expect(await limitAfter({ filter: 'bpm_min=121', limit: 3 })).toBe(3)
  expect(await limitAfter({ filter: 'bpm_min=121', limit: null })).toBeNull()
})

test('folders are made, renamed and removed', async () => {
  const { body } = await ask('POST', '', { name: 'in it', folders: ['A', 'B'] })
  expect((await ask('POST', '/folders', { path: ['C'] })).status).toBe(201)
  const folders = async () =>
    ((await ask('GET', '/folders')).body as unknown as string[][]).filter(([top]) => top !== 'Nights')
  expect(await folders()).toEqual([['A'], ['A', 'B'], ['C']])
  expect((await ask('PATCH', '/folders', { path: ['A', 'B'], to: ['C', 'B'] })).body.change?.says).toBe(
    'Folder “B” moved',
  )
  expect((await ask('GET', `/${body.id}`)).body).toMatchObject({ folders: ['C', 'B'], missing: 0, repeats: 0 })
  expect((await ask('POST', '/folders/remove', { path: ['C'] })).body.change?.says).toBe(
    'Folder “C” removed with 1 playlist',
  )
  expect(await folders()).toEqual([['A']])
})

test('what is no playlist, no track or no filter is refused', async () => {
  const { body } = await ask('POST', '', { name: 'one', track_ids: [1] })
  for (const [method, path, sent, status] of [
    ['POST', '', { name: ' ' }, 422],
    ['POST', '', { name: 'x'.repeat(201) }, 422],
    ['POST', '', { name: 'Fri\u0007day' }, 422],
    ['POST', '', { name: 'Fri\u202eyad' }, 422],
    ['POST', '', { name: 'x', folders: ['a\nb'] }, 422],
    ['POST', '/folders', { path: ['\u2067x'] }, 422],
    ['PATCH', `/${body.id}`, { name: 'Fri\u001b[31mday' }, 422],
    ['POST', '', { name: 'x', track_ids: [4711] }, 404],
    ['POST', '', { name: 'x', filter: 'colour=mauve' }, 422],
    ['POST', '', { name: 'x', filter: 'bpm_min=120', track_ids: [1] }, 422],
    ['POST', '', { name: 'x', filter: 'playlist=4711' }, 404],
    ['POST', '', { name: 'x', limit: 3 }, 422],
    ['POST', '', { name: 'x', folders: [''] }, 422],
    ['PATCH', `/${body.id}`, { filter: 'bpm_min=120' }, 422],
    ['PATCH', `/${body.id}`, { limit: 3 }, 422],
    ['PATCH', `/${body.id}`, { before: 4711 }, 404],
    ['PATCH', '/4711', { name: 'x' }, 404],
    ['POST', `/${body.id}/tracks`, { track_ids: [] }, 422],
    ['POST', `/${body.id}/tracks`, { track_ids: [2], before: 3 }, 404],
    ['POST', `/${body.id}/tracks/move`, { track_ids: [3] }, 404],
    ['POST', '/folders', { path: [] }, 422],
    ['PATCH', '/folders', { path: ['no'], to: ['yes'] }, 404],
    ['POST', '/undo', { change_id: 99_999 }, 409],
  ] as const)
    expect((await ask(method, path, sent)).status, `${method} ${path} ${JSON.stringify(sent).slice(0, 60)}`).toBe(
      status,
    )
  expect((await ask('GET', `/${body.id}/tracks`)).body).toEqual({ track_ids: [1] })
})

test('a folder that an import has called anything is listed, renamed and removed', async () => {
  const folders = ['No\u0007rd ', 'x'.repeat(300)]
  const other = await startTestServer((store) => void store.playlists.add([{ name: 'Old', folders, trackIds: [] }]))
  const change = (method: string, path: string, body: object) =>
    other.json(method, `/api/playlists/folders${path}`, body)
  expect((await other.json('GET', '/api/playlists/folders')).body).toEqual([folders.slice(0, 1), folders])
  expect((await change('PATCH', '', { path: folders, to: ['South'] })).status).toBe(200)
  expect((await change('POST', '/remove', { path: folders.slice(0, 1) })).status).toBe(200)
  expect((await other.json('GET', '/api/playlists/folders')).body).toEqual([['South']])
  await other.close()
})

test('a filter as it is kept is the filter that was meant, whatever it asks for', () => {
  const bool = fc.constantFrom('true', 'false')
  const number = fc.integer({ min: 0, max: 5 }).map(String)
  const word = fc.constantFrom('a b', 'ü&=', '8A')
  const answerTo = (name: string): fc.Arbitrary<string> => {
    if (name === 'sort') return fc.constantFrom(...TRACK_SORTS)
    if (name === 'order') return fc.constantFrom('asc', 'desc')
    if (name.endsWith('_match')) return fc.constantFrom('all', 'any')
    if (name === 'status') return fc.constantFrom('all', 'present', 'missing')
    if (name === 'colour') return fc.constantFrom('red', 'red,green')
    if (name.startsWith('added')) return fc.constant('2026-05-31')
    if (/^(?:has_labels|needs_review|doubtful_grid)$/.test(name)) return bool
    if (name === 'playlist') return fc.constant('3')
    if (name === 'label') return fc.constantFrom('drop', 'intro,outro')
    return /_(?:min|max|from)$/.test(name) ? number : word
  }
  const names = Object.keys(trackQuery.shape).filter((name) => !['limit', 'offset'].includes(name))
  const query = fc.record(Object.fromEntries(names.map((name) => [name, answerTo(name)])), { requiredKeys: [] })
  fc.assert(
    fc.property(query, (asked) => {
      const meant = parseTrackFilter(new URLSearchParams(asked as Record<string, string>).toString())!
      const kept = JSON.parse(JSON.stringify(meant)) as typeof meant
      expect(JSON.parse(JSON.stringify(parseTrackFilter(trackFilterText(kept))))).toEqual(kept)
    }),
  )
})
