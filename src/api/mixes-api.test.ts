/** Transitions by hand, decks to listen to, and mixes as files, over real tracks of known tempi. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TEST_TRACK_BEATS, writeTestTrack } from '../cli/test-track.fixture.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

let server: TestServer
let folder = ''
let ids: readonly number[] = []
const BPM = [124, 126, 122] as const

type Job = { readonly status: string; readonly result: never; readonly error: { readonly code: string } | null }
type Transition = {
  readonly kept: boolean
  readonly style: string
  readonly move: Move
  readonly from_bars: readonly number[]
  readonly bass_swap_bar: number | null
  readonly sentence: string
}
type Move = { readonly from_beat: number; readonly to_beat: number; readonly beats: number; readonly curve: string }

const ended = (jobId: string): Promise<Job> =>
  until(async () => {
    const { body } = await server.json<Job>('GET', `/api/jobs/${jobId}`)
    return ['completed', 'failed', 'cancelled'].includes(body.status) ? body : null
  })
const started = async (path: string, body: object): Promise<string> => {
  const answer = await server.json<{ job_id: string }>('POST', path, body)
  expect(answer).toMatchObject({ status: 202 })
  return answer.body.job_id
}
const codeOf = async (method: string, path: string, body?: object): Promise<unknown> => {
  const answer = await server.json<{ code: string }>(method, path, body)
  return [answer.status, answer.body.code]
}
const transitions = async (from = 0, to = 1): Promise<readonly Transition[]> =>
  (await server.json<Transition[]>('GET', `/api/tracks/${ids[from]}/transitions?to=${ids[to]}`)).body

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-mixes-'))
  mkdirSync(join(folder, 'music'))
  for (const [index, bpm] of BPM.entries())
    writeTestTrack(join(folder, 'music', `${index}.wav`), { bpm, seed: index + 1, rootHz: 55 })
  server = await startTestServer()
  await server.app.collection.addRoot(join(folder, 'music'))
  const { body } = await server.json<{ job_id: string }>('POST', '/api/scan', {})
  await ended(body.job_id)
  const { tracks } = (await server.json<{ tracks: { id: number }[] }>('GET', '/api/tracks?sort=title')).body
  ids = tracks.map(({ id }) => id)
  expect(ids).toHaveLength(3)
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

const MOVE = { from_beat: 32, to_beat: 8, beats: 16, curve: 'bass swap', bass_swap_beat: 8, nudge_ms: 5 }

test('what the person sets for a pair comes before all proposals, as it was set, and can be taken back', async () => {
  const before = await transitions()
  expect(before.length).toBeGreaterThan(0)
  expect(before.some(({ kept }) => kept)).toBe(false)
  const path = `/api/tracks/${ids[0]}/transitions/${ids[1]}`
  expect(await server.json('PUT', path, MOVE)).toEqual({ status: 200, body: MOVE })
  const [first, ...others] = await transitions()
  expect(first).toMatchObject({ kept: true, style: 'by hand', move: MOVE, from_bars: [9, 13], bass_swap_bar: 5 })
  expect(first!.sentence).toMatch(/^Bars 9–13 of 0 over bars 3–7 of 1, as you set them; swap the bass at bar 5/)
  expect(others).toEqual(before)
  const plan = await server.json<{ transitions: Transition[] }>('POST', '/api/sets/plan', {
    minutes: 1.5,
    artist_gap: 0,
    fixed: [
      { place: 1, track_id: ids[0] },
      { place: 2, track_id: ids[1] },
    ],
  })
  expect(plan.body.transitions[0]).toMatchObject({ kept: true, move: MOVE })
  expect((await server.request('DELETE', path)).status).toBe(200)
  expect(await transitions()).toEqual(before)
})

test('a window goes along with the grid of either track, and exactly back with it', async () => {
  const path = `/api/tracks/${ids[0]}/transitions/${ids[1]}`
  await server.json('PUT', path, MOVE)
  const edit = async (track: number, body: object) =>
    (await server.json<{ version: number }>('POST', `/api/tracks/${track}/grid`, body)).body.version
  const halved = await edit(ids[0]!, { kind: 'halve' })
  expect((await transitions())[0]!.move).toMatchObject({ from_beat: 16, to_beat: 8, beats: 8, bass_swap_beat: 4 })
  await edit(ids[0]!, { kind: 'restore', to: halved - 1 })
  expect((await transitions())[0]!.move).toEqual(MOVE)
  await edit(ids[1]!, { kind: 'double' })
  expect((await transitions())[0]!.move).toMatchObject({ from_beat: 32, to_beat: 16, beats: 16 })
  await edit(ids[1]!, { kind: 'restore', to: 1 })
  expect((await transitions())[0]!.move).toEqual(MOVE)
  await server.request('DELETE', path)
})

test.each<[string, object, string]>([
  ['a window outside of the track', { ...MOVE, from_beat: TEST_TRACK_BEATS - 8 }, 'TRANSITION_INVALID'],
  ['a window without a beat', { ...MOVE, beats: 0 }, 'TRANSITION_INVALID'],
  ['a swap outside of the window', { ...MOVE, bass_swap_beat: 40 }, 'TRANSITION_INVALID'],
  ['a curve that there is not', { ...MOVE, curve: 'spin' }, 'VALIDATION_FAILED'],
])('%s is refused, and nothing is kept', async (_, move, code) => {
  expect(await codeOf('PUT', `/api/tracks/${ids[0]}/transitions/${ids[1]}`, move)).toEqual([422, code])
  expect((await transitions())[0]!.kept).toBe(false)
})

test('a deck of an audition is a WAV file from eight bars before the window to eight behind it', async () => {
  const query = new URLSearchParams({ from_beat: '40', to_beat: '0', beats: '16', curve: 'blend' })
  const lengths: number[] = []
  for (const deck of ['from', 'to']) {
    const answer = await server.request('GET', `/api/tracks/${ids[0]}/audition/${ids[1]}/${deck}?${query}`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'audio/wav'])
    const bytes = await answer.arrayBuffer()
    expect(Buffer.from(bytes).toString('latin1', 0, 4)).toBe('RIFF')
    lengths.push((bytes.byteLength - 44) / 4 / 44_100)
  }
  expect(lengths[0]).toBe(lengths[1])
  // 32 beats at 124, 16 that glide to 126, and 32 at 126.
  expect(lengths[0]).toBeCloseTo((32 * 60) / 124 + (16 * 60) / 125 + (32 * 60) / 126, 1)
  const pair = await server.json<Record<'from' | 'to', object>>('GET', `/api/tracks/${ids[0]}/audition/${ids[1]}`)
  expect(pair.body).toMatchObject({ from: { id: ids[0], grid: { beats_per_bar: 4 } }, to: { id: ids[1] } })
})

test('a set is rendered by a job, and fetched whole or in ranges; a transition by itself is shorter', async () => {
  const jobId = await started('/api/sets/render', { track_ids: ids })
  expect(await codeOf('GET', `/api/jobs/job_99/mix`)).toEqual([404, 'JOB_NOT_FOUND'])
  const job = await ended(jobId)
  expect(job).toMatchObject({
    status: 'completed',
    result: { file: null, tracks: [{ track_id: ids[0], start_seconds: 0 }, {}, {}] },
  })
  const { seconds, tracks } = job.result as { seconds: number; tracks: { start_seconds: number }[] }
  expect(tracks[2]!.start_seconds).toBeGreaterThan(tracks[1]!.start_seconds)
  const mix = await server.request('GET', `/api/jobs/${jobId}/mix`)
  expect(mix.headers.get('content-disposition')).toContain('attachment')
  expect((await mix.arrayBuffer()).byteLength).toBe(44 + 4 * Math.round(seconds * 44_100))
  const output = join(folder, 'transition.wav')
  const other = await ended(
    await started('/api/sets/render', { track_ids: ids.slice(0, 2), around_bars: 2, transitions: [MOVE], output }),
  )
  expect(other).toMatchObject({ status: 'completed', result: { file: output } })
  // Two bars, four bars, and two bars again.
  expect((other.result as { seconds: number }).seconds).toBeCloseTo(
    (8 * 60) / 124 + (16 * 60) / 125 + (8 * 60) / 126,
    1,
  )
  expect(await codeOf('POST', '/api/sets/render', { track_ids: ids, output })).toEqual([409, 'EXPORT_EXISTS'])
})

test('what cannot be rendered is told at once, and a file that has gone is told by its code', async () => {
  const render = (body: object): Promise<unknown> => codeOf('POST', '/api/sets/render', body)
  expect(await render({ track_ids: [ids[0], 999] })).toEqual([404, 'TRACK_NOT_FOUND'])
  expect(await render({ track_ids: ids, around_bars: 8 })).toEqual([422, 'TRANSITION_INVALID'])
  expect(await render({ track_ids: ids, transitions: [null] })).toEqual([422, 'TRANSITION_INVALID'])
  expect(await render({ track_ids: [] })).toEqual([422, 'VALIDATION_FAILED'])
  const file = join(folder, 'music', '2.wav')
  renameSync(file, join(folder, 'away.wav'))
  const output = join(folder, 'gone.wav')
  const job = await ended(await started('/api/sets/render', { track_ids: ids, output }))
  renameSync(join(folder, 'away.wav'), file)
  expect(job).toMatchObject({ status: 'failed', error: { code: 'AUDIO_NOT_FOUND' } })
  expect(existsSync(output)).toBe(false)
  expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
})

test('windows are work of the person: they go with their tracks, but not unasked', async () => {
  await server.json('PUT', `/api/tracks/${ids[1]}/transitions/${ids[2]}`, MOVE)
  const removal = { track_ids: [ids[2]] }
  const refused = await server.json<{ code: string; detail: string }>('POST', '/api/tracks/remove', removal)
  expect([refused.status, refused.body.code]).toEqual([409, 'TRACK_HAS_WORK'])
  expect(refused.body.detail).toContain('1 transition of your own')
  expect((await server.request('POST', '/api/tracks/remove', { ...removal, with_work: true })).status).toBe(200)
  expect((await server.json('GET', `/api/tracks/${ids[1]}/transitions?to=${ids[2]}`)).status).toBe(404)
})
