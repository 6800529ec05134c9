import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'

type Plan = {
  readonly tracks: readonly { readonly id: number; readonly title: string; readonly artist: string | null }[]
  readonly transitions: readonly {
    readonly from: number
    readonly to: number
    readonly score: number
    readonly from_bars: readonly [number, number]
    readonly to_bars: readonly [number, number]
    readonly parts: readonly { readonly part: string }[]
    readonly sentence: string
  }[]
  readonly score: number
  readonly greedy_score: number | null
  readonly minutes: number
  readonly refusals: readonly {
    readonly track_id: number | null
    readonly title: string | null
    readonly reason: string
  }[]
}

let dataDir = ''
const plan = (...args: readonly string[]): Promise<CliRun> => runAlgiers(dataDir, ['set', 'plan', ...args])
const planned = async (...args: readonly string[]): Promise<Plan> => {
  const run = await plan(...args, '--json')
  expect(run.stderr).toBe('')
  return run.document<Plan>()
}
const codeOf = async (...args: readonly string[]): Promise<unknown> => {
  const run = await plan(...args, '--json')
  return [run.code, run.document<{ error?: { code: string } }>().error?.code]
}

/** Tracks of 48 s at 120 BPM, of which 32 s are played before the outro; keys go round the wheel. */
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-set-'))
  const store = openStore(dataDir)
  for (let index = 0; index < 14; index++)
    addFixtureTrack(store, {
      index,
      tags: { title: `T${index}`, artist: `Artist ${index % 7}`, genre: index < 10 ? 'Techno' : 'House' },
      bpm: 120 + (index % 5),
      facts: { camelot: `${index + 1 > 12 ? index - 11 : index + 1}A`, energy: 1 + (index % 10) },
      kinds: ['intro', 'drop', 'outro'],
    })
  store.close()
})
afterAll(() => rmSync(dataDir, { recursive: true }))

test('a set is as long as wished, says each transition in bars, and is the same for the same seed', async () => {
  const set = await planned('--minutes', '2', '--artist-gap', '0')
  expect(set.minutes).toBeGreaterThan(1.8)
  expect(set.minutes).toBeLessThan(2.2)
  expect(set.transitions.map(({ from, to }) => [from, to])).toEqual(
    set.tracks.slice(1).map(({ id }, at) => [set.tracks[at]!.id, id]),
  )
  const { from_bars: out, to_bars: into } = set.transitions[0]!
  expect(out[1] - out[0]).toBe(into[1] - into[0])
  expect(set.transitions[0]!.sentence).toMatch(/^Bars \d+–\d+ of T\d+, .*, over bars \d+–\d+ of T\d+, /)
  expect(set.transitions[0]!.parts.map(({ part }) => part)).toContain('key')
  expect(set.score).toBeGreaterThanOrEqual(set.greedy_score!)
  expect((await plan('--minutes', '2', '--artist-gap', '0', '--json')).stdout).toBe(
    (await plan('--minutes', '2', '--artist-gap', '0', '--json')).stdout,
  )
})

test('the wishes are kept', async () => {
  const set = await planned(
    ...['--minutes', '3', '--pool', 'genre=techno&energy_min=2', '--first', 'T8', '--last', 'T3'],
    ...['--must', 'T5', '--never', 'T6', '--arc', '0.2,0.9', '--seed', '4'],
  )
  const titles = set.tracks.map(({ title }) => title)
  expect([titles[0], titles.at(-1)]).toEqual(['T8', 'T3'])
  expect(titles).toContain('T5')
  for (const title of ['T0', 'T6', 'T10', 'T11', 'T12', 'T13']) expect(titles).not.toContain(title)
})

test('the tracks are listed for people, with what was left out', async () => {
  const { code, stdout } = await plan('--minutes', '4')
  expect(code).toBe(0)
  expect(stdout).toMatch(/1 +\d+ +Artist \d – T\d+ +12\d\.0 +\d+A/)
  expect(stdout).toMatch(/1 → 2 +0\.\d\d +Bars \d+–\d+ of T/)
  expect(stdout).toMatch(/7 tracks, about 4 minutes; score 0\.\d\d of 1/)
})

test('where the limits allow fewer tracks, the set is shorter, and that is said', async () => {
  const set = await planned('--minutes', '5', '--tempo-step', '0.1', '--artist-gap', '0')
  expect(set.tracks).toHaveLength(3)
  expect(set.refusals).toEqual([
    { track_id: null, title: null, reason: expect.stringMatching(/^The set is 3 minutes shorter/) },
  ])
})

test('what cannot be is told by its code', async () => {
  expect(await codeOf('--minutes', '4', '--pool', 'polka')).toEqual([1, 'SET_POOL_EMPTY'])
  expect(await codeOf('--minutes', '4', '--pool', 'genre=polka')).toEqual([1, 'SET_POOL_EMPTY'])
  expect(await codeOf('--minutes', '4', '--first', 'T7', '--never', 'T7')).toEqual([1, 'SET_WISH_CONTRADICTORY'])
  expect(await codeOf('--minutes', '4', '--first', 'T7', '--last', 'T7')).toEqual([1, 'SET_WISH_CONTRADICTORY'])
  expect(await codeOf('--minutes', '4', '--tempo-step', '0.1', '--must', 'T8', '--must', 'T9')).toEqual([
    1,
    'SET_IMPOSSIBLE',
  ])
  expect(await codeOf('--minutes', '4', '--must', 'nobody')).toEqual([1, 'TRACK_NOT_FOUND'])
  for (const wrong of [
    ['--minutes', '0'],
    ['--minutes', '4', '--arc', 'up'],
    ['--minutes', '4', '--pool', 'colour=mauve'],
  ])
    expect((await plan(...wrong)).code).toBe(2)
})

test('why a wished track cannot be played, or none of several can, is told by the cause that holds', async () => {
  const messageOf = async (...args: readonly string[]): Promise<string | undefined> =>
    (await plan('--minutes', '4', ...args, '--json')).document<{ error?: { detail: string } }>().error?.detail
  expect(await messageOf('--first', 'T7', '--never', 'T7')).toBe('T7 cannot be both wanted and left out.')
  const store = openStore(dataDir)
  const root = store.roots.list()[0]!
  const tags = { ...store.tracks.get(1)!.tags, genre: 'Polka' }
  for (const title of ['New 1', 'New 2', 'New 3'])
    store.tracks.recordFile(root.id, {
      path: `${title}.wav`,
      sizeBytes: 1,
      modifiedMs: 1,
      audioDigest: title,
      fileDigest: title,
      tags: { ...tags, title },
    })
  store.close()
  expect(await messageOf('--pool', 'genre=polka')).toBe(
    'None of these tracks can be played. 3 tracks: Not analysed yet.',
  )
  expect(await messageOf('--first', 'New 1')).toBe('New 1 is wanted, but cannot be played. Not analysed yet.')
})

test('a step of the tempo is at most 6 % unless another one is wished for, or any', async () => {
  const wish = ['--minutes', '3', '--artist-gap', '0'] as const
  const [usual, any] = [await planned(...wish), await planned(...wish, '--tempo-step', 'any')]
  expect(await planned(...wish, '--tempo-step', '6')).toEqual(usual)
  expect(await planned(...wish, '--tempo-step', '100')).toEqual(any)
  expect((await plan(...wish, '--tempo-step', 'some')).code).toBe(2)
})
