import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wavBytes } from '../decoding/wav-bytes.fixture.ts'
import { type SoundAlike, soundAlike } from '../similarity/sound-alike.fixture.ts'
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
  const { body } = await server.json<{ job_id: string }>('POST', '/api/scan')
  await until(async () => {
    const job = await server.json<{ status: string }>('GET', `/api/jobs/${body.job_id}`)
    return job.body.status === 'completed' ? true : null
  })
})
afterAll(async () => {
  expect(server.bugs).toEqual([])
  await server.close()
  rmSync(music, { recursive: true })
})

type Track = { id: number; title: string; tempo_bpm: number | null; camelot: string | null }
type Similar = { track: Track; distance: number; tempo_difference_percent: number; key_compatible: boolean | null }

const trackOf = async (title: string): Promise<Track> => {
  const { body } = await server.json<{ tracks: Track[] }>('GET', `/api/tracks?q=${encodeURIComponent(title)}`)
  return body.tracks.find((track) => track.title.startsWith(`${title}.`))!
}
const similarTo = async (id: number | string, query = ''): Promise<Similar[]> => {
  const { status, body } = await server.json<Similar[]>('GET', `/api/tracks/${id}/similar${query}`)
  expect(status).toBe(200)
  return body
}

test('the same music comes before other music, with how far the tempi are apart', async () => {
  const similar = await similarTo((await trackOf('club')).id)
  const titles = similar.map(({ track }) => track.title.replace('.wav', ''))
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
    expect(track).toEqual(await trackOf(track.title.replace('.wav', '')))
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
