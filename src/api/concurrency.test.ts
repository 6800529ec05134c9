import { afterAll, beforeAll, expect, test } from 'vitest'
import { createRandom } from '../core/support/random.ts'
import { addFixtureTrack, addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

let server: TestServer
let track = 0
beforeAll(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store)
    track = addFixtureTrack(store, { index: 50 })
  })
})
afterAll(() => server.close())

type Answer = { readonly status: number; readonly body: { readonly code?: string; readonly job_id?: string } }
const ask = (method: string, path: string, body?: unknown): Promise<Answer> =>
  server.json<Answer['body']>(method, path, body)
const times = <Result>(count: number, work: (index: number) => Promise<Result>): Promise<Result[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)))

test('of trainings that are started at once there is one, and all others are told which', async () => {
  const answers = await times(40, () => ask('POST', '/api/training/start', { epochs: 5 }))
  const [started, ...more] = answers.filter(({ status }) => status === 202)
  expect(more).toEqual([])
  const refused = answers.filter(({ status }) => status !== 202)
  expect(refused).toHaveLength(39)
  for (const answer of refused)
    expect(answer).toMatchObject({ status: 409, body: { code: 'TRAINING_IN_PROGRESS', job_id: started!.body.job_id } })
  expect((await server.json<unknown[]>('GET', '/api/training/jobs')).body).toHaveLength(1)
  await until(async () => {
    const { body } = await server.json<{ status: string }>('GET', `/api/training/jobs/${started!.body.job_id}`)
    return body.status === 'completed' ? true : null
  })
})

type Label = { id: number; start_beat: number; end_beat: number }

test('eight clients at work on one track leave labels that do not overlap, and every refusal has its code', async () => {
  const labels = async (): Promise<Label[]> =>
    (await server.json<Label[]>('GET', `/api/training/labels?track_id=${track}`)).body
  const act = async (random: () => number): Promise<Answer> => {
    const start_beat = 4 * Math.floor(random() * 20)
    const label = { label_value: 'drop', start_beat, end_beat: start_beat + 4 * (1 + Math.floor(random() * 4)) }
    const known = await labels()
    const id = known[Math.floor(random() * known.length)]?.id ?? 1
    const kind = Math.floor(random() * 5)
    if (kind === 0) return ask('POST', '/api/training/labels', { track_id: track, ...label })
    if (kind === 1) return ask('POST', '/api/training/labels?overlap=trim', { track_id: track, ...label })
    if (kind === 2) return ask('PATCH', `/api/training/labels/${id}?overlap=trim`, { label_value: 'break' })
    if (kind === 3) return ask('DELETE', `/api/training/labels/${id}`)
    return ask('PUT', `/api/tracks/${track}/labels`, { labels: [label] })
  }
  const answers = await times(8, async (client) => {
    const random = createRandom(client + 1)
    const own: Answer[] = []
    for (let step = 0; step < 25; step++) own.push(await act(random))
    return own
  })
  const outcomes = new Set(answers.flat().map(({ status, body }) => `${status} ${body.code ?? 'done'}`))
  const expected = ['200 done', '201 done', '404 LABEL_NOT_FOUND', '409 LABEL_OVERLAP']
  expect([...outcomes].filter((outcome) => !expected.includes(outcome))).toEqual([])
  expect(outcomes).toContain('201 done')
  const left = await labels()
  for (const [at, label] of left.entries())
    if (at > 0) expect(label.start_beat).toBeGreaterThanOrEqual(left[at - 1]!.end_beat)
})

test('two who edit the labels they both read: one is done, the other is told, each time', async () => {
  type Details = { labels_revision: string }
  for (let round = 0; round < 5; round++) {
    const { labels_revision: revision } = (await server.json<Details>('GET', `/api/tracks/${track}`)).body
    const answers = await times(8, (client) =>
      ask('PUT', `/api/tracks/${track}/labels`, {
        revision,
        labels: [{ label_value: 'verse', start_beat: 4 * (client + round), end_beat: 48 + 4 * client }],
      }),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array<number>(7).fill(409)])
  }
})

test('versions that are activated and deleted at once: one is active, and it is there', async () => {
  const bundle = await (await server.request('GET', '/api/training/models/1/export')).arrayBuffer()
  const take = (): Promise<Response> =>
    fetch(`${server.address}/api/training/models/import`, {
      method: 'POST',
      body: bundle,
      headers: { 'content-type': 'application/octet-stream' },
    })
  expect((await times(6, take)).map(({ status }) => status)).toEqual(Array(6).fill(201))
  const answers = await times(42, (n) => {
    const version = 1 + (n % 7)
    return n % 3 === 0
      ? ask('DELETE', `/api/training/models/${version}`)
      : ask('POST', `/api/training/models/${version}/activate`)
  })
  for (const { status, body } of answers) expect([200, 404, 409], `${status} ${body.code}`).toContain(status)
  const { body: models } = await server.json<{ version: number; is_active: boolean }[]>('GET', '/api/training/models')
  const active = models.filter(({ is_active }) => is_active)
  expect(active).toHaveLength(1)
  expect((await ask('GET', `/api/training/models/${active[0]!.version}`)).status).toBe(200)
})
