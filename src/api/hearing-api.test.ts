import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { soundAlike } from '../core/similarity/sound-alike.fixture.ts'
import { wavBytes } from '../platform/decoding/wav-bytes.fixture.ts'
import { writeTinyEars } from '../platform/inference/tiny-ears.fixture.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

type Tag = {
  tag: string
  group: string
  share: number
  probability: number
  expected_precision: number | null
  shown: boolean
}
type Details = { id: number; state: string; heard_tags: Tag[] | null; facts: { warnings: string[] } }
type Hearing = {
  state: string
  network: string | null
  tags: number | null
  shown_tags: number | null
  provider: string | null
  warning: string | null
}

let server: TestServer
let folder = ''
const path = (name: string): string => join(folder, name)
const analyse = async (): Promise<{ analysed: number; upToDate: number }> => {
  const { body } = await server.json<{ job_id: string }>('POST', '/api/scan')
  return until(async () => {
    type Job = { status: string; result: { analysed: number; up_to_date: number } }
    const { body: job } = await server.json<Job>('GET', `/api/jobs/${body.job_id}`)
    return job.status === 'completed' ? { analysed: job.result.analysed, upToDate: job.result.up_to_date } : null
  })
}
const listen = async (
  change: object,
): Promise<ReturnType<typeof analyse> extends Promise<infer Report> ? Report : never> => {
  expect((await server.json('PATCH', '/api/settings', change)).status).toBe(200)
  return analyse()
}
const get = async <Document>(address: string): Promise<Document> => (await server.json<Document>('GET', address)).body
const hearing = async (): Promise<Hearing> => (await get<{ hearing: Hearing }>('/api/health')).hearing
const found = async (query: string): Promise<number> => (await get<{ total: number }>(`/api/tracks?${query}`)).total

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-hearing-'))
  for (const [index, material] of (['club', 'chord'] as const).entries()) {
    const { samples, sampleRate } = soundAlike({ material, bpm: 124, seed: index })
    writeFileSync(path(`${material}.wav`), wavBytes([samples], { bits: 16, sampleRate }))
  }
  server = await startTestServer()
  await server.json('POST', '/api/roots', { path: folder })
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

test('a network that is not there is told, and the tracks are analysed without tags', async () => {
  expect(await listen({ ears_folder: path('nowhere') })).toEqual({ analysed: 2, upToDate: 0 })
  expect(await get<Details>('/api/tracks/1')).toMatchObject({ state: 'ok', heard_tags: null })
  expect(await hearing()).toMatchObject({ state: 'failed', network: null })
  expect((await hearing()).warning).toContain('Model not found')
  expect(await get('/api/tags')).toEqual([])
  expect(await server.json('GET', '/api/tracks/1/tags')).toMatchObject({
    status: 409,
    body: { code: 'ANALYSIS_REQUIRED' },
  })
  const { checks } = await get<{ checks: { name: string; state: string }[] }>('/api/doctor')
  expect(checks).toContainEqual(expect.objectContaining({ name: 'sound tags', state: 'warning' }))
})

test('with a network every track is heard once: its tags can be read, placed and looked for', async () => {
  writeTinyEars(path('ears'))
  expect(await listen({ ears_folder: path('ears') })).toEqual({ analysed: 2, upToDate: 0 })
  expect(await analyse()).toEqual({ analysed: 0, upToDate: 2 })
  expect(await hearing()).toMatchObject({ state: 'ready', network: 'tiny 1', tags: 48, shown_tags: 0, warning: null })
  // The files are found in any order, so what holds is shown of both.
  for (const id of [1, 2]) {
    const { heard_tags: tags } = await get<Details>(`/api/tracks/${id}`)
    const shares = tags!.map(({ share }) => share)
    expect(shares).toEqual(shares.toSorted((one, other) => other - one))
    expect(shares[0]).toBeGreaterThan(0.5)
    // Nobody measured this network on music.
    expect(tags!.filter(({ shown, expected_precision: precision }) => shown || precision !== null)).toEqual([])
    const placed = await get<(Tag & { spans: { start_seconds: number; end_seconds: number }[] })[]>(
      `/api/tracks/${id}/tags`,
    )
    expect(placed.map(({ spans: _, ...tag }) => tag)).toEqual(tags)
    const window = (43 * 512) / 22050
    const { duration_seconds: duration } = await get<{ duration_seconds: number }>(`/api/tracks/${id}`)
    for (const { share, spans } of placed) {
      // The last window ends with the track, and counts as a whole one.
      const windows = spans.map((one) => Math.ceil((one.end_seconds - one.start_seconds) / window - 1e-3))
      const heard = windows.reduce((sum, count) => sum + count, 0)
      expect(heard / Math.ceil(duration / window)).toBeCloseTo(share, 4)
    }
  }
})

