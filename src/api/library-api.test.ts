import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeTestTrack } from '../cli/test-track.fixture.ts'
import { decodePeaks, PEAKS_FORMAT } from '../core/audio/waveform-peaks.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

let server: TestServer
let music = ''
const path = (name: string): string => join(music, name)
beforeAll(async () => {
  music = mkdtempSync(join(tmpdir(), 'algiers-music-'))
  writeTestTrack(path('one.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  writeTestTrack(path('zwei é.wav'), { bpm: 140, seed: 2, rootHz: 65 })
  writeFileSync(path('broken.mp3'), 'this is no music')
  server = await startTestServer()
})
afterAll(async () => {
  await server.close()
  rmSync(music, { recursive: true })
})

type Job = { status: string; progress: { fraction: number }; result: { failures: unknown[] } | null }
type Track = { id: number; title: string; tempo_bpm: number | null; state: string; failure: { code: string } | null }
type Page = { tracks: Track[]; total: number }

const finished = (jobId: string): Promise<Job> =>
  until(async () => {
    const { body } = await server.json<Job>('GET', `/api/jobs/${jobId}`)
    return ['completed', 'failed', 'cancelled'].includes(body.status) ? body : null
  })

test('a folder is added and scanned, and its tracks are there with what was heard', async () => {
  const added = await server.json<{ id: number; path: string }>('POST', '/api/roots', { path: music })
  expect(added).toMatchObject({ status: 201, body: { path: music, scanned_at: null } })
  expect(await server.json('POST', '/api/roots', { path: path('absent') })).toMatchObject({
    status: 404,
    body: { code: 'ROOT_NOT_FOUND' },
  })
  for (const own of [server.dataDir, join(server.dataDir, 'cache')])
    expect(await server.json('POST', '/api/roots', { path: own })).toMatchObject({
      status: 422,
      body: { code: 'ROOT_NOT_ALLOWED' },
    })
  const scan = await server.json<{ job_id: string }>('POST', '/api/scan')
  expect(scan.status).toBe(202)
  expect(await finished(scan.body.job_id)).toMatchObject({ status: 'completed', progress: { fraction: 1 } })
  const { body } = await server.json<Page>('GET', '/api/tracks?sort=bpm')
  expect(body.tracks.map(({ tempo_bpm }) => tempo_bpm?.toFixed(2))).toEqual(['128.00', '140.00', undefined])
  expect((await server.json<unknown[]>('GET', '/api/roots')).body).toMatchObject([{ scanned_at: expect.any(String) }])
})

const idOf = async (name: string): Promise<number> =>
  (await server.json<Page>('GET', `/api/tracks?q=${encodeURIComponent(name)}`)).body.tracks[0]!.id

test('the list is searched, filtered, sorted and paged, and says what it does not know', async () => {
  const list = async (query: string): Promise<Page> => (await server.json<Page>('GET', `/api/tracks?${query}`)).body
  expect(await list('q=ZWEI')).toMatchObject({ total: 1, tracks: [{ title: 'zwei é', state: 'ok' }] })
  expect((await list('bpm_min=130')).total).toBe(1)
  expect(await list('sort=bpm&order=desc&limit=1')).toMatchObject({ total: 3, tracks: [{ title: 'zwei é' }] })
  expect(await list('needs_review=true')).toMatchObject({
    total: 1,
    tracks: [{ title: 'broken', state: 'failed', tempo_bpm: null, failure: { code: 'AUDIO_FORMAT_UNKNOWN' } }],
  })
  expect((await list('q=%25')).total).toBe(0)
  expect((await list('has_labels=true')).total).toBe(0)
  for (const query of ['sort=cover', 'limit=0', 'limit=501', 'order=up', 'colour=grey', 'has_labels=yes'])
    expect(await server.json('GET', `/api/tracks?${query}`)).toMatchObject({
      status: 422,
      body: { code: 'VALIDATION_FAILED', errors: [{ pointer: expect.stringMatching(/^\/querystring/) }] },
    })
})

test('one track is found by id and by its digest, with its grid', async () => {
  const id = await idOf('one')
  const { body } = await server.json<{ content_hash: string; grid: { grid: { anchors: { bpm: number }[] } } }>(
    'GET',
    `/api/tracks/${id}`,
  )
  expect(body.grid.grid.anchors[0]!.bpm).toBeCloseTo(128, 2)
  expect(body).toMatchObject({ label_count: 0, labels: [], sections: null })
  // The shipped model has read it, or does so just now.
  const suggestions = await until(async () => {
    const { body } = await server.json<{ suggestions: { version: number; kind: string }[] }>('GET', `/api/tracks/${id}`)
    return body.suggestions.length > 0 ? body.suggestions : null
  })
  expect(suggestions.map(({ version, kind }) => `v${version} ${kind}`)).toEqual(['v0 intro', 'v0 drop', 'v0 outro'])
  await server.json('PATCH', '/api/settings', { base_model: false })
  expect((await server.json('GET', `/api/tracks/${id}`)).body).toMatchObject({ suggestions: [] })
  const same = await server.json<{ id: number }>('GET', `/api/tracks/${body.content_hash}`)
  expect(same.body.id).toBe(id)
  expect(await server.json('GET', '/api/tracks/4711')).toMatchObject({ status: 404, body: { code: 'TRACK_NOT_FOUND' } })
})

test('audio is served whole, in ranges, and only where the library has a row', async () => {
  const id = await idOf('one')
  const file = readFileSync(path('one.wav'))
  const whole = await server.request('GET', `/api/tracks/${id}/audio`)
  expect(whole.headers.get('content-type')).toBe('audio/wav')
  expect(Buffer.from(await whole.arrayBuffer()).equals(file)).toBe(true)
  const range = (bytes: string): Promise<Response> =>
    fetch(`${server.address}/api/tracks/${id}/audio`, { headers: { range: `bytes=${bytes}` } })
  for (const [bytes, expected] of [
    ['100-199', file.subarray(100, 200)],
    ['-50', file.subarray(-50)],
    [`-${file.length + 1}`, file],
    [`${file.length - 10}-`, file.subarray(-10)],
  ] as const) {
    const part = await range(bytes)
    expect(part.status).toBe(206)
    expect(Buffer.from(await part.arrayBuffer()).equals(expected)).toBe(true)
  }
  // Several ranges at once may be answered by the whole (RFC 9110, 14.2).
  for (const ignored of ['0-9,20-29', '5-2', 'abc']) {
    const all = await range(ignored)
    expect([all.status, all.headers.get('content-type')]).toEqual([200, 'audio/wav'])
    expect(Buffer.from(await all.arrayBuffer()).equals(file)).toBe(true)
  }
  const etag = whole.headers.get('etag')!
  const asked = (method: string, headers: Record<string, string>): Promise<Response> =>
    fetch(`${server.address}/api/tracks/${id}/audio`, { method, headers })
  expect((await asked('GET', { 'if-none-match': etag })).status).toBe(304)
  expect((await asked('GET', { range: 'bytes=0-9', 'if-range': etag })).status).toBe(206)
  expect((await asked('GET', { range: 'bytes=0-9', 'if-range': '"another"' })).status).toBe(200)
  const head = await asked('HEAD', {})
  expect([head.status, head.headers.get('content-length')]).toEqual([200, String(file.length)])
  const beyond = await range(`${file.length}-`)
  expect({ status: beyond.status, code: ((await beyond.json()) as { code: string }).code }).toEqual({
    status: 416,
    code: 'RANGE_NOT_SATISFIABLE',
  })
  const byPath = (wanted: string): Promise<Response> =>
    server.request('GET', `/api/audio?path=${encodeURIComponent(wanted)}`)
  expect(Buffer.from(await (await byPath(path('zwei é.wav'))).arrayBuffer())).toEqual(readFileSync(path('zwei é.wav')))
  const strangers = ['/etc/passwd', `${music}/../${music}/one.wav`, 'one.wav', path('absent.wav'), '1']
  const answers = await Promise.all(strangers.map(async (wanted) => (await byPath(wanted)).text()))
  expect(new Set(answers).size).toBe(1)
  expect(JSON.parse(answers[0]!)).toMatchObject({ status: 404, code: 'AUDIO_NOT_FOUND' })
})

test('peaks are kept for ever by an address that names the sound and the format, and asked about by any other', async () => {
  const id = await idOf('one')
  const { body } = await server.json<{ content_hash: string }>('GET', `/api/tracks/${id}`)
  const ask = (address: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${server.address}/api/tracks/${address}`, { headers })
  const named = await ask(`${body.content_hash}/waveform?format=1`)
  const bytes = new Uint8Array(await named.arrayBuffer())
  expect(decodePeaks(bytes)!.levels).toHaveLength(4)
  const etag = named.headers.get('etag')!
  expect(etag).toBe(`"${body.content_hash}-${PEAKS_FORMAT}"`)
  expect(named.headers.get('cache-control')).toContain('immutable')
  for (const address of [`${id}/waveform`, `${id}/waveform?format=1`, `${body.content_hash}/waveform`]) {
    const other = await ask(address)
    expect(new Uint8Array(await other.arrayBuffer())).toEqual(bytes)
    expect([address, other.headers.get('cache-control')]).toEqual([address, 'private, no-cache'])
    expect((await ask(address, { 'if-none-match': etag })).status).toBe(304)
    const stale = etag.replace(/-\d+"$/, '-0"')
    expect((await ask(address, { 'if-none-match': stale })).status).toBe(200)
  }
  expect((await ask(`${id}/waveform?format=2`)).status).toBe(422)
})

test('without a model there are no sections, and it says so', async () => {
  expect(await server.json('GET', `/api/tracks/${await idOf('one')}/sections`)).toMatchObject({
    status: 404,
    body: { code: 'MODEL_NOT_FOUND' },
  })
})

test('health counts, and the doctor looks', async () => {
  expect((await server.json('GET', '/api/health')).body).toMatchObject({
    status: 'ok',
    tracks: 3,
    roots: { online: 1, offline: 0 },
    active_version: null,
  })
  expect((await server.json('GET', '/api/doctor')).body).toMatchObject({ healthy: true, checks: expect.any(Array) })
})

test('settings are kept within their limits', async () => {
  expect(await server.json('PATCH', '/api/settings', { workers: 1 })).toMatchObject({
    status: 200,
    body: { workers: 1 },
  })
  expect(await server.json('PATCH', '/api/settings', { training_timeout_seconds: 7, workers: 4000 })).toMatchObject({
    status: 422,
    body: { code: 'SETTING_INVALID' },
  })
  expect(await server.json('PUT', '/api/ml/settings', { auto_classify: false })).toMatchObject({
    status: 200,
    body: { auto_classify: false },
  })
  expect((await server.json('GET', '/api/settings')).body).toMatchObject({
    workers: 1,
    auto_classify: false,
    training_timeout_seconds: 600,
  })
})

type Event = { id: number; name: string; data: Record<string, unknown> }

/** Reads events until `isLast`. */
const listen = async (headers: Record<string, string>, isLast: (event: Event) => boolean): Promise<Event[]> => {
  const abort = new AbortController()
  const response = await fetch(`${server.address}/api/events`, { headers, signal: abort.signal })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const events: Event[] = []
  let text = ''
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const blocks = text.split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? ''
      if (field('event') === '') continue
      events.push({ id: Number(field('id')), name: field('event'), data: JSON.parse(field('data')) })
      if (!isLast(events.at(-1)!)) continue
      abort.abort()
      return events
    }
  }
  return events
}

test('events tell of a job as it goes, and who comes back is told what was missed, without a gap', async () => {
  const [hello] = await listen({}, ({ name }) => name === 'hello')
  const { body } = await server.json<{ job_id: string }>('POST', '/api/scan', { analyse: false })
  const isEnd = ({ name, data }: Event): boolean =>
    name === 'job' && data.job_id === body.job_id && data.status === 'completed'
  const missed = await listen({ 'last-event-id': String(hello!.id) }, isEnd)
  expect(missed[0]!.id).toBe(hello!.id + 1)
  expect(missed.map(({ id }) => id)).toEqual(missed.map((_, n) => hello!.id + 1 + n))
  const later = missed[Math.floor(missed.length / 2)]!
  expect((await listen({ 'last-event-id': String(later.id) }, isEnd)).map(({ id }) => id)).toEqual(
    missed.filter(({ id }) => id > later.id).map(({ id }) => id),
  )
  for (const lost of ['12', '-1', 'abc', '9'.repeat(30)])
    expect(await listen({ 'last-event-id': lost }, ({ name }) => name === 'reset')).toMatchObject([{ name: 'reset' }])
})

test('tracks that are not there are named, and no job is made for them', async () => {
  const jobs = async (): Promise<number> => (await server.json<unknown[]>('GET', '/api/jobs?limit=500')).body.length
  const before = await jobs()
  const id = await idOf('one')
  expect(await server.json('POST', '/api/analyze', { track_ids: [4711, id, 4712, 4711] })).toMatchObject({
    status: 404,
    body: { code: 'TRACK_NOT_FOUND', track_ids: [4711, 4712], detail: 'There are no tracks 4711, 4712.' },
  })
  expect(await jobs()).toBe(before)
  expect((await server.json('POST', '/api/analyze', { track_ids: [id] })).status).toBe(202)
})

test('a broken file is told on the first job that met it, then only counted, and tried again by whoever asks', async () => {
  const end = async (path: string, body?: object): Promise<Job> =>
    finished((await server.json<{ job_id: string }>('POST', path, body)).body.job_id)
  const broken = await idOf('broken')
  expect(await end('/api/scan')).toMatchObject({ status: 'completed', result: { failures: [], left_alone: 1 } })
  expect(await end('/api/analyze', { track_ids: [broken] })).toMatchObject({
    result: { failures: [{ track_id: broken, error: { code: 'AUDIO_FORMAT_UNKNOWN' } }] },
  })
  expect((await server.json('GET', '/api/health')).body).toMatchObject({
    tracks: 3,
    not_analysed: 0,
    unreadable: 1,
    failed: 0,
    missing: 0,
    kind: 'library',
    ignored_files: 0,
  })
})
