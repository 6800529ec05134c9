import { afterEach, beforeEach, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

const IMPORT = '/api/training/labels/import'
let server: TestServer
let track = 0
beforeEach(async () => {
  server = await startTestServer((store) => {
    track = addFixtureTrack(store, { index: 1 })
  })
})
afterEach(() => server.close())

type Job = {
  job_id: string
  kind: string
  status: string
  progress: object
  result: object | null
  error: object | null
}
const jobs = async (): Promise<readonly Job[]> => (await server.json<Job[]>('GET', '/api/jobs?kind=import')).body
const LARGE = Array.from({ length: 60_000 }, (_, at) => `${at / 1000}\t${(at + 1) / 1000}\tdrop`).join('\n')
const SMALL = '0.0\t16.0\tdrop\n'

test('while a large file is imported, others are answered: the import is a job, whose result is the answer', async () => {
  const importing = server.json<object>('POST', IMPORT, { files: [{ name: 'a.txt', text: LARGE }], track_id: track })
  let isDone = false
  void importing.then(() => {
    isDone = true
  })
  const [job] = await until(async () => ((await jobs()).length > 0 ? await jobs() : null))
  expect([isDone, job!.kind]).toEqual([false, 'import'])
  const { status, body } = await importing
  expect(status).toBe(200)
  expect((await jobs())[0]).toMatchObject({ job_id: job!.job_id, status: 'completed', result: body })
})

test('who does not wait is told the job, and follows it', async () => {
  const files = [{ name: 'a.txt', text: SMALL }]
  const { status, body } = await server.json<Job>('POST', `${IMPORT}?wait=false`, { files, track_id: track })
  expect([status, body]).toEqual([202, { job_id: expect.stringMatching(/^job_\d+$/), message: 'import job started' }])
  const ended = await until(async () => {
    const job = (await server.json<Job>('GET', `/api/jobs/${body.job_id}`)).body
    return job.result === null ? null : job
  })
  expect(ended).toMatchObject({
    status: 'completed',
    progress: { stage: 'importing', done: 1, total: 1, fraction: 1 },
    result: { imported: 1, tracks: [track], files: [{ file: 'a.txt', reasons: [] }] },
  })
})

test('a dry run is no job, and what cannot be meant starts none', async () => {
  const files = [{ name: 'a.txt', text: SMALL }]
  expect((await server.json('POST', IMPORT, { files, track_id: track, dry_run: true })).body).toMatchObject({
    imported: 1,
  })
  expect((await server.json('POST', IMPORT, { files, track_id: 4711 })).status).toBe(404)
  expect((await server.json('POST', `${IMPORT}?wait=perhaps`, { files })).status).toBe(422)
  expect(await jobs()).toEqual([])
})
