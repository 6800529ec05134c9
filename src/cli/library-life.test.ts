import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'
import { writeTestTrack } from './test-track.fixture.ts'

let folder = ''
const algiers = (...args: readonly string[]): Promise<CliRun> => runAlgiers(join(folder, 'data'), args)
const inFolder = (name: string): string => join(folder, name)
const titles = async (status: string): Promise<readonly string[]> =>
  (await algiers('tracks', '--status', status, '--sort', 'title', '--json'))
    .document<{ tracks: { title: string }[] }>()
    .tracks.map(({ title }) => title)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-life-'))
  mkdirSync(inFolder('music'))
  for (const [seed, name] of ['one', 'two', 'three'].entries())
    writeTestTrack(inFolder(`music/${name}.wav`), { bpm: 126, seed, rootHz: 55 })
  writeFileSync(inFolder('music/broken.mp3'), 'no music in here\n'.repeat(50))
  await algiers('library', 'add', inFolder('music'))
  expect((await algiers('library', 'scan')).code).toBe(3)
  expect((await algiers('labels', 'add', 'one', 'drop', '16', '48')).code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a broken file ends only the scan that met it with 3, and the doctor counts it for what it is', async () => {
  const again = await algiers('library', 'scan')
  expect([again.code, again.stdout.split('\n')[1]]).toEqual([
    0,
    '0 analysed, 3 up to date, 0 not reachable, 1 still cannot be analysed',
  ])
  expect((await algiers('doctor')).stdout).toContain('ok    tracks: 4 tracks, 1 cannot be read\n')
  expect(await titles('unreadable')).toEqual(['broken'])
  expect(await algiers('classify', 'broken')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^Not an audio file: /),
  })
})

test('an ignored file is listed, passed over by scans, and read again once that ends', async () => {
  expect((await algiers('library', 'ignore', 'broken')).stdout).toBe(
    'Files ignored: 1. Tracks removed: 1, kept as missing: 0.\n',
  )
  expect((await algiers('library', 'scan')).stdout).toContain('3 files, 0 new tracks, 0 missing, 1 ignored')
  const { ignored_files: files } = (await algiers('library', 'ignored', '--json')).document<{
    ignored_files: { id: number; title: string; path: string }[]
  }>()
  expect(files).toMatchObject([{ title: 'broken', path: inFolder('music/broken.mp3') }])
  expect((await algiers('library', 'unignore', String(files[0]!.id))).code).toBe(0)
  expect((await algiers('library', 'unignore', String(files[0]!.id), '--json')).document()).toMatchObject({
    error: { code: 'IGNORED_FILE_NOT_FOUND' },
  })
  expect((await algiers('library', 'ignored')).stdout).toBe('No files are ignored.\n')
  await algiers('library', 'scan')
  expect(await titles('unreadable')).toEqual(['broken'])
})

test('tracks are forgotten, but labelled ones only when that is said', async () => {
  const refused = await algiers('library', 'forget', 'one', 'two')
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('1 track holds 1 label')])
  expect((await algiers('library', 'forget', 'two', 'broken')).stdout).toContain('Files ignored from now on: 2.')
  expect(await titles('present')).toEqual(['one', 'three'])
})

test('a folder that is taken out says what goes and what is kept, and what is kept is found in the renamed folder', async () => {
  const plan = await algiers('library', 'remove', inFolder('music'), '--dry-run')
  expect(plan.stdout).toBe(
    `Would remove ${inFolder('music')}: 1 track goes with it, 1 track with your work (1 label) kept as missing.\n`,
  )
  expect(await titles('present')).toEqual(['one', 'three'])
  expect((await algiers('library', 'remove', inFolder('music'), '--json')).document()).toMatchObject({
    removed: { path: inFolder('music') },
    going: 1,
    kept: 1,
    kept_labels: 1,
    elsewhere: 0,
    dry_run: false,
  })
  expect([await titles('present'), await titles('missing')]).toEqual([[], ['one']])
  expect((await algiers('tracks')).stderr).toContain('1 track is missing: algiers tracks --status missing')
  renameSync(inFolder('music'), inFolder('renamed'))
  const found = await algiers('library', 'relocate', inFolder('renamed'))
  expect([found.code, found.stdout]).toEqual([0, expect.stringContaining('Found: 1. Not found: 0.')])
  expect([await titles('present'), await titles('missing')]).toEqual([['one'], []])
  expect((await algiers('labels', 'list', '--track', 'one')).stdout).toContain('drop')
  const other = await algiers('library', 'relocate', inFolder('renamed/two.wav'), 'one', '--json')
  expect([other.code, other.document()]).toMatchObject([1, { error: { code: 'OTHER_AUDIO' } }])
})
