import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack, addLabelledTracks, putNewGrid } from '../engine/kit/library.fixture.ts'
import { startTestServer, type TestServer } from './server.fixture.ts'

let server: TestServer
let bare = 0
let long = 0
beforeAll(async () => {
  server = await startTestServer((store) => {
    addLabelledTracks(store)
    bare = addFixtureTrack(store, { index: 50, bpm: 120 })
    long = addFixtureTrack(store, { index: 51, bpm: 200 })
    const { grid } = store.grids.current(long)!
    const threeHours = { ...grid, beatCount: 36_000 }
    putNewGrid(store, { trackId: long, origin: 'edited', edit: 'long', grid: threeHours })
  })
})
afterAll(() => server.close())

type Label = { id: number; label_value: string; start_beat: number; end_beat: number; start_time_seconds: number }
type Problem = { code: string; title: string; detail: string; error: string; hint: string; overlapping: number[] }
const LABELS = '/api/training/labels'
const drop = { label_value: 'drop', start_beat: 32, end_beat: 64 }

test('a label is created once: the same again is the same label, and what the guide documents is there', async () => {
  const first = await server.json<Label & { message: string }>('POST', LABELS, {
    track_id: bare,
    ...drop,
    source: 'user',
  })
  expect(first).toMatchObject({ status: 201, body: { message: expect.any(String), label_value: 'drop' } })
  const again = await server.json<Label>('POST', LABELS, { track_id: bare, ...drop })
  expect(again).toMatchObject({ status: 200, body: { id: first.body.id } })
  const { body: list } = await server.json<Label[]>('GET', `${LABELS}?track_id=${bare}&label=drop`)
  expect(list).toEqual([
    {
      id: first.body.id,
      track_id: bare,
      content_hash: 'audio-50',
      track_path: expect.stringContaining('50.wav'),
      label_value: 'drop',
      own_kind_id: null,
      start_beat: 32,
      end_beat: 64,
      start_time_seconds: 16,
      end_time_seconds: 32,
      source: 'user',
      created_at: expect.any(String),
      // Beyond the guide: what the page writes bars and titles from.
      track_title: '50',
      beats_per_bar: 4,
      first_downbeat: 0,
    },
  ])
})

test('seconds alone give the beats, and both must agree', async () => {
  const seconds = { start_time_seconds: 34, end_time_seconds: 40 }
  const made = await server.json<Label>('POST', LABELS, { track_id: bare, label_value: 'outro', ...seconds })
  expect(made).toMatchObject({ status: 201, body: { start_beat: 68, end_beat: 80 } })
  const wrong = { track_id: bare, label_value: 'outro', start_beat: 10, end_beat: 20, ...seconds }
  expect(await server.json<Problem>('POST', LABELS, wrong)).toMatchObject({
    status: 422,
    body: { code: 'LABEL_TIMES_DISAGREE' },
  })
})

test('who counts seconds from elsewhere than the first beat is taken by the beats, and told', async () => {
  const span = { start_beat: 84, end_beat: 92, start_time_seconds: 49.5, end_time_seconds: 53.5 }
  const made = await server.json<Label>('POST', LABELS, { track_id: bare, label_value: 'verse', ...span })
  expect(made).toMatchObject({ status: 201, body: { start_beat: 84, start_time_seconds: 42, seconds_ignored: true } })
  await server.json('DELETE', `${LABELS}/${made.body.id}`)
})

test.each([
  '/api/suggestions?track_id=4711',
  `${LABELS}?track_id=4711`,
  `${LABELS}?label=tune`,
  '/api/training/models?type=genre',
])('%s lists nothing, which is no error', async (address) => {
  expect(await server.json('GET', address)).toEqual({ status: 200, body: [] })
})

test('an overlap is refused with the ids in the way, or trims them when asked to', async () => {
  const break_ = { track_id: bare, label_value: 'break', start_beat: 48, end_beat: 60 }
  const refused = await server.json<Problem>('POST', LABELS, break_)
  const [{ id }] = (await server.json<Label[]>('GET', `${LABELS}?track_id=${bare}&label=drop`)).body as [Label]
  expect(refused).toMatchObject({ status: 409, body: { code: 'LABEL_OVERLAP', overlapping: [id] } })
  expect(refused.body.error).toBe(`Labels overlap: ${refused.body.detail}`)
  expect((await server.json('POST', `${LABELS}?overlap=trim`, break_)).status).toBe(201)
  const { body: after } = await server.json<Label[]>('GET', `${LABELS}?track_id=${bare}`)
  expect(after.map(({ label_value, start_beat, end_beat }) => [label_value, start_beat, end_beat])).toEqual([
    ['drop', 32, 48],
    ['break', 48, 60],
    ['drop', 60, 64],
    ['outro', 68, 80],
  ])
})

