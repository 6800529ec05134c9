import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { initCatalogue, type OpenCatalogue, openCatalogue, openKeeper } from '../catalogue.ts'
import { putFixtureTrack } from '../engine/catalogue/catalogue.fixture.ts'
import { type Connection, connect } from '../platform/catalogue/connect.ts'
import { NO_POSTGRES, sharedPostgres } from '../platform/catalogue/postgres.fixture.ts'
import { type AnswerLog, type CatalogueServer, startCatalogueServer } from './start-catalogue-server.ts'

const postgres = sharedPostgres()
let connection: Connection
const opened: OpenCatalogue[] = []
const servers: CatalogueServer[] = []
const logs: AnswerLog[] = []
const bugs: unknown[] = []
const tokens: Record<string, string> = {}
let track = 0

beforeAll(async () => {
  if (postgres === null) return
  const url = postgres.database()
  tokens.owner = (await initCatalogue(url, null)).owner.token
  const keeper = await openKeeper(url)
  for (const name of ['mia', 'tom']) tokens[name] = await keeper.grant({ name, role: 'labeller', team: 'radio' })
  tokens.ada = await keeper.grant({ name: 'ada', role: 'reader', team: 'radio' })
  await keeper.close()
  connection = connect(url)
  track = await putFixtureTrack(connection.sql, { title: 'Here', embedding: [1, 0.1] })
  await putFixtureTrack(connection.sql, { title: 'Near', bpm: 121, embedding: [1, 0.2] })
  await putFixtureTrack(connection.sql, { title: 'Far', bpm: 170, embedding: [-0.2, 1] })
  for (let count = 0; count < 2; count++) {
    const catalogue = await openCatalogue(url)
    opened.push(catalogue)
    servers.push(
      await startCatalogueServer(catalogue, {
        host: '127.0.0.1',
        port: 0,
        report: (bug) => bugs.push(bug),
        log: (answer) => logs.push(answer),
      }),
    )
  }
})
beforeEach(({ skip }) => skip(postgres === null, NO_POSTGRES))
afterAll(async () => {
  for (const server of servers) await server.close()
  for (const { app } of opened) await app.close()
  await connection?.close()
})

