import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SoundAlike, soundAlike } from '../core/similarity/sound-alike.fixture.ts'
import { wavBytes } from '../platform/decoding/wav-bytes.fixture.ts'
import { startTestServer, type TestServer, until } from './server.fixture.ts'

/** The same music three times, once softer and once faster, and two others. */
const SOUNDS: Readonly<Record<string, SoundAlike>> = {
  club: { material: 'club', bpm: 124 },
  'club soft': { material: 'club', bpm: 124, gain: 0.25, seed: 100 },
  'club fast': { material: 'club', bpm: 128, seed: 200 },
  chord: { material: 'chord', bpm: 122 },
  broken: { material: 'broken', bpm: 130 },
}

let server: TestServer
let music = ''
beforeAll(async () => {
  music = mkdtempSync(join(tmpdir(), 'algiers-music-'))
  for (const [name, sound] of Object.entries(SOUNDS)) {
    const { samples, sampleRate } = soundAlike(sound)
    writeFileSync(join(music, `${name}.wav`), wavBytes([samples], { bits: 16, sampleRate }))
  }
  writeFileSync(join(music, 'no music.mp3'), 'this is no music')
  server = await startTestServer()
  await server.json('POST', '/api/roots', { path: music })
  await server.json('POST', '/api/scan')
  // The base model reads each track on the way.
  await until(async () => {
    const { body: jobs } = await server.json<{ kind: string; status: string }[]>('GET', '/api/jobs')
    return jobs.some(({ kind, status }) => kind === 'scan' && status === 'completed') ? true : null
  })
})
afterAll(async () => {
  await server.close()
  rmSync(music, { recursive: true })
})

type Track = { id: number; title: string; tempo_bpm: number | null; camelot: string | null }
type Similar = { track: Track; distance: number; tempo_difference_percent: number; key_compatible: boolean | null }

const trackOf = async (title: string): Promise<Track> => {
  const { body } = await server.json<{ tracks: Track[] }>('GET', `/api/tracks?q=${encodeURIComponent(title)}`)
  return body.tracks.find((track) => track.title === title)!
}
const similarTo = async (id: number | string, query = ''): Promise<Similar[]> => {
  const { status, body } = await server.json<Similar[]>('GET', `/api/tracks/${id}/similar${query}`)
  expect(status).toBe(200)
  return body
}

test('the same music comes before other music, with how far the tempi are apart', async () => {
  const similar = await similarTo((await trackOf('club')).id)
  const titles = similar.map(({ track }) => track.title)
  expect(titles.slice(0, 2).sort()).toEqual(['club fast', 'club soft'])
  expect(titles.slice(2).sort()).toEqual(['broken', 'chord'])
  expect(similar[2]!.distance).toBeGreaterThan(2 * similar[1]!.distance)
  const percent = Object.fromEntries(similar.map((one, n) => [titles[n]!, one.tempo_difference_percent]))
  expect(percent['club soft']).toBeCloseTo(0, 2)
  expect(percent['club fast']).toBeCloseTo((128 / 124 - 1) * 100, 1)
})

test('lines are those of the list, and keys are compared as its filter does', async () => {
  const own = await trackOf('club')
  const similar = await similarTo(own.id)
  const compatible = await server.json<{ tracks: Track[] }>('GET', `/api/tracks?compatible_with=${own.camelot}`)
  const mixes = compatible.body.tracks.map(({ id }) => id)
  for (const { track, key_compatible } of similar) {
    expect(track).toEqual(await trackOf(track.title))
    expect(key_compatible).toBe(mixes.includes(track.id))
  }
  expect(new Set(similar.map(({ key_compatible }) => key_compatible))).toEqual(new Set([true, false]))
})

test('a limit shortens the list, a digest names the track as well', async () => {
  const { id } = await trackOf('chord')
  const all = await similarTo(id)
  expect(all).toHaveLength(4)
  expect(await similarTo(id, '?limit=2')).toEqual(all.slice(0, 2))
  const { body } = await server.json<{ content_hash: string }>('GET', `/api/tracks/${id}`)
  expect(await similarTo(body.content_hash)).toEqual(all)
  for (const query of ['?limit=0', '?limit=101', '?limit=few', '?like=club'])
    expect(await server.json('GET', `/api/tracks/${id}/similar${query}`)).toMatchObject({
      status: 422,
      body: { code: 'VALIDATION_FAILED' },
    })
})

test('what could not be analysed is not compared, and what is not there is not found', async () => {
  const { id } = (await trackOf('no music'))!
  expect(await server.json('GET', `/api/tracks/${id}/similar`)).toMatchObject({
    status: 409,
    body: { code: 'ANALYSIS_REQUIRED' },
  })
  expect(await server.json('GET', '/api/tracks/4711/similar')).toMatchObject({
    status: 404,
    body: { code: 'TRACK_NOT_FOUND' },
  })
})

test('only what mixes, where that is asked for, each with its share of the library', async () => {
  const { id } = await trackOf('club')
  const found = (await similarTo(id, '?tempo_within=4&moments=true')) as (Similar & {
    score: number
    moments: unknown
  })[]
  expect(found.map(({ track }) => track.title).sort()).toEqual(['chord', 'club fast', 'club soft'])
  expect(found[0]!.score).toBeGreaterThanOrEqual(0.5)
  expect(found[0]!.moments).toHaveLength(3)
  for (const query of ['?tempo_within=31', '?energy_within=-1', '?compatible_keys=maybe'])
    expect(await server.json('GET', `/api/tracks/${id}/similar${query}`)).toMatchObject({ status: 422 })
})

