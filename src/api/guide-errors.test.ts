import { afterEach, beforeEach, expect, test } from 'vitest'
import { toErrorReport, UserError } from '../core/support/user-error.ts'
import { NOTHING_DONE } from '../engine/jobs/job-records.ts'
import { addFixtureTrack, addLabelledTracks } from '../engine/kit/library.fixture.ts'
import type { Store } from '../platform/store/store.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

/** The words of the guide's troubleshooting tables, which clients of the original look for in `error` and `error_message`. */
let server: TestServer
const serve = async (fill: (store: Store) => void): Promise<void> => {
  server = await startTestServer(fill)
}
const failTraining = (store: Store, error: UserError): void => {
  const { id } = store.jobs.add({ kind: 'train', status: 'pending', priority: 1, payload: {}, progress: NOTHING_DONE })
  store.jobs.update(id, { status: 'failed', error: toErrorReport(error) })
}
beforeEach(() =>
  serve((store) => {
    addLabelledTracks(store)
    for (let index = 60; index < 69; index++) addFixtureTrack(store, { index, kinds: ['build'] })
    failTraining(store, new UserError('TRAINING_TIMEOUT', 'The training was stopped after 600 s, 12 % done.'))
    failTraining(store, new UserError('MODEL_EXPORT_FAILED', 'dj_section_v1.onnx: ENOSPC.'))
  }),
)
afterEach(() => server.close())

test.each([
  ['POST', '/api/training/start', {}, 'Need more labels: build has 9 of 10'],
  ['POST', '/api/training/start', { exclude: ['build', 'intro', 'outro'] }, 'Need 2+ classes: '],
  ['POST', '/api/training/models/7/activate', undefined, 'Model not found: '],
  ['DELETE', '/api/training/models/7', undefined, 'Model not found: '],
])('%s %s with %j is refused in the words of the guide', async (method, path, body, words) => {
  const { body: problem } = await server.json<{ error: string; title: string; detail: string }>(method, path, body)
  expect(problem.error.slice(0, words.length)).toBe(words)
  expect(problem.error).toBe(`${problem.title}: ${problem.detail}`)
})

test('why a training failed begins with the words of the guide, and its hint stands beside it', async () => {
  expect((await server.json('GET', '/api/training/jobs')).body).toMatchObject([
    { error_message: 'Model export failed: dj_section_v1.onnx: ENOSPC.', error_hint: 'Check disk space, restart' },
    {
      error_message: 'Training timeout: The training was stopped after 600 s, 12 % done.',
      error_hint: 'Reduce dataset size or check memory',
    },
  ])
})
