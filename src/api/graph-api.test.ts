import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { graphOperations } from './operations/graph.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

type Graph = {
  readonly tracks: { readonly id: readonly number[]; readonly title: readonly string[]; readonly x: readonly number[] }
  readonly transitions: {
    readonly from: readonly number[]
    readonly to: readonly number[]
    readonly score: readonly number[]
  } | null
  readonly islands: readonly (readonly number[])[] | null
  readonly dead_ends: readonly number[] | null
  readonly unreached: readonly number[] | null
  readonly left_out: readonly { readonly reason: string; readonly track_ids: readonly number[] }[]
}
type Pair = {
  readonly is_good: boolean
  readonly proposals: readonly { readonly score: number; readonly sentence: string }[]
  readonly reasons: readonly { readonly code: string; readonly sentence: string }[]
}

let server: TestServer
const ids: Record<string, number> = {}

/** Two keys that mix with nothing of the other, one track far too fast, and one that is not analysed. */
beforeAll(async () => {
  server = await startTestServer((store) => {
    const add = (title: string, camelot: string, bpm: number): void => {
      ids[title] = addFixtureTrack(store, {
        index: Object.keys(ids).length,
        tags: { title, artist: 'A', genre: title.startsWith('Low') ? 'House' : 'Techno' },
        bpm,
        cached: false,
        facts: { camelot, energy: 5, energyCurve: Array.from({ length: 24 }, () => 0.5) },
        kinds: ['intro', 'drop', 'outro'],
      })
    }
    for (const [at, camelot] of ['1A', '1A', '2A'].entries()) add(`Low ${at}`, camelot, 120 + at)
    for (const [at, camelot] of ['7A', '7B'].entries()) add(`High ${at}`, camelot, 122)
    add('Fast', '1A', 170)
    const root = store.roots.list()[0]!
    store.tracks.recordFile(root.id, {
      path: 'new.wav',
      sizeBytes: 1,
      modifiedMs: 1,
      audioDigest: 'new',
      fileDigest: 'new',
      tags: { ...store.tracks.get(ids['Low 0']!)!.tags, title: 'New' },
    })
  })
})
afterAll(() => server.close())

const graph = async (query: string): Promise<Graph> => {
  const { status, body } = await server.json<Graph>('GET', `/api/graph${query}`)
  expect(status).toBe(200)
  // It is written without a check, so that it is checked here.
  expect(graphOperations.graph.response[200].parse(body)).toEqual(body)
  return body
}
const named = (...titles: readonly string[]): readonly number[] => titles.map((title) => ids[title]!)

test('islands, dead ends and what is left out are those of the library', async () => {
  const found = await graph('')
  expect(found.tracks.title).toEqual(['Low 0', 'Low 1', 'Low 2', 'High 0', 'High 1', 'Fast'])
  expect(found.islands).toEqual([named('Low 0', 'Low 1', 'Low 2'), named('High 0', 'High 1'), named('Fast')])
  expect(found.dead_ends).toEqual(named('Fast'))
  expect(found.unreached).toEqual(named('Fast'))
  expect(found.left_out).toEqual([{ reason: 'Not analysed yet.', track_ids: [expect.any(Number)] }])
  const { from, to, score } = found.transitions!
  expect(from.map((id, at) => [id, to[at]]).filter(([one]) => one === ids['High 0'])).toEqual([
    [ids['High 0'], ids['High 1']],
  ])
  expect(Math.min(...score)).toBeGreaterThanOrEqual(0.75)
  expect(Math.max(...score)).toBeLessThanOrEqual(1)
})

test('the same library gives the same graph, and each way to place it differs', async () => {
  const [one, other] = [await graph('?by=key'), await graph('?by=key&pool=sort%3Denergy%26order%3Ddesc')]
  expect(other).toEqual(one)
  const places = await Promise.all(['mix', 'sound', 'key', 'tempo'].map((by) => graph(`?by=${by}`)))
  expect(new Set(places.map(({ tracks }) => tracks.x.join())).size).toBe(4)
  for (const { tracks } of places) for (const x of tracks.x) expect(Math.abs(x)).toBeLessThanOrEqual(1)
})

test('the transitions can be left out, fewer, or of a part of the library', async () => {
  const bare = await graph('?transitions=false')
  expect(bare.tracks.id).toHaveLength(6)
  expect([bare.transitions, bare.islands, bare.dead_ends, bare.unreached]).toEqual([null, null, null, null])
  const single = await graph('?exits=1')
  expect(single.transitions!.from).toEqual(named('Low 0', 'Low 1', 'Low 2', 'High 0', 'High 1'))
  const house = await graph('?pool=genre%3DHouse')
  expect(house.tracks.id).toEqual(named('Low 0', 'Low 1', 'Low 2'))
  expect((await graph('?pool=genre%3DFolk')).tracks.id).toEqual([])
})

test('two tracks are told how they mix, or why not', async () => {
  const pair = async (from: string, to: string): Promise<Pair> =>
    (await server.json<Pair>('GET', `/api/graph/pair?from=${ids[from]}&to=${ids[to]}`)).body
  const good = await pair('Low 0', 'Low 1')
  expect(good).toMatchObject({ is_good: true, reasons: [] })
  expect(good.proposals[0]!.score).toBeGreaterThanOrEqual(0.75)
  const clash = await pair('Low 0', 'High 0')
  expect(clash.is_good).toBe(false)
  expect(clash.reasons[0]).toEqual({ code: 'keys-clash', sentence: 'Their keys clash: 1A and 7A.' })
  expect((await pair('Low 0', 'Fast')).reasons[0]!.code).toBe('tempi-apart')
  expect((await pair('Low 0', 'Low 0')).reasons[0]!.code).toBe('same-track')
})

test.each([
  ['?by=colour', 422],
  ['?exits=0', 422],
  ['?least=2', 422],
  ['?pool=unheard%3Dof', 422],
  ['/pair?from=1', 422],
  ['/pair?from=1&to=99999', 404],
])('%s is refused', async (query, status) => {
  const answer = await server.json<{ code: string }>('GET', `/api/graph${query}`)
  expect(answer.status).toBe(status)
  expect(answer.body.code).toMatch(/^[A-Z_]+$/)
})

test('how far a graph is comes as events, and a graph that is known already is not computed again', async () => {
  const told: string[] = []
  const { stop } = await server.app.events.follow(null, ({ event }) => {
    if (event.type !== 'graph') return
    expect(event.done).toBeLessThanOrEqual(event.total)
    told.push(event.stage)
  })
  await graph('?least=0.61')
  expect([...new Set(told)]).toEqual(['reading', 'connecting', 'placing'])
  told.length = 0
  await graph('?least=0.61')
  stop()
  expect([...new Set(told)]).toEqual(['reading'])
})
