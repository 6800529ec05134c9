import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { islandsText } from './commands/graph-show.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'

let dataDir = ''
const graph = (...args: readonly string[]): Promise<CliRun> => runAlgiers(dataDir, ['graph', ...args])

/** Three tracks that mix, one in a key that clashes with theirs. */
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-graph-'))
  const store = openStore(dataDir)
  for (const [index, camelot] of ['1A', '2A', '1B', '7A'].entries())
    addFixtureTrack(store, {
      index,
      cached: false,
      tags: { title: `T${index}`, artist: 'Kleen' },
      bpm: 124,
      facts: { camelot, energy: 5 },
      kinds: ['intro', 'drop', 'outro'],
    })
  store.close()
})
afterAll(() => rmSync(dataDir, { recursive: true }))

test('the graph names what hangs together and what leads nowhere, the same each time', async () => {
  const told = await graph('show')
  expect([told.code, told.stderr]).toEqual([0, ''])
  expect(told.stdout).toContain('2 islands: 3 tracks hang together, 1 track mixes with nothing.')
  expect(told.stdout).toContain('1 track leads nowhere:\n  4  Kleen – T3')
  const [one, other] = [await graph('show', '--json'), await graph('show', '--json')]
  expect(other.stdout).toBe(one.stdout)
  expect(one.document<{ dead_ends: readonly number[]; islands: readonly unknown[] }>()).toMatchObject({
    dead_ends: [4],
    islands: [[1, 2, 3], [4]],
  })
})

test('every track of the islands is counted where it stands', () => {
  const sizes = (...lengths: readonly number[]) => lengths.map((length) => ({ length }))
  expect(islandsText(sizes(5, 3, 1, 1))).toBe(
    '4 islands: 5 tracks hang together, 3 more in smaller groups, 2 tracks mix with nothing.',
  )
  expect(islandsText(sizes(4, 2))).toBe('2 islands: 4 tracks hang together, 2 more in smaller groups.')
  expect(islandsText(sizes(3))).toBe('All of them hang together.')
  // A second one may belong to it: not every pair was looked at.
  expect(islandsText(sizes(3), 2)).toBe('1 island: 3 tracks hang together.')
  expect(islandsText(sizes(1, 1))).toBe('No two tracks mix well.')
})

test('a pool without tracks is told, and a score that is none is refused', async () => {
  expect((await graph('show', '--pool', 'genre=folk')).stdout).toBe('No tracks fit.\n')
  expect((await graph('show', '--least', '2')).code).toBe(2)
  expect((await graph('show', '--exits', '0')).code).toBe(2)
})

test('two tracks are told how they mix, or why not', async () => {
  expect((await graph('pair', 'T0', 'T1')).stdout).toMatch(/^They mix well\.\n\d\.\d\d {2}Bars /)
  const clash = await graph('pair', 'T0', 'T3')
  expect(clash.stdout).toContain('They do not mix well.\nTheir keys clash: 1A and 7A.')
  const asked = await graph('pair', 'T0', 'T3', '--json')
  expect(asked.document()).toMatchObject({ is_good: false, reasons: [{ code: 'keys-clash' }] })
  expect((await graph('pair', 'T0', 'nobody')).code).toBe(1)
})
