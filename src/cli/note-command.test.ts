import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'

let dataDir = ''
const algiers = (...args: readonly string[]): Promise<CliRun> => runAlgiers(dataDir, args)
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-note-'))
  const store = openStore(dataDir)
  const some = ['Alpha', 'Bravo', 'Charlie']
  for (const [index, title] of some.entries())
    addFixtureTrack(store, {
      index,
      cached: false,
      bpm: [174, 100, 120][index]!,
      tags: { title, genre: index === 2 ? 'Techno' : 'House' },
      facts: { key: 'A minor', camelot: '8A' },
    })
  store.close()
})
afterAll(() => rmSync(dataDir, { recursive: true }))

const titles = async (...args: readonly string[]): Promise<readonly string[]> =>
  (await algiers('tracks', '--json', ...args))
    .document<{ tracks: { title: string }[] }>()
    .tracks.map(({ title }) => title)

test('tracks are rated and tagged, listed by it, and set free of it', async () => {
  const noted = await algiers(
    'note',
    'Alpha',
    '2',
    '--rating',
    '4',
    '--colour',
    'red',
    '--tag',
    'peak',
    '--tag',
    'late, vocal',
  )
  expect(noted.stdout).toBe('1 Alpha: ★★★★ · red · late, peak, vocal\n2 Bravo: ★★★★ · red · late, peak, vocal\n')
  await algiers('note', 'Bravo', '--rating', '5', '--untag', 'LATE', '--comment', 'opener')
  expect(await titles('--rating', '5')).toEqual(['Bravo'])
  expect(await titles('--tag', 'peak', '--tag', 'late')).toEqual(['Alpha'])
  expect(await titles('--tag', 'late', '--tag', 'none', '--any-tag')).toEqual(['Alpha'])
  expect(await titles('--sort', 'rating', '--desc')).toEqual(['Bravo', 'Alpha', 'Charlie'])
  expect(await titles('--colour', 'red', '--comment', 'open')).toEqual(['Bravo'])
  expect(await titles('--genre', 'techno')).toEqual(['Charlie'])
  expect((await algiers('tracks', '--genre', 'polka')).stdout).toBe('No tracks match.\n')
  const { stdout } = await algiers(
    'note',
    '1',
    '--rating',
    '0',
    '--colour',
    'none',
    '--untag',
    'peak',
    '--untag',
    'late',
    '--untag',
    'vocal',
  )
  expect(stdout).toBe('1 Alpha: nothing noted\n')
})

test('what is no note is refused', async () => {
  expect((await algiers('note', 'Alpha')).code).toBe(2)
  expect((await algiers('note', 'Alpha', '--rating', '6')).code).toBe(2)
  expect((await algiers('note', 'Alpha', '--colour', 'mauve')).code).toBe(2)
  expect((await algiers('note', 'Nobody', '--rating', '3', '--json')).document()).toMatchObject({
    error: { code: 'TRACK_NOT_FOUND' },
  })
})

test('the list writes keys and tempo as the settings say, and what the grid counts beside a folded one', async () => {
  expect((await algiers('tracks', '--limit', '1')).stdout).toMatch(/174\.00 +A minor 8A/)
  await algiers('settings', 'set', 'key_notation', 'open_key')
  await algiers('settings', 'set', 'bpm_range_from', '70')
  expect((await algiers('tracks', '--limit', '1')).stdout).toMatch(/87\.00 \(174\.00\) +A minor 1m/)
  expect(await titles('--sort', 'bpm')).toEqual(['Alpha', 'Bravo', 'Charlie'])
  expect((await algiers('settings', 'set', 'bpm_range_from', '10')).code).toBe(2)
  expect((await algiers('settings', 'set', 'bpm_range_from', '0')).code).toBe(0)
})
