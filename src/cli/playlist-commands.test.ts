import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'

let dataDir: string
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-cli-playlists-'))
  const store = openStore(join(dataDir, 'data'))
  for (const [index, title] of ['Amber', 'Basalt', 'Cedar', 'Dune'].entries())
    addFixtureTrack(store, {
      index,
      cached: false,
      bpm: 120 + index,
      tags: { title, rating: index === 3 ? 5 : null },
      facts: index === 0 ? {} : { energy: 5, camelot: '8A' },
      kinds: index === 1 ? ['intro', 'drop'] : [],
    })
  store.close()
})
afterAll(() => rmSync(dataDir, { recursive: true }))

const algiers = async (...args: readonly string[]): Promise<CliRun> => runAlgiers(join(dataDir, 'data'), args)
const titlesOf = async (...args: readonly string[]): Promise<readonly string[]> =>
  (await algiers(...args, '--json')).document<{ tracks: { title: string }[] }>().tracks.map(({ title }) => title)

test('a playlist is made, filled, reordered, listed and taken back', async () => {
  expect((await algiers('playlist', 'list')).stdout).toContain('No playlists yet')
  const made = await algiers('playlist', 'create', 'Friday', 'Cedar', 'Amber', '--folder', 'Nights/Late')
  expect(made.stdout).toBe('Playlist “Friday” made with 2 tracks\n')
  const added = await algiers('playlist', 'add', 'friday', '--from', 'rating_min=5', 'Amber', '--before', 'Amber')
  expect(added.stdout).toBe('1 track added to “Friday”; 1 was there already\n')
  expect((await algiers('playlist', 'move', 'Nights/Late/Friday', 'Cedar')).stdout).toBe('1 track moved in “Friday”\n')
  expect(await titlesOf('playlist', 'show', 'Friday')).toEqual(['Dune', 'Amber', 'Cedar'])
  expect(await titlesOf('tracks', '--playlist', 'Friday')).toEqual(['Dune', 'Amber', 'Cedar'])
  expect(await titlesOf('tracks', '--playlist', 'Friday', '--sort', 'title')).toEqual(['Amber', 'Cedar', 'Dune'])
  expect((await algiers('playlist', 'remove', 'Friday', 'Amber', 'Basalt')).stdout).toBe(
    '1 track taken out of “Friday”\n',
  )
  expect((await algiers('playlist', 'delete', 'Friday')).code).toBe(0)
  expect((await algiers('playlist', 'undo')).stdout).toBe('Taken back: Playlist “Friday” removed\n')
  expect((await algiers('playlist', 'undo')).stdout).toBe('Taken back: 1 track taken out of “Friday”\n')
  expect((await algiers('playlist', 'undo', '--redo')).stdout).toBe('Done again: 1 track taken out of “Friday”\n')
  expect((await algiers('playlist', 'list')).stdout).toMatch(/1\s+Nights\/Late\/Friday\s+2/)
  expect((await algiers('playlist', 'edit', '1', '--name', 'Saturday', '--folder', '')).code).toBe(0)
  expect((await algiers('playlist', 'list', '--json')).document()).toMatchObject({
    playlists: [{ id: 1, name: 'Saturday', folders: [], tracks: 2, filter: null }],
  })
})

test('a smart playlist is made of a filter, found as a pool, exported and made plain', async () => {
  const filter = 'bpm_min=121&sort=bpm&order=desc'
  const made = await algiers('playlist', 'create', 'Fast', '--filter', filter, '--limit', '2', '--json')
  expect(made.document()).toMatchObject({ playlist: { filter, limit: 2, tracks: 2 } })
  expect(await titlesOf('playlist', 'show', 'Fast')).toEqual(['Dune', 'Cedar'])
  const output = join(dataDir, 'fast.m3u8')
  const exported = await algiers('playlist', 'export', 'Fast', '--output', output)
  expect(exported.stdout).toBe(`Fast: 2 tracks written to ${output}\n`)
  expect(readFileSync(output, 'utf8').match(/^\/.*$/gm)).toEqual(['/gone/3.wav', '/gone/2.wav'])
  expect((await algiers('playlist', 'add', 'Fast', 'Amber')).stderr).toContain('finds its tracks by itself')
  expect((await algiers('playlist', 'duplicate', 'Fast', '--plain', '--name', 'Kept')).code).toBe(0)
  expect((await algiers('playlist', 'freeze', 'Fast')).stdout).toBe('“Fast” made a plain playlist with 2 tracks\n')
  expect((await algiers('playlist', 'freeze', 'Fast')).stdout).toBe('It is a plain playlist already.\n')
})

test('what is not there or makes no sense ends with its code', async () => {
  await algiers('playlist', 'create', 'Twice')
  await algiers('playlist', 'create', 'Twice')
  for (const [args, code, words] of [
    [['show', 'Nothing'], 1, 'No playlist has the number or name "Nothing"'],
    [['show', 'Twice'], 1, 'is the name of 2 playlists'],
    [['create', 'x', '--filter', 'bpm_min=120', 'Amber'], 2, 'give --filter alone'],
    [['create', 'x', '--filter', 'colour=mauve'], 2, 'It must be words, or a filter'],
    [['add', '1'], 2, 'Name tracks'],
    [['add', '1', 'Nowhere'], 1, 'No track has the id, path or name'],
    [['edit', '1', '--filter', 'bpm_min=120'], 1, 'is no smart playlist'],
  ] as const) {
    const run = await algiers('playlist', ...args)
    expect(run.code, args.join(' ')).toBe(code)
    expect(run.stderr).toContain(words)
  }
})

test('the library at a glance, as tables and as a document', async () => {
  const run = await algiers('library', 'overview')
  expect(run.stdout).toMatch(/^4 tracks, \d min of music$/m)
  for (const [tracks, words] of [
    ['3 tracks', 'without labels'],
    ['4 tracks', 'not heard yet'],
    ['4 tracks', 'without a colour'],
  ])
    expect(run.stdout).toMatch(new RegExp(`^${tracks}: ${words}$`, 'm'))
  expect(run.stdout).toMatch(/^8A\s+3 +█+$/m)
  expect(run.stdout).toMatch(/^drop\s+0\.3 min\s+1 +█+$/m)
  expect(run.stdout.match(/^1 track: not known$/gm)).toHaveLength(2)
  const document = (await algiers('library', 'overview', '--tracks', 'bpm_min=122', '--json')).document<{
    tracks: number
    keys: { keys: { camelot: string; tracks: number; filter: string | null }[] }
  }>()
  expect(document.tracks).toBe(2)
  expect(document.keys.keys.filter(({ tracks }) => tracks > 0)).toEqual([
    { camelot: '8A', tracks: 2, filter: 'bpm_min=122&key=8A' },
  ])
})
