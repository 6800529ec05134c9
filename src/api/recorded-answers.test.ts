import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

/**
 * Other tests hold what they ask for; this holds every answer whole, so that moving code about changes nothing unseen.
 * `RECORD_ANSWERS=1 npx vitest run recorded-answers && npm run format` writes it anew.
 */
const RECORD = join(import.meta.dirname, 'recorded-answers.json')

type Answer = {
  readonly request: string
  readonly status: number
  readonly type: string | null
  readonly body: unknown
}
type Request = readonly [method: string, path: string, body?: unknown]

const LABEL = { track_id: 3, label_value: 'intro', start_beat: 0, end_beat: 16 } as const
const MARKS = [{ name: 'marks.txt', text: '32.0\t48.0\tOutro\n40.0\t44.0\tnonsense\n' }] as const

/** Asked one after the other, so that each edit is seen by what follows. */
const REQUESTS: readonly Request[] = [
  ['GET', '/api/tracks?sort=bpm&order=desc'],
  ['GET', '/api/tracks?compatible_with=8A&has_labels=true&limit=1'],
  ['GET', '/api/tracks?limit=0'],
  ['GET', '/api/tracks/1'],
  ['GET', '/api/tracks/99'],
  ['GET', '/api/tracks/1/similar?tempo_within=10'],
  ['GET', '/api/tracks/1/transition?to=2'],
  ['GET', '/api/tracks/1/sections'],
  ['GET', '/api/tracks/1/repeats?start_beat=0&end_beat=16'],
  ['GET', '/api/sections/1-40'],
  ['POST', '/api/training/labels', LABEL],
  ['POST', '/api/training/labels', LABEL],
  ['POST', '/api/training/labels', { ...LABEL, label_value: 'drop', start_beat: 8, end_beat: 32 }],
  ['POST', '/api/training/labels?overlap=trim', { ...LABEL, label_value: 'drop', start_beat: 8, end_beat: 32 }],
  ['POST', '/api/training/labels', { ...LABEL, label_value: 'bridge' }],
  ['POST', '/api/training/labels', { track_id: 'three' }],
  ['PATCH', '/api/training/labels/1', { label_value: 'build', start_time_seconds: 1.1 }],
  ['PUT', '/api/tracks/2/labels', { labels: [{ label_value: 'chorus', start_beat: 0, end_beat: 64 }] }],
  ['PUT', '/api/tracks/2/labels', { revision: 'of long ago', labels: [] }],
  ['DELETE', '/api/training/labels/2'],
  ['DELETE', '/api/training/labels/2'],
  ['POST', '/api/training/labels/import', { files: MARKS, track_id: 3, dry_run: true }],
  ['POST', '/api/training/labels/import', { files: MARKS, track_id: 3 }],
  ['GET', '/api/training/labels/export?format=audacity&track_id=3'],
  ['GET', '/api/training/labels/stats'],
  ['POST', '/api/tracks/3/grid', { kind: 'double', version: 1 }],
  ['POST', '/api/tracks/3/grid', { kind: 'double', version: 1 }],
  ['GET', '/api/training/labels?track_id=3'],
  ['POST', '/api/training/start'],
  ['GET', '/api/compare?one=1&other=2'],
  ['PATCH', '/api/settings', { suggestion_min_confidence: 0.25 }],
  ['PATCH', '/api/settings', { suggestion_min_confidence: 0.5, workers: 1000 }],
  ['GET', '/api/ml/settings'],
  ['PUT', '/api/tracks', {}],
]

let server: TestServer
beforeAll(async () => {
  server = await startTestServer((store) => {
    const facts = { energy: 7, key: 'A minor', camelot: '8A', keyConfidence: 0.5 }
    const tags = { title: 'One', artist: 'Somebody' }
    addFixtureTrack(store, { index: 1, tags, facts, vector: [0, 0], kinds: ['intro', 'drop', 'outro'] })
    addFixtureTrack(store, { index: 2, bpm: 126, facts, vector: [1, 0], kinds: ['verse'] })
    addFixtureTrack(store, { index: 3, path: 'more/3.wav', vector: [0, 2] })
    addFixtureTrack(store, { index: 4, bpm: 90, cached: false })
  })
})
afterAll(() => server.close())

/** Without what is of this moment. */
const lasting = (text: string): string => text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')

/** Another processor may give another last digit. */
const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(9)) : value

const ask = async ([method, path, body]: Request): Promise<Answer> => {
  const response = await server.request(method, path, body)
  const type = response.headers.get('content-type')
  const text = lasting(await response.text())
  const document: unknown = type?.includes('json') ? JSON.parse(text, rounded) : text
  return { request: `${method} ${path}`, status: response.status, type, body: document }
}

test('every answer is the one that was recorded', async () => {
  const answers: Answer[] = []
  for (const request of REQUESTS) answers.push(await ask(request))
  if (process.env.RECORD_ANSWERS) writeFileSync(RECORD, JSON.stringify(answers))
  const recorded = JSON.parse(readFileSync(RECORD, 'utf8')) as readonly Answer[]
  expect(answers.map(({ request }) => request)).toEqual(recorded.map(({ request }) => request))
  for (const [index, answer] of answers.entries()) expect.soft(answer).toEqual(recorded[index])
})
