import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseLabelDocument } from '../core/interop/label-document.ts'
import { parseLibrary } from '../core/interop/libraries/parse-library.ts'
import { traktorNml } from '../core/interop/libraries/traktor/traktor-nml.ts'
import { addFixtureTrack } from '../engine/kit/library.fixture.ts'
import { openStore } from '../platform/store/store.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'

let folder = ''
const exported = (...args: readonly string[]): Promise<CliRun> =>
  runAlgiers(join(folder, 'data'), ['exchange', 'export', ...args])

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-exchange-export-'))
  const store = openStore(join(folder, 'data'))
  addFixtureTrack(store, { index: 1, kinds: ['intro', 'drop', 'outro'], tags: { title: 'Summer' } })
  addFixtureTrack(store, { index: 2, tags: { title: 'Winter' } })
  store.close()
})
afterAll(() => rmSync(folder, { recursive: true }))

const TO_TRAKTOR = ['--format', 'traktor-nml', '--sections', '--grid'] as const

test('one document says what is written; a track without labels gets what the model reads', async () => {
  const output = join(folder, 'cues.nml')
  const dry = await exported(...TO_TRAKTOR, '--output', output, '--dry-run', '--json')
  expect(dry.code).toBe(0)
  expect(existsSync(output)).toBe(false)
  const { code, document } = await exported(...TO_TRAKTOR, '--output', output, '--json')
  expect(code).toBe(0)
  const report = document<{ cues: number }>()
  expect(report).toMatchObject({ format: 'traktor-nml', tracks: 2, loops: 0, skipped: [], files: [output] })
  expect({ ...dry.document<object>(), dry_run: false }).toEqual(report)
  const { tracks } = parseLibrary(traktorNml, { name: output, bytes: readFileSync(output) })
  expect(tracks[0]!.cues.map(({ name }) => name)).toEqual(['Intro', 'Drop', 'Outro'])
  expect(tracks[1]!.cues.length).toBe(report.cues - 3)
  expect(tracks[1]!.cues.length).toBeGreaterThan(0)
})

test('tracks are chosen by words, ids or parameters, and none that fits is an error', async () => {
  const countOf = async (tracks: string): Promise<unknown> => {
    const run = await exported(
      '--format',
      'rekordbox-xml',
      '--tracks',
      tracks,
      '--output',
      join(folder, 'b.xml'),
      '--dry-run',
      '--json',
    )
    return run.code === 0
      ? run.document<{ tracks: number }>().tracks
      : [run.code, run.stdout.match(/"code":"(\w+)"/)?.[1]]
  }
  expect([await countOf('summer'), await countOf('1'), await countOf('q=summer&has_labels=true')]).toEqual([1, 1, 1])
  expect(await countOf('nobody')).toEqual([1, 'TRACK_NOT_FOUND'])
  expect(await countOf('colour=mauve')).toEqual([2, 'USAGE'])
})

test('sections go out as such without a word more: labels, and what the model reads in a track without any', async () => {
  const output = join(folder, 'sections.json')
  const { code, document } = await exported('--format', 'json', '--output', output, '--json')
  expect(code).toBe(0)
  const report = document<{ cues: number }>()
  expect(report).toMatchObject({ format: 'json', tracks: 2, loops: 0, skipped: [], files: [output] })
  const { format, tracks } = parseLabelDocument(readFileSync(output, 'utf8'))
  expect(format).toBe('corpus')
  expect(tracks[0]!.labels.map(({ kind }) => kind)).toEqual(['intro', 'drop', 'outro'])
  expect(tracks[1]!.labels.length).toBe(report.cues - 3)
  expect(tracks[1]!.labels.length).toBeGreaterThan(0)
  const { stdout } = await exported(
    '--format',
    'csv',
    '--kinds',
    'drop',
    '--tracks',
    '1',
    '--output',
    join(folder, 'd.csv'),
  )
  expect(stdout).toContain('1 track, 1 section written as CSV')
  expect(stdout).not.toContain('Next')
})

test('people are told what to click; a file that is there stays', async () => {
  const args = [
    '--format',
    'rekordbox-xml',
    '--sections',
    '--kinds',
    'drop',
    '--tracks',
    'summer',
    '--output',
    join(folder, 'a.xml'),
  ]
  const { stdout } = await exported(...args)
  expect(stdout).toContain('1 track, 1 cue, 0 loops written as rekordbox XML')
  expect(stdout).toContain('1. In rekordbox, open Preferences')
  expect(stdout).toContain('Note: rekordbox does not update tracks that it already has')
  const again = await exported(...args)
  expect(again.code).toBe(1)
  expect(again.stderr).toContain('File already exists')
})

test('what would be changed in a file is shown cue by cue', async () => {
  const into = join(folder, 'mine.xml')
  const args = ['--format', 'rekordbox-xml', '--sections', '--tracks', '1']
  await exported(...args, '--kinds', 'intro', '--output', into)
  const { stdout } = await exported(...args, '--into', into, '--output', join(folder, 'new.xml'), '--dry-run')
  expect(stdout).toContain('Cues there: 1 before, 3 after; 0 new tracks')
  expect(stdout).toContain('Summer: -0 +2 (B Drop, C Outro); 1 there already, or without a free pad')
})

test.each([
  [['--format', 'pdf', '--output', 'x'], 'rekordbox-xml'],
  [['--format', 'engine', '--output', 'x'], 'Engine DJ imports rekordbox libraries itself'],
  [['--format', 'mixxx', '--output', 'x'], 'write serato for it, and m3u8 for playlists'],
  [['--format', 'virtualdj', '--output', 'x'], 'write rekordbox-xml or serato for it'],
  [['--format', 'm3u8'], "'--output <path>'"],
  [['--format', 'm3u8', '--output', ''], 'It must be a path.'],
  [['--format', 'rekordbox-xml', '--output', 'x', '--into', ' '], 'It must be a path.'],
  [['--format', 'm3u8', '--output', 'x', '--pads', '9'], 'a whole number from 0 to 8'],
  [['--format', 'm3u8', '--output', 'x', '--loops', 'first-3'], 'first-8 or last-16'],
  [['--format', 'm3u8', '--output', 'x', '--kinds', 'intro,hum'], 'Each must be one of intro'],
])('algiers exchange export %j is wrong usage', async (args, said) => {
  const { code, stderr } = await exported(...args)
  expect(code).toBe(2)
  expect(stderr).toContain(said)
})
