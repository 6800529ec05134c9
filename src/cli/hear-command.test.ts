import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { TINY, writeTinyEars } from '../platform/inference/tiny-ears.fixture.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'
import { writeTestTrack } from './test-track.fixture.ts'

let folder = ''
const path = (name: string): string => join(folder, name)
const algiers = (...args: readonly string[]): Promise<CliRun> => runAlgiers(path('data'), args)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-hear-'))
  writeTinyEars(path('ears'))
  writeTestTrack(path('a.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  writeFileSync(path('broken.mp3'), 'no music in here\n'.repeat(50))
})
afterAll(() => rmSync(folder, { recursive: true }))

type Embedded = {
  readonly file: string
  readonly embedding: number[]
  readonly windows: number
  readonly error: object
}

test('embed gives a vector of length 1 for each file, the same on both runtimes, and goes on after a broken one', async () => {
  const embed = (provider: string): Promise<CliRun> =>
    algiers('embed', path('broken.mp3'), path('a.wav'), '--ears', path('ears'), '--provider', provider, '--json')
  const run = await embed('wasm')
  expect(run.code).toBe(3)
  const [broken, heard] = run.document<Embedded[]>()
  expect(broken!.error).toMatchObject({ code: 'AUDIO_FORMAT_UNKNOWN' })
  expect(heard!.embedding).toHaveLength(TINY.bands)
  expect(Math.hypot(...heard!.embedding)).toBeCloseTo(1, 4)
  expect(heard!.windows).toBe(31)
  const native = (await embed('cpu')).document<Embedded[]>()[1]!
  native.embedding.forEach((value, at) => {
    expect(value).toBeCloseTo(heard!.embedding[at]!, 4)
  })
})

type Tag = {
  readonly tag: string
  readonly probability: number
  readonly share: number | null
  readonly experimental: boolean
  readonly shown: boolean
  readonly expected_precision: number | null
}

test('tags are told the longest heard first; of a network that nobody measured on music, none to people or second by second', async () => {
  const run = await algiers('tags', path('a.wav'), '--ears', path('ears'), '--json')
  const [{ tags, timeline }] = run.document<[{ tags: Tag[]; timeline: { tags: Tag[]; end_seconds: number }[] }]>()
  expect(tags).toHaveLength(TINY.bands)
  const shares = tags.map(({ share }) => share ?? 0)
  expect(shares).toEqual(shares.toSorted((a, b) => b - a))
  expect(shares[0]).toBeGreaterThan(0)
  expect(timeline).toHaveLength(31)
  expect(timeline[0]!.end_seconds).toBeCloseTo((43 * 512) / 22050, 6)
  expect(timeline.flatMap((moment) => moment.tags)).toEqual([])
  expect(tags.filter(({ shown, expected_precision: precision }) => shown || precision !== null)).toEqual([])
  const human = (await algiers('tags', path('a.wav'), '--ears', path('ears'))).stdout
  expect(human).toContain('How often the tags of this network are right on music is not known.')
  const [first, second] = tags
  const never = { name: second!.tag, heard_precision: 0.2, shown_from: null, shown_precision: null }
  const known = { name: first!.tag, heard_precision: 0.7, shown_from: 0.05, shown_precision: 0.9 }
  writeTinyEars(path('measured'), {}, [known, never])
  const measured = await algiers('tags', path('a.wav'), '--ears', path('measured'), '--json')
  const [heard] = measured.document<[{ tags: Tag[]; timeline: { tags: Tag[] }[] }]>()
  expect(heard.tags.slice(0, 2).map((one) => [one.tag, one.shown, one.expected_precision])).toEqual([
    [first!.tag, true, 0.9],
    [second!.tag, false, 0.2],
  ])
  expect(new Set(heard.timeline.flatMap((moment) => moment.tags.map(({ tag }) => tag)))).toEqual(new Set([first!.tag]))
  const lines = (await algiers('tags', path('a.wav'), '--ears', path('measured'))).stdout.trim().split('\n')
  expect(lines.map((line) => line.trim()).slice(1)).toEqual([
    `${Math.round(first!.share! * 100)} % of the time  ${first!.tag}`,
  ])
})

test('without a network the command says so', async () => {
  const run = await algiers('embed', path('a.wav'), '--ears', path('nowhere'), '--json')
  expect(run.code).toBe(1)
  expect(run.document()).toMatchObject({ error: { code: 'MODEL_NOT_FOUND' } })
})
