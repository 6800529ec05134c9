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

test('tags are told the longest heard first, second by second too, there and to people without what is experimental', async () => {
  type Tag = { tag: string; probability: number; share: number | null; experimental: boolean }
  const run = await algiers('tags', path('a.wav'), '--ears', path('ears'), '--json')
  const [{ tags, timeline }] = run.document<[{ tags: Tag[]; timeline: { tags: Tag[]; end_seconds: number }[] }]>()
  expect(tags).toHaveLength(TINY.bands)
  const shares = tags.map(({ share }) => share ?? 0)
  expect(shares).toEqual(shares.toSorted((a, b) => b - a))
  expect(shares[0]).toBeGreaterThan(0)
  expect(timeline).toHaveLength(31)
  expect(timeline[0]!.end_seconds).toBeCloseTo((43 * 512) / 22050, 6)
  const experimental = new Set(tags.flatMap((one) => (one.experimental ? [one.tag] : [])))
  expect(timeline.flatMap((moment) => moment.tags).filter(({ tag }) => experimental.has(tag))).toEqual([])
  const human = (await algiers('tags', path('a.wav'), '--ears', path('ears'))).stdout
  expect(human).toContain(`${Math.round(shares[0]! * 100)} % of the time  ${tags[0]!.tag}`)
})

test('without a network the command says so', async () => {
  const run = await algiers('embed', path('a.wav'), '--ears', path('nowhere'), '--json')
  expect(run.code).toBe(1)
  expect(run.document()).toMatchObject({ error: { code: 'MODEL_NOT_FOUND' } })
})
