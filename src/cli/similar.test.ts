import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'

let dataDir = ''
const similar = (...args: readonly string[]): Promise<CliRun> => runAlgiers(dataDir, ['similar', ...args])
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-similar-'))
  const store = openStore(dataDir)
  const add = (index: number, title: string, at: number | null, bpm: number, camelot: string): number =>
    addFixtureTrack(store, {
      index,
      tags: { title, artist: 'Someone' },
      bpm,
      facts: { key: camelot === '8A' ? 'A minor' : 'B minor', camelot },
      ...(at === null ? {} : { vector: [at, 0] }),
    })
  add(0, 'Summer Nights', 0, 120, '8A')
  add(1, 'Far\u001b[31m', 9, 120, '8A')
  add(2, 'Near', 1, 126, '10A')
  add(3, 'Not analysed', null, 120, '8A')
  store.close()
})
afterAll(() => rmSync(dataDir, { recursive: true }))

test('the tracks that sound most like one are listed, the nearest first', async () => {
  const { code, document } = await similar('summer', '--json')
  expect(code).toBe(0)
  expect(document()).toMatchObject({
    similar: [
      { track: { title: 'Near' }, tempo_difference_percent: expect.closeTo(5, 5), key_compatible: false },
      { track: { title: 'Far\u001b[31m' }, tempo_difference_percent: 0, key_compatible: true },
    ],
  })
  const { stdout } = await similar('summer')
  const [, near, far] = stdout.split('\n')
  expect(near).toMatch(/^ *3 {2}Someone – Near +50 % +\+5\.0 % {2}B minor {2}no/)
  expect(far).toContain('Someone – Far\\x1b[31m')
})

test('only what mixes, where that is asked for', async () => {
  const titles = async (...args: readonly string[]): Promise<readonly string[]> => {
    const { document } = await similar('summer', '--json', ...args)
    return document<{ similar: { track: { title: string } }[] }>().similar.map(({ track }) => track.title)
  }
  expect(await titles('--tempo', '4')).toEqual(['Far\u001b[31m'])
  expect(await titles('--keys')).toEqual(['Far\u001b[31m'])
  expect(await titles('--tempo', '6')).toHaveLength(2)
  for (const wrong of [
    ['--tempo', '31'],
    ['--energy', 'much'],
  ])
    expect((await similar('1', ...wrong)).code).toBe(2)
})

test('as many as asked for, and no other number', async () => {
  expect((await similar('1', '--limit', '1', '--json')).document<{ similar: [] }>().similar).toHaveLength(1)
  for (const limit of ['0', '101', '1.5', 'all']) expect((await similar('1', '--limit', limit)).code).toBe(2)
})

test.each([
  ['4', 'ANALYSIS_REQUIRED'],
  ['nobody', 'TRACK_NOT_FOUND'],
])('track %s is refused with %s', async (track, code) => {
  const run = await similar(track, '--json')
  expect([run.code, run.document()]).toMatchObject([1, { error: { code } }])
})
