import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodeOnnx } from '../core/models/onnx-decode.ts'
import { encodeOnnx } from '../core/models/onnx-encode.ts'
import { addFixtureTrack, addLabelledTracks } from '../engine/kit/library.fixture.ts'
import { digestOf } from '../platform/store/digest.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

let server: TestServer
let bare = 0
beforeAll(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store)
    bare = addFixtureTrack(store, { index: 50, bpm: 120 })
  })
})
afterAll(() => server.close())

type Label = { id: number; label_value: string; start_beat: number; end_beat: number; start_time_seconds: number }
type Problem = { code: string; title: string; detail: string; error: string; hint: string; overlapping: number[] }

type Training = {
  job_id: string
  status: string
  accuracy: number | null
  f1_score: number | null
  current_loss: number | null
  model_version: number | null
  model_path: string | null
  total_epochs: number | null
}
type Model = { version: number; is_active: boolean; training_job_id: string | null; accuracy: number }
const MODELS = '/api/training/models'

test.each([
  [['intro', 'outro'], 'NEED_MORE_CLASSES', 'Need 2+ classes'],
  [['intro', 'drop', 'outro'], 'NEED_MORE_LABELS', 'Need more labels'],
])('without %j there is too little to learn from, and no job begins', async (exclude, code, title) => {
  const refused = await server.json<Problem>('POST', '/api/training/start', { exclude })
  expect(refused).toMatchObject({ status: 409, body: { code, title, min_samples_required: 10 } })
  expect((await server.json('GET', '/api/training/jobs')).body).toEqual([])
})

test('a training runs as a job with real figures, and its model is listed, activated, given away and taken back', async () => {
  const begun = await server.json<{ job_id: string; message: string }>('POST', '/api/training/start', { seed: 4 })
  expect(begun).toEqual({
    status: 202,
    body: { job_id: expect.stringMatching(/^job_\d+$/), message: 'training job started' },
  })
  const { job_id } = begun.body
  const second = await server.json<Problem & { job_id: string }>('POST', '/api/training/start')
  expect(second).toMatchObject({ status: 409, body: { code: 'TRAINING_IN_PROGRESS', job_id } })
  const seen = new Set<string>()
  const ended = await until(async () => {
    const { body } = await server.json<Training>('GET', `/api/training/jobs/${job_id}`)
    seen.add(body.status)
    if (body.status !== 'completed') expect(body).toMatchObject({ accuracy: null, model_version: null })
    return ['completed', 'failed'].includes(body.status) ? body : null
  })
  expect(ended).toMatchObject({
    status: 'completed',
    model_version: 1,
    model_path: expect.stringContaining('dj_section_v1.onnx'),
  })
  expect(ended.accuracy).toBeGreaterThan(0.9)
  expect(ended.current_loss).toBeGreaterThan(0)
  for (const status of seen) expect(['pending', 'preparing', 'training', 'evaluating', 'completed']).toContain(status)

  const { body: models } = await server.json<Model[]>('GET', `${MODELS}?type=dj_section`)
  expect(models).toMatchObject([{ version: 1, is_active: false, training_job_id: job_id, accuracy: ended.accuracy }])
  expect((await server.json('POST', `${MODELS}/1/activate`)).body).toMatchObject({ version: 1, previous_version: null })
  expect((await server.json<Problem>('DELETE', `${MODELS}/1`)).body.code).toBe('MODEL_ACTIVE')
  const bundle = await (await server.request('GET', `${MODELS}/1/export`)).arrayBuffer()
  const taken = await fetch(`${server.address}${MODELS}/import`, {
    method: 'POST',
    body: bundle,
    headers: { 'content-type': 'application/octet-stream' },
  })
  expect(taken.status).toBe(201)
  expect(await taken.json()).toMatchObject({ version: 2, is_active: false })
  const newer = Buffer.from(bundle).toString('latin1').replace('"format_version":1', '"format_version":2')
  const refused = await fetch(`${server.address}${MODELS}/import`, {
    method: 'POST',
    body: Buffer.from(newer, 'latin1'),
    headers: { 'content-type': 'application/octet-stream' },
  })
  expect({ status: refused.status, body: await refused.json() }).toMatchObject({
    status: 422,
    body: { code: 'INCOMPATIBLE_MODEL', status: 422, found: { bundle_format: 2 } },
  })
  const comparison = await server.json(`GET`, `/api/compare?one=1&other=2&track_id=${bare}`)
  expect(comparison.body).toMatchObject({ difference: { accuracy: 0 }, sections: [{ version: 1 }, { version: 2 }] })
  expect((await server.request('DELETE', `${MODELS}/2`)).status).toBe(200)
  expect((await server.json<Model[]>('GET', MODELS)).body).toHaveLength(1)
  expect((await server.json<{ card: { scoreboard: object } }>('GET', `${MODELS}/1`)).body.card.scoreboard).toBeTruthy()
})