test('a labelled section has an address, with what is heard in it and what sounds like it', async () => {
  const [own, other] = [await trackOf('club'), await trackOf('club soft')]
  for (const { id } of [own, other])
    for (const [start, label] of [
      [0, 'intro'],
      [16, 'drop'],
    ] as const)
      await server.json('POST', '/api/training/labels?overlap=trim', {
        track_id: id,
        start_beat: start,
        end_beat: start + 16,
        label_value: label,
      })
  const { body } = await server.json<{ kind: string; tags: unknown[]; voice_share: number }>(
    'GET',
    `/api/sections/${own.id}-20`,
  )
  expect(body).toMatchObject({ id: `${own.id}-24`, kind: 'drop', is_label: true, voice_share: expect.any(Number) })
  expect(body.tags).toBeInstanceOf(Array)
  const similar = await server.json<{ section: { id: string; kind: string } }[]>(
    'GET',
    `/api/sections/${own.id}-24/similar?kind=drop&limit=2`,
  )
  expect(similar.body).toContainEqual(
    expect.objectContaining({
      section: expect.objectContaining({ id: `${other.id}-24`, kind: 'drop' }),
      score: expect.any(Number),
    }),
  )
  expect(await server.json('GET', `/api/sections/${own.id}-9999`)).toMatchObject({ status: 404 })
  expect(await server.json('GET', '/api/sections/drop')).toMatchObject({ status: 422 })
})

test('a transition and the voice of a track are told', async () => {
  const [one, other] = [await trackOf('club'), await trackOf('club fast')]
  const { status, body } = await server.json<{ score: number; parts: { part: string; score: number }[] }>(
    'GET',
    `/api/tracks/${one.id}/transition?to=${other.id}`,
  )
  expect(status).toBe(200)
  expect(body.parts.find(({ part }) => part === 'tempo')!.score).toBeCloseTo((8 - (128 / 124 - 1) * 100) / 7, 2)
  expect(body.score).toBeGreaterThan(0)
  const voice = await server.json<{ share: number; beats: number[] }>('GET', `/api/tracks/${one.id}/voice`)
  expect(voice.body.beats.every((beat) => beat === 0 || beat === 1)).toBe(true)
  expect(voice.body.share).toBeLessThan(0.5)
  expect(await server.json('GET', `/api/tracks/${one.id}/transition?to=4711`)).toMatchObject({ status: 404 })
})

test('transitions are proposed in bars, and a set is planned from a filter', async () => {
  const [one, other] = [await trackOf('club'), await trackOf('club fast')]
  type Proposed = { style: string; from_bars: [number, number]; to_bars: [number, number]; bars: number; score: number }
  const { body } = await server.json<Proposed[]>('GET', `/api/tracks/${one.id}/transitions?to=${other.id}`)
  expect(body.map(({ style }) => style)).toContain('outro to intro')
  const beatsPerBar = async ({ id }: Track): Promise<number> => {
    const track = await server.json<{ grid: { grid: { beats_per_bar: number } } }>('GET', `/api/tracks/${id}`)
    return track.body.grid.grid.beats_per_bar
  }
  const metres = [await beatsPerBar(one), await beatsPerBar(other)] as const
  for (const { from_bars, to_bars, bars } of body) {
    expect(from_bars[1] - from_bars[0]).toBe(bars)
    expect((to_bars[1] - to_bars[0]) * metres[1]).toBe(bars * metres[0])
  }
  expect(body.map(({ score }) => score)).toEqual(body.map(({ score }) => score).toSorted((a, b) => b - a))
  const wish = { minutes: 30, pool: 'q=club', fixed: [{ place: -1, track_id: one.id }] }
  type Planned = {
    tracks: { id: number; title: string }[]
    transitions: Proposed[]
    score: number
    refusals: unknown[]
  }
  const planned = await server.json<Planned>('POST', '/api/sets/plan', wish)
  expect(planned.status).toBe(200)
  expect(planned.body.tracks.map(({ title }) => title).sort()).toEqual(['club', 'club fast', 'club soft'])
  expect(planned.body.tracks.at(-1)!.id).toBe(one.id)
  expect(planned.body.transitions).toHaveLength(2)
  const code = async (body: unknown): Promise<unknown> => {
    const answer = await server.json<{ code: string }>('POST', '/api/sets/plan', body)
    return [answer.status, answer.body.code]
  }
  const trackIds = planned.body.tracks.map(({ id }) => id)
  const kept = await server.json<{ id: number }>('POST', '/api/playlists', { name: ' Friday ', track_ids: trackIds })
  expect(kept.status).toBe(201)
  expect((await server.json('GET', '/api/playlists')).body).toMatchObject([
    { name: 'Friday', tracks: 3, import_id: null },
  ])
  const listed = await server.json('GET', `/api/playlists/${kept.body.id}/tracks`)
  expect(listed.body).toEqual({ track_ids: trackIds })
  expect((await server.json('POST', '/api/playlists', { name: 'x', track_ids: [4711] })).status).toBe(404)
  expect((await server.json('POST', '/api/playlists', { name: ' ', track_ids: trackIds })).status).toBe(422)
  expect(await code({ ...wish, pool: 'colour=mauve' })).toEqual([422, 'VALIDATION_FAILED'])
  expect(await code({ ...wish, pool: 'q=nothing', fixed: [] })).toEqual([422, 'SET_POOL_EMPTY'])
  expect(await code({ ...wish, never_play: [one.id] })).toEqual([422, 'SET_WISH_CONTRADICTORY'])
  expect(await code({ ...wish, must_play: [4711] })).toEqual([404, 'TRACK_NOT_FOUND'])
})
