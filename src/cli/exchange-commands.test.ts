import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rekordboxXmlOf } from '../engine/exchange/rekordbox-xml.fixture.ts'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { runAlgiers } from './run-algiers.fixture.ts'

let folder = ''
const dataDir = () => join(folder, 'data')
const library = () => join(folder, 'rekordbox.xml')
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-exchange-'))
  const marks = [
    { name: 'Intro', start: 0 },
    { name: 'Drop', start: 16, end: 24 },
  ]
  writeFileSync(library(), rekordboxXmlOf([{ path: '/gone/0.wav', marks }, { path: '/nowhere/1.wav' }]))
})
afterEach(() => rmSync(folder, { recursive: true }))

type ImportDocument = { readonly [name: string]: unknown }

test('a library of another program is told in numbers, also where there is no library of ours, and none is made', async () => {
  const { code, document } = await runAlgiers(dataDir(), ['exchange', 'import', library(), '--dry-run', '--json'])
  expect(code).toBe(0)
  expect(document<ImportDocument>()).toMatchObject({
    format: 'rekordbox-xml',
    program: 'rekordbox',
    version: '7.0.9',
    tracks: 2,
    cues: 1,
    loops: 1,
    phrases: 0,
    grids: 0,
    playlists: 1,
    matched: 0,
    unmatched: 2,
    suggestions: 0,
    warnings: [],
  })
  expect(existsSync(join(dataDir(), 'algiers.db'))).toBe(false)
})

test('it is brought in, accepted by kind, and taken back', async () => {
  const store = openStore(dataDir())
  store.settings.set('base_model', false)
  addFixtureTrack(store, { index: 0 })
  store.close()
  const run = (...args: readonly string[]) => runAlgiers(dataDir(), ['exchange', ...args])
  const looked = await run('import', library(), '--dry-run')
  expect(looked.stdout).toContain('1 track in your library, 1 not')
  expect(looked.stdout).toContain('2 sections would be suggested on 1 track')
  expect((await run('list', '--json')).document()).toEqual({ imports: [] })
  const brought = await run('import', library())
  expect(brought.stdout).toContain('2 sections suggested on 1 track')
  expect(brought.stderr).toContain('algiers exchange accept 1')
  const again = await run('import', library())
  expect(again.stdout).toContain('0 sections suggested on 0 tracks')
  expect(again.stdout).toContain('2 sections there already: suggested, decided on or labelled before')
  expect((await run('import', library(), '--dry-run', '--json')).document()).toMatchObject({
    suggestions: 0,
    already_there: 2,
  })
  expect((await run('undo', '2')).code).toBe(0)
  expect((await run('accept', '1', '--kind', 'drop')).stdout).toBe('1 section accepted on 1 track\n')
  expect((await run('list', '--json')).document()).toMatchObject({
    imports: [{ id: 2 }, { id: 1, open: 1, accepted: 1 }],
  })
  expect((await run('undo', '1')).stdout).toContain('Import 1 taken back: 1 label removed')
  const twice = await run('undo', '1')
  expect([twice.code, twice.stderr.split('\n')[0]]).toEqual([
    1,
    'Import not found: Import 1 has been taken back already.',
  ])
})

test('cues that become no section are counted with the reason', async () => {
  const store = openStore(dataDir())
  addFixtureTrack(store, { index: 0 })
  store.close()
  const names = ['Aa', 'Bb', 'Cc', 'Dd', 'Ee', 'Ff', 'Gg'].map((name, at) => ({ name: `Q${name}`, start: 8 + at }))
  const marks = [{ name: 'Drop', start: 16, end: 17 }, { name: 'Outro', start: 999 }, ...names]
  writeFileSync(library(), rekordboxXmlOf([{ path: '/gone/0.wav', marks }]))
  const { stdout } = await runAlgiers(dataDir(), ['exchange', 'import', library(), '--dry-run'])
  expect(stdout).toContain('  1 cue outside its track left out\n')
  expect(stdout).toContain('  1 section shorter than two bars left out\n')
  expect(stdout).toContain('  not understood: 2 rarer names\n')
})

test('of a folder with several libraries the largest is named, the numbers are sums, and each is told by itself', async () => {
  writeFileSync(join(folder, 'Friday.m3u8'), '#EXTM3U\n/gone/0.wav\n')
  writeFileSync(join(folder, 'Sets.m3u8'), '#EXTM3U\n/gone/0.wav\n/gone/1.wav\n/gone/2.wav\n')
  const { document } = await runAlgiers(dataDir(), ['exchange', 'import', folder, '--dry-run', '--json'])
  const named = ({ format, program, version, tracks, cues, playlists }: ImportDocument) =>
    [format, program, version, tracks, cues, playlists] as const
  expect(named(document())).toEqual(['m3u', 'M3U playlist', null, 5, 1, 3])
  expect(document<{ libraries: readonly ImportDocument[] }>().libraries.map(named)).toEqual([
    ['rekordbox-xml', 'rekordbox', '7.0.9', 2, 1, 1],
    ['m3u', 'M3U playlist', null, 3, 0, 2],
  ])
})

test('what holds no library is refused by its code', async () => {
  writeFileSync(join(folder, 'shopping.txt'), 'milk')
  for (const path of [join(folder, 'shopping.txt'), join(folder, 'nothing')]) {
    const { code, document } = await runAlgiers(dataDir(), ['exchange', 'import', path, '--dry-run', '--json'])
    expect([code, document<{ error: { code: string } }>().error.code]).toEqual([1, 'FOREIGN_LIBRARY_NOT_FOUND'])
  }
})