type Asked = { readonly server?: number; readonly who?: string; readonly method?: string; readonly body?: object }
const ask = (path: string, { server = 0, who, method = 'GET', body }: Asked = {}): Promise<Response> =>
  fetch(`${servers[server]!.address}${path}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(who === undefined ? {} : { authorization: `Bearer ${tokens[who] ?? who}` }),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const told = async (path: string, asked: Asked): Promise<Record<string, unknown>> =>
  (await ask(path, asked)).json() as Promise<Record<string, unknown>>

test('nobody is answered without a token of a user, but whoever keeps the server running', async () => {
  for (const path of ['/api/tracks', `/api/tracks/${track}`, '/api/openapi.json', '/api/ready', '/metrics', '/'])
    for (const who of [undefined, 'wrong', `1.${'x'.repeat(43)}`]) {
      const answer = await ask(path, who === undefined ? {} : { who })
      expect([path, who, answer.status]).toEqual([path, who, 401])
    }
  expect(await told('/healthz', {})).toEqual({ alive: true })
  expect(await told('/readyz', {})).toEqual({ ready: true })
})

test('an address with a token leaves it in a cookie, which then lets in', async () => {
  const answer = await ask(`/?token=${tokens.ada}`)
  expect(answer.status).toBe(303)
  const cookie = answer.headers.get('set-cookie')!
  expect(cookie).toContain('HttpOnly')
  const listed = await fetch(`${servers[0]!.address}/api/tracks`, { headers: { cookie: cookie.split(';')[0]! } })
  expect(listed.status).toBe(200)
})

test('tracks are listed and told of as those of a library', async () => {
  const list = await told('/api/tracks?sort=bpm&limit=2', { who: 'ada' })
  expect(list).toMatchObject({ total: 3, tracks: [{ title: 'Here', tempo_bpm: 120 }, { title: 'Near' }] })
  expect(await told(`/api/tracks/${track}`, { who: 'ada' })).toMatchObject({
    title: 'Here',
    camelot: '8A',
    grid: { grid: { beat_count: 256 } },
    labels: [],
    suggestions: [],
  })
  const similar = (await told(`/api/tracks/${track}/similar?tempo_within=3`, { who: 'ada' })) as unknown as object[]
  expect(similar).toMatchObject([{ track: { title: 'Near' }, key_relation: 'same' }])
  expect(await told('/api/health', { who: 'ada' })).toMatchObject({ tracks: 3, jobs: { waiting: 0, running: 0 } })
})

test('two people on two servers label a track: what the first has saved is not lost', async () => {
  const { labels_revision: seen } = await told(`/api/tracks/${track}`, { who: 'mia' })
  const save = (server: number, who: string, kind: string): Promise<Response> =>
    ask(`/api/tracks/${track}/labels`, {
      server,
      who,
      method: 'PUT',
      body: { revision: seen, labels: [{ label_value: kind, start_beat: 0, end_beat: 32 }] },
    })
  const answers = await Promise.all([save(0, 'mia', 'intro'), save(1, 'tom', 'drop')])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const refused = (await answers.find(({ status }) => status === 409)!.json()) as { code: string }
  expect(refused.code).toBe('LABELS_CHANGED')
  const winner = answers[0]!.status === 200 ? 'intro' : 'drop'
  for (const server of [0, 1])
    expect(await told(`/api/tracks/${track}`, { server, who: 'tom' })).toMatchObject({
      labels: [{ label_value: winner }],
    })
  expect(await told(`/api/tracks/${track}`, { who: 'owner' })).toMatchObject({ labels: [] })
})

test('an edit on one server is told by the other, and replayed to whoever was away', async () => {
  const stream = async (lastId: string | null): Promise<{ readonly until: (text: string) => Promise<string> }> => {
    const ended = new AbortController()
    const answer = await fetch(`${servers[1]!.address}/api/events`, {
      signal: ended.signal,
      headers: { authorization: `Bearer ${tokens.tom}`, ...(lastId === null ? {} : { 'last-event-id': lastId }) },
    })
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    let heard = ''
    const hear = async (text: string): Promise<void> => {
      while (!heard.includes(text)) heard += (await reader.read()).value ?? ''
    }
    // What happens before that is known to whoever asks for the state now.
    if (lastId === null) await hear('event: hello')
    return {
      until: async (text) => {
        await hear(text)
        ended.abort()
        return heard
      },
    }
  }
  const live = await stream(null)
  const [{ lastId }] = (await connection.sql<{ lastId: string }>(
    'SELECT max(id)::text AS "lastId" FROM algiers.events',
  )) as [{ lastId: string }]
  const body = { track_id: track, label_value: 'outro', start_beat: 64, end_beat: 96 }
  expect((await ask('/api/training/labels', { who: 'mia', method: 'POST', body })).status).toBe(201)
  expect(await live.until('event: labels')).toContain(`"track_ids":[${track}]`)
  expect(await (await stream(lastId)).until('event: labels')).toContain(`"track_ids":[${track}]`)
})

test('who only looks changes nothing, and what a catalogue cannot do is refused by code', async () => {
  const body = { track_id: track, label_value: 'drop', start_beat: 128, end_beat: 160 }
  const refused = await ask('/api/training/labels', { who: 'ada', method: 'POST', body })
  expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([403, 'FORBIDDEN'])
  for (const path of ['/api/sets', '/api/tracks?needs_review=true', '/api/backups']) {
    const answer = await ask(path, { who: 'owner' })
    expect([path, answer.status, ((await answer.json()) as { code: string }).code]).toEqual([
      path,
      501,
      'NOT_IN_A_CATALOGUE',
    ])
  }
})

test('figures are for owners, and name no secret; neither does what is told of answers', async () => {
  expect((await ask('/metrics', { who: 'mia' })).status).toBe(403)
  const metrics = await (await ask('/metrics', { who: 'owner' })).text()
  expect(metrics).toContain('algiers_catalogue_files{state="waiting"} 0')
  expect(metrics).toMatch(/algiers_http_request_seconds_count\{method="GET",route="\/api\/tracks",status="200"\} \d/)
  const said = metrics + JSON.stringify(logs)
  for (const token of Object.values(tokens)) expect(said).not.toContain(token.split('.')[1])
  expect(logs).toContainEqual(expect.objectContaining({ route: '/api/tracks', status: 200, user: 'ada' }))
  expect(bugs).toEqual([])
})

test('while the database is away a server says so, and goes on once it is back', async () => {
  postgres!.restart()
  await expect.poll(async () => (await ask('/readyz')).status).toBe(200)
  expect((await ask('/api/tracks', { who: 'ada' })).status).toBe(200)
})
