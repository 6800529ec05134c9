import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'

let dataDir = ''
const transition = (...args: readonly string[]): Promise<CliRun> => runAlgiers(dataDir, ['transition', ...args])
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-transition-'))
  const store = openStore(dataDir)
  for (const [index, [title, bpm, camelot]] of (
    [
      ['Dawn', 124, '8A'],
      ['Dusk', 125, '9A'],
      ['Noon', 140, '2B'],
    ] as const
  ).entries())
    addFixtureTrack(store, { index, tags: { title }, bpm, facts: { camelot }, kinds: ['intro', 'drop', 'outro'] })
  store.close()
})
afterAll(() => rmSync(dataDir, { recursive: true }))

test('a transition has one score, and says what it comes from', async () => {
  const { code, stdout } = await transition('dawn', 'dusk')
  expect(code).toBe(0)
  expect(stdout).toMatch(
    /^0\.\d\d of 1\noutro 0:30–0:46 \(your label\) of Dawn\nintro 0:00–0:15 \(your label\) of Dusk\n/,
  )
  expect(stdout).toMatch(/key +0\.9 +0\.25 +8A +9A/)
  const scoreOf = async (to: string): Promise<number> =>
    (await transition('dawn', to, '--json')).document<{ score: number }>().score
  expect(await scoreOf('dusk')).toBeGreaterThan(0.8)
  expect(await scoreOf('noon')).toBeLessThan(0.5)
})

test('a track that is not there is told', async () => {
  const run = await transition('dawn', 'nobody', '--json')
  expect([run.code, run.document()]).toMatchObject([1, { error: { code: 'TRACK_NOT_FOUND' } }])
})
