import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'

type Shown = {
  readonly id: number
  readonly version: number
  readonly places: readonly { readonly track_id: number; readonly is_locked: boolean; readonly title: string }[]
}

let dataDir = ''
const set = (...args: readonly string[]): Promise<CliRun> => runAlgiers(dataDir, ['set', ...args])
const document = async <Document>(...args: readonly string[]): Promise<Document> => {
  const run = await set(...args, '--json')
  expect(run.stderr).toBe('')
  return run.document<Document>()
}
const titlesOf = ({ places }: Shown): readonly string[] => places.map(({ title }) => title)

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-sets-'))
  const store = openStore(dataDir)
  for (let index = 0; index < 10; index++)
    addFixtureTrack(store, {
      index,
      tags: { title: `T${index}`, artist: `Artist ${index}` },
      bpm: 120 + (index % 5),
      facts: { camelot: `${index + 1}A`, energy: 1 + index },
      kinds: ['intro', 'drop', 'outro'],
    })
  store.close()
})
afterAll(() => rmSync(dataDir, { recursive: true }))

test('a set is planned and kept, locked, planned again, taken back and written', async () => {
  const saved = await document<Shown>('save', 'Friday', '--minutes', '4', '--min-bpm', '121', '--tempo-fall', '4')
  expect(saved.places).toHaveLength(7)
  const { id } = saved
  expect((await set('list')).stdout).toMatch(/1 +Friday +7 +20\d\d-/)
  await set('lock', `${id}`, '2', '5')
  const again = await document<Shown>('replan', `${id}`, '--seed', '5')
  for (const at of [1, 4])
    expect(again.places[at]).toEqual({ ...again.places[at], is_locked: true, title: titlesOf(saved)[at] })
  expect((await set('versions', `${id}`)).stdout).toMatch(/ 2 .*changed 2 locks\n +1 .*made\n/)
  expect((await set('rename', `${id}`, 'Saturday')).stdout).toBe('Set 1 is called Saturday.\n')
  expect((await set('undo', `${id}`)).stdout).toBe('Took back: renamed Friday to Saturday\n')
  expect((await set('redo', `${id}`)).stdout).toBe('Did again: renamed Friday to Saturday\n')
  const fits = await document<{ title: string; score: number }[]>('fits', `${id}`, '3', '--limit', '2')
  for (const { title } of fits) expect(titlesOf(again)).not.toContain(title)
  expect((await set('compare', `${id}`, '1', '2')).stdout).toMatch(/^ +(\d) +\1 +T\d +–$/m)
  const file = join(dataDir, 'friday.m3u8')
  expect((await set('export', `${id}`, file)).stdout).toContain('Written to')
  expect(
    readFileSync(file, 'utf8')
      .match(/- (T\d)/g)
      ?.map((name) => name.slice(2)),
  ).toEqual(titlesOf(again))
  expect((await set('export', `${id}`, file)).code).toBe(1)
  expect((await set('copy', `${id}`)).stdout).toBe('Copied as set 2.\n')
  expect((await set('delete', '2')).stdout).toBe('Deleted set 2.\n')
})

test('tracks in an order of their own, for people, and what cannot be', async () => {
  const run = await set('make', 'By hand', 'T3', 'T1', 'T8')
  expect(run.stdout).toMatch(/1 +0:00 +4 +Artist 3 – T3/)
  expect(run.stdout).toMatch(/1 → 2 +0\.\d\d +Bars \d+–\d+ of T3/)
  const id = /^\d+/.exec(run.stdout)![0]
  await set('replan', id)
  const compared = (await set('compare', id, '1', '2')).stdout
  // It stays about as long as it was.
  const [came, went] = [compared.match(/ came$/gm) ?? [], compared.match(/ went$/gm) ?? []]
  expect(Math.abs(came.length - went.length)).toBeLessThanOrEqual(1)
  for (const [args, code] of [
    [['show', '99'], 1],
    [['lock', '1', '99'], 2],
    [['make', 'Twice', 'T1', 'T1'], 1],
    [['save', 'Short', '--minutes', '3', '--min-bars', '3'], 2],
    [['save', 'Nothing', '--minutes', '3', '--min-bpm', '190', '--max-bpm', '200'], 1],
  ] as const)
    expect((await set(...args)).code, args.join(' ')).toBe(code)
})

test('what no set can be made of keeps none, and what a kept set is short of is said', async () => {
  const before = await document('list')
  expect((await set('save', 'Nothing', '--minutes', '3', '--min-bpm', '190', '--max-bpm', '200')).stderr).toMatch(
    /^No tracks to choose from: /m,
  )
  expect((await set('save', 'Never', '--minutes', '3', '--first', 'T1', '--never', 'T1')).code).toBe(1)
  expect(await document('list')).toEqual(before)
  const short = await set('save', 'Short', '--minutes', '9', '--artist-gap', '0', '--tempo-step', '0.1')
  const [, minutes] = /tracks, about (\d+) minutes?/.exec(short.stdout)!
  expect(short.stdout).toContain(`The set is ${9 - Number(minutes)} minutes shorter than wished. `)
})