test('kind and span change, all labels of a track are replaced as one step, and a label goes', async () => {
  const { body: before } = await server.json<Label[]>('GET', `${LABELS}?track_id=${bare}&label=outro`)
  const { id } = before[0]!
  const changed = await server.json<Label>('PATCH', `${LABELS}/${id}`, { label_value: 'verse', end_beat: 84 })
  expect(changed).toMatchObject({ status: 200, body: { id, label_value: 'verse', start_beat: 68, end_beat: 84 } })
  const bad = {
    labels: [
      { label_value: 'intro', start_beat: 0, end_beat: 32 },
      { label_value: 'drop', start_beat: 9, end_beat: 10 },
    ],
  }
  expect((await server.json<Problem>('PUT', `/api/tracks/${bare}/labels`, bad)).body.code).toMatch(/^LABEL_/)
  expect((await server.json<Label[]>('GET', `${LABELS}?track_id=${bare}`)).body).toHaveLength(4)
  const painted = {
    labels: [
      { id, label_value: 'verse', start_beat: 68, end_beat: 84 },
      { label_value: 'intro', start_beat: 0, end_beat: 32 },
    ],
  }
  const { status, body } = await server.json<{ labels: Label[] }>('PUT', `/api/tracks/${bare}/labels`, painted)
  expect({ status, kinds: body.labels.map((one) => [one.label_value, one.id === id]) }).toEqual({
    status: 200,
    kinds: [
      ['intro', false],
      ['verse', true],
    ],
  })
  for (const one of body.labels) expect((await server.request('DELETE', `${LABELS}/${one.id}`)).status).toBe(200)
  expect((await server.json<Problem>('DELETE', `${LABELS}/${id}`)).body.code).toBe('LABEL_NOT_FOUND')
})

test('three hours of the shortest sections are painted in one step, and once more without a change', async () => {
  const labels = Array.from({ length: 9000 }, (_, n) => ({
    label_value: n % 2 === 0 ? 'break' : 'drop',
    start_beat: 4 * n,
    end_beat: 4 * n + 4,
    start_time_seconds: (4 * n * 60) / 200,
    end_time_seconds: ((4 * n + 4) * 60) / 200,
  }))
  const paint = async (): Promise<number[]> => {
    const { status, body } = await server.json<{ labels: Label[] }>('PUT', `/api/tracks/${long}/labels`, { labels })
    expect(status).toBe(200)
    return body.labels.map(({ id }) => id)
  }
  const ids = await paint()
  expect(ids).toHaveLength(9000)
  expect(await paint()).toEqual(ids)
  const [first, second] = labels as [object, object]
  const twice = { labels: [...labels.slice(2), second, first, { label_value: 'verse', start_beat: 2, end_beat: 6 }] }
  expect(await server.json('PUT', `/api/tracks/${long}/labels`, twice)).toMatchObject({
    status: 409,
    body: { code: 'LABEL_OVERLAP' },
  })
  expect((await server.json<{ labels: [] }>('PUT', `/api/tracks/${long}/labels`, { labels: [] })).body.labels).toEqual(
    [],
  )
})

test.each([
  [{ track_id: 999999, ...drop }, 404, 'TRACK_NOT_FOUND'],
  [{ label_value: 'chill', start_beat: 0, end_beat: 32 }, 422, 'LABEL_KIND_UNKNOWN'],
  [{ label_value: 'drop', start_beat: 32, end_beat: 32 }, 422, 'LABEL_SPAN_INVALID'],
  [{ label_value: 'drop', start_beat: 0, end_beat: 4000 }, 422, 'LABEL_OUT_OF_TRACK'],
  [{ label_value: 'drop', start_beat: 0, end_beat: 2 }, 422, 'LABEL_TOO_SHORT'],
  [{ label_value: 'drop', start_beat: 'zero' }, 422, 'VALIDATION_FAILED'],
  [{ ...drop, colour: 'red' }, 422, 'VALIDATION_FAILED'],
])('%j is refused with %i %s', async (label, status, code) => {
  expect(await server.json<Problem>('POST', LABELS, { track_id: bare, ...label })).toMatchObject({
    status,
    body: { code, status, title: expect.any(String), hint: expect.any(String) },
  })
})

test('statistics are those of the guide', async () => {
  const { body } = await server.json<Record<string, unknown>>('GET', `${LABELS}/stats`)
  expect(body).toMatchObject({
    total_labels: 30,
    label_counts: { intro: 10, build: 0, drop: 10, break: 0, outro: 10, verse: 0, chorus: 0 },
    tracks_covered: 10,
    avg_per_track: 3,
    ready_for_training: true,
    min_samples_required: 10,
  })
})
