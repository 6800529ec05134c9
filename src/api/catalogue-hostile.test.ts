/** What no database takes as it is: characters that text has none of, numbers beyond its own, names of any length. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { initCatalogue, type OpenCatalogue, openCatalogue } from '../catalogue.ts'
import { putFixtureTrack } from '../engine/catalogue/catalogue.fixture.ts'
import { connect } from '../platform/catalogue/connect.ts'
import { NO_POSTGRES, sharedPostgres } from '../platform/catalogue/postgres.fixture.ts'
import { type CatalogueServer, startCatalogueServer } from './start-catalogue-server.ts'

const postgres = sharedPostgres()
let catalogue: OpenCatalogue
let server: CatalogueServer
let token: string
const bugs: unknown[] = []

beforeAll(async () => {
  if (postgres === null) return
  const url = postgres.database()
  token = (await initCatalogue(url, null)).owner.token
  const connection = connect(url)
  await putFixtureTrack(connection.sql, { title: 'Here', embedding: [1] })
  await connection.close()
  catalogue = await openCatalogue(url)
  const report = (bug: unknown): unknown => bugs.push(bug)
  server = await startCatalogueServer(catalogue, { host: '127.0.0.1', port: 0, report, log: () => {} })
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  await server?.close()
  await catalogue?.app.close()
})

const ask = async (method: string, path: string, body?: unknown): Promise<number> => {
  const answer = await fetch(`${server.address}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  await answer.arrayBuffer()
  return answer.status
}

const TEXTS = [
  '\0',
  'a\0b',
  '\ud800',
  '\u{10ffff}',
  "'; DROP TABLE algiers.tracks; --",
  '\\u0000',
  'x'.repeat(3000),
  '%_\\',
]
const NUMBERS = ['2147483648', '9007199254740991', '99999999999999999999', '-1', '0', '1e9', '1.5', 'NaN']

test('whatever stands in an address is answered, and never as a fault of ours', async () => {
  const wrong: unknown[] = []
  const paths = [
    ...TEXTS.map((text) => encodeURIComponent(text.toWellFormed())).flatMap((text) => [
      `/api/tracks?text=${text}`,
      `/api/tracks?genre=${text}`,
      `/api/tracks?heard=${text}`,
      `/api/tracks?key=${text}`,
      `/api/tracks/${text}`,
      `/api/tracks/${text}/similar`,
      `/api/tracks/${text}/labels`,
      `/api/sections/${text}`,
    ]),
    ...NUMBERS.flatMap((number) => [
      `/api/tracks?limit=${number}`,
      `/api/tracks?offset=${number}`,
      `/api/tracks?bpm_min=${number}`,
      `/api/tracks?year_min=${number}`,
      `/api/tracks?duration_min=${number}`,
      `/api/tracks?playlist_id=${number}`,
      `/api/tracks/${number}`,
      `/api/labels/${number}`,
      `/api/playlists/${number}`,
      `/api/playlists/${number}/tracks`,
      `/api/jobs/${number}`,
      `/api/sections/1-${number}`,
      `/api/sections/${number}-1/similar`,
      `/api/tracks/1/sections?version=${number}`,
      `/api/suggestions?track_id=${number}`,
    ]),
  ]
  for (const path of paths) {
    const status = await ask('GET', path)
    if (status >= 500) wrong.push([path.slice(0, 60), status])
  }
  expect(wrong).toEqual([])
  expect(bugs).toEqual([])
})

test('whatever stands in a body is answered, and never as a fault of ours', async () => {
  const wrong: unknown[] = []
  const bodies = [
    ...TEXTS.flatMap((name) => [
      ['POST', '/api/playlists', { name, folders: [name], track_ids: [] }],
      ['POST', '/api/playlists', { name: 'x', folders: [], filter: `text=${encodeURIComponent(name.toWellFormed())}` }],
      ['POST', '/api/playlists/folders', { path: [name] }],
    ]),
    ...[2 ** 31, 2 ** 53, -1, 0, 1.5].flatMap((number) => [
      ['POST', '/api/playlists', { name: 'x', folders: [], track_ids: [number] }],
      ['POST', '/api/playlists/1/tracks', { track_ids: [number], before: number }],
      ['POST', '/api/playlists/undo', { change_id: number }],
      ['PUT', '/api/tracks/1/labels', { labels: [{ label: 'drop', start_beat: 0, end_beat: number }] }],
    ]),
  ] as const
  for (const [method, path, body] of bodies) {
    const status = await ask(method as string, path as string, body)
    if (status >= 500) wrong.push([method, path, JSON.stringify(body).slice(0, 80), status])
  }
  expect(wrong).toEqual([])
  expect(bugs).toEqual([])
})