test('tracks are found by what is heard in them, by several tags only where all are', async () => {
  const counts = await get<{ tag: string; tracks: number }[]>('/api/tags')
  const [both, one] = [counts.find(({ tracks }) => tracks === 2)!, counts.find(({ tracks }) => tracks === 1)!]
  expect(counts.at(-1)).toEqual(counts.toSorted((a, b) => b.tracks - a.tracks).at(-1))
  expect(await found(`tag=${encodeURIComponent(both.tag)}`)).toBe(2)
  expect(await found(`tag=${encodeURIComponent(one.tag)}`)).toBe(1)
  expect(await found(`tag=${encodeURIComponent(`${both.tag},${one.tag}`)}`)).toBe(1)
  expect(await found('tag=zither')).toBe(0)
})

test('what is known of a network is told of its tags: the precise ones are shown and found where they are shown', async () => {
  const [common] = await get<{ tag: string; tracks: number; shown: boolean }[]>('/api/tags')
  const { tag, tracks, shown } = common!
  expect([tracks, shown]).toEqual([2, false])
  const shareIn = async (id: number): Promise<Tag> =>
    (await get<Details>(`/api/tracks/${id}`)).heard_tags!.find((one) => one.tag === tag)!
  const [one, two] = [(await shareIn(1)).share, (await shareIn(2)).share]
  const [less, more] = [Math.min(one, two), Math.max(one, two)]
  const from = less < more ? more : 1
  const known = { name: tag, heard_precision: 0.6, shown_from: from, shown_precision: 0.75 }
  writeTinyEars(path('measured'), { version: 3 }, [known])
  expect(await listen({ ears_folder: path('measured') })).toEqual({ analysed: 2, upToDate: 0 })
  expect(await hearing()).toMatchObject({ network: 'tiny 3', shown_tags: 1 })
  const told = [await shareIn(1), await shareIn(2)]
  const expected = told.map(({ share }) => (share >= from ? [true, 0.75] : [false, 0.6]))
  expect(told.map((each) => [each.shown, each.expected_precision])).toEqual(expected)
  const found2 = told.filter((each) => each.shown).length
  expect(
    (await get<{ tag: string; tracks: number }[]>('/api/tags')).find((each) => each.tag === tag)?.tracks ?? 0,
  ).toBe(found2)
  expect(await found(`tag=${encodeURIComponent(tag)}`)).toBe(found2)
})

test('another network hears everything again, and what it cannot hear keeps no old tags', async () => {
  writeTinyEars(path('other'), { version: 2 })
  expect(await listen({ ears_folder: path('other') })).toEqual({ analysed: 2, upToDate: 0 })
  expect(await hearing()).toMatchObject({ network: 'tiny 2' })
  await server.json('DELETE', '/api/storage/cache')
  expect(await server.json('GET', '/api/tracks/1/tags')).toMatchObject({ status: 409 })
  // What was made with what is in the cache is there again after the next reading.
  expect(await analyse()).toEqual({ analysed: 2, upToDate: 0 })
  expect((await server.json('GET', '/api/tracks/1/tags')).status).toBe(200)
})

test('a provider that this machine lacks is told with what runs in its place', async () => {
  await listen({ inference_provider: 'coreml' })
  const { state, provider, warning } = await hearing()
  expect([state, ['cpu', 'wasm'].includes(provider!)]).toEqual(['ready', true])
  expect(warning).toMatch(/^ANE unavailable \(.+\): (cpu|wasm) is used\.$/)
  expect((await server.json('PATCH', '/api/settings', { inference_provider: 'abacus' })).status).toBe(422)
})