test('a version of other features is refused as a state of this library, and the detail names no folder', async () => {
  const file = (version: number, ending: string): string =>
    join(server.dataDir, 'models', `dj_section_v${version}.${ending}`)
  const onnx = encodeOnnx({ ...decodeOnnx(readFileSync(file(1, 'onnx'))), featureSpec: '0'.repeat(64) })
  const card = { ...JSON.parse(readFileSync(file(1, 'json'), 'utf8')), version: 9, sha256: digestOf(onnx) }
  writeFileSync(file(9, 'onnx'), onnx)
  writeFileSync(file(9, 'json'), JSON.stringify(card))
  expect(await server.json('POST', `${MODELS}/9/activate`)).toMatchObject({
    status: 409,
    body: { code: 'INCOMPATIBLE_MODEL', status: 409 },
  })
  const [, whole] = [await server.request('DELETE', `${MODELS}/9`), await server.json<Problem>('GET', `${MODELS}/9`)]
  expect(whole).toMatchObject({ status: 404, body: { code: 'MODEL_NOT_FOUND' } })
  for (const [method, path] of [
    ['GET', '/77'],
    ['DELETE', '/77'],
    ['POST', '/77/activate'],
    ['GET', '/77/export'],
  ] as const) {
    const answer = await server.request(method, MODELS + path)
    const text = await answer.text()
    expect([method, path, answer.status, text.includes(server.dataDir)]).toEqual([method, path, 404, false])
  }
})

test('the active model suggests sections, and what was decided stays decided', async () => {
  type Suggestion = { id: string; kind: string }
  const list = async (): Promise<Suggestion[]> =>
    (await server.json<Suggestion[]>('GET', `/api/suggestions?track_id=${bare}`)).body
  const [first, other] = await until(async () => {
    const found = await list()
    return found.length >= 2 ? found : null
  })
  const whole = await server.json<{ suggestions: Suggestion[] }>('GET', `/api/tracks/${bare}`)
  expect(whole.body).toMatchObject({ label_count: 0, labels: [], sections: { version: 1 } })
  expect(whole.body.suggestions[0]!.id).toBe(first!.id)
  const accepted = await server.json<{ labels: Label[] }>('POST', `/api/tracks/${bare}/suggestions/${first!.id}/accept`)
  expect(accepted).toMatchObject({
    status: 201,
    body: { labels: [{ label_value: first!.kind, source: 'auto_detected' }] },
  })
  expect((await server.request('POST', `/api/tracks/${bare}/suggestions/${other!.id}/reject`)).status).toBe(200)
  const left = (await list()).map(({ id }) => id)
  expect(left).not.toContain(first!.id)
  expect(left).not.toContain(other!.id)
})

test('the library is read again on demand, by a version that is there', async () => {
  const asked = await server.json<{ job_id: string }>('POST', '/api/classify', { version: 1, track_ids: [bare] })
  expect(asked.status).toBe(202)
  const ended = await until(async () => {
    const { body } = await server.json<{ status: string }>('GET', `/api/jobs/${asked.body.job_id}`)
    return body.status === 'completed' ? body : null
  })
  expect(ended).toMatchObject({ kind: 'classify', progress: { fraction: 1 } })
  expect((await server.json<Problem>('POST', '/api/classify', { version: 77 })).body.code).toBe('MODEL_NOT_FOUND')
  expect(await server.json('POST', '/api/classify', { version: 1, track_ids: [bare, 4711] })).toMatchObject({
    status: 404,
    body: { code: 'TRACK_NOT_FOUND', track_ids: [4711] },
  })
})

test('cancelling is idempotent and quick, and no job is 404', async () => {
  const { body } = await server.json<{ job_id: string }>('POST', '/api/training/start')
  const cancel = (): Promise<{ status: number; body: Training }> =>
    server.json<Training>('POST', `/api/training/jobs/${body.job_id}/cancel`)
  expect((await cancel()).body.status).toBe('cancelled')
  expect(await cancel()).toMatchObject({ status: 200, body: { status: 'cancelled', model_version: null } })
  for (const job of ['job_9999', 'nonsense', 'job_1e9'])
    expect(await server.json<Problem>('GET', `/api/training/jobs/${job}`)).toMatchObject({
      status: 404,
      body: { code: 'JOB_NOT_FOUND' },
    })
})

test('why a part of a track is called what it is called, and where it is heard again', async () => {
  const evidence = await server.json<{
    kinds: string[]
    kind: string
    bars: { probabilities: number[] }[]
    evidence: object[]
    elsewhere: object[]
  }>('GET', '/api/tracks/1/evidence?start_beat=32&end_beat=64')
  expect(evidence).toMatchObject({ status: 200, body: { kind: 'drop' } })
  expect(evidence.body.bars).toHaveLength(8)
  expect(evidence.body.bars[0]!.probabilities).toHaveLength(evidence.body.kinds.length)
  expect(evidence.body.evidence.length).toBeGreaterThan(0)
  expect(evidence.body.elsewhere).toBeInstanceOf(Array)
  const repeats = await server.json<{ start_beat: number; end_beat: number }[]>(
    'GET',
    '/api/tracks/1/repeats?start_beat=0&end_beat=16',
  )
  expect(repeats.status).toBe(200)
  for (const { start_beat, end_beat } of repeats.body) expect(end_beat - start_beat).toBe(16)
  expect(await server.json('GET', '/api/tracks/1/evidence?start_beat=64&end_beat=32')).toMatchObject({
    status: 422,
    body: { code: 'LABEL_SPAN_INVALID' },
  })
  expect(await server.json('GET', '/api/tracks/1/repeats?start_beat=0&end_beat=4000')).toMatchObject({
    status: 422,
    body: { code: 'LABEL_OUT_OF_TRACK' },
  })
})
