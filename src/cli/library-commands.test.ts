import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApp } from '../app.ts'
import { crawl } from '../engine/collection/crawl.ts'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'
import { writeTestTrack } from './test-track.fixture.ts'

const BPM = 126
let folder = ''
let dataDir = ''
const algiers = (...args: readonly string[]): Promise<CliRun> => runAlgiers(dataDir, args)
const inFolder = (name: string): string => join(folder, name)
const seconds = (beat: number): string => String((beat * 60) / BPM)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-cli-'))
  dataDir = inFolder('data')
  mkdirSync(inFolder('music'))
  writeTestTrack(inFolder('music/one.wav'), { bpm: BPM, seed: 1, rootHz: 55 })
  writeTestTrack(inFolder('music/two\u001b[31m.wav'), { bpm: BPM, seed: 2, rootHz: 49 })
  writeFileSync(inFolder('music/broken.mp3'), 'no music in here\n'.repeat(50))
  expect((await algiers('library', 'add', inFolder('music'))).code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a scan with a broken file tells it on stderr, ends with 3 and prints one document', async () => {
  const scan = await algiers('library', 'scan', '--json')
  expect(scan.code).toBe(3)
  expect(scan.document()).toMatchObject({ analysed: 2, failures: [{ file: inFolder('music/broken.mp3') }] })
  expect(scan.stderr).toContain('broken.mp3')
})

test('a scan names what it passed over, on stderr for people and in the document', async () => {
  writeFileSync(inFolder('music/._one.wav'), 'of a Mac')
  const scan = await algiers('library', 'scan', '--json')
  rmSync(inFolder('music/._one.wav'))
  expect(scan.document<{ roots: object[] }>().roots).toMatchObject([
    { left_out: [{ reason: 'resource_fork', count: 1, files: ['._one.wav'] }] },
  ])
  expect(scan.stderr).toContain('passed over 1 file (Left by a Mac beside the real file): ._one.wav')
})

test('tracks shows tempo and key, and escapes what would colour the terminal', async () => {
  const listed = await algiers('tracks', '--json')
  const { tracks } = listed.document<{ tracks: { tempo_bpm: number | null; state: string; title: string }[] }>()
  const analysed = tracks.filter(({ state }) => state === 'ok')
  // The octave is a convention.
  expect(
    analysed.map(({ tempo_bpm }) => [BPM / 2, BPM, BPM * 2].some((bpm) => Math.abs(bpm - tempo_bpm!) < 0.05)),
  ).toEqual([true, true])
  const human = await algiers('tracks')
  expect(human.stdout).not.toContain('\u001b[31m')
  expect(human.stdout).toContain('two\\x1b[31m')
})

test('labels are added in seconds, refused when they overlap, trimmed when asked, listed, counted and deleted', async () => {
  const add = (kind: string, start: number, end: number, ...more: string[]): Promise<CliRun> =>
    algiers('labels', 'add', 'one', kind, seconds(start), seconds(end), '--seconds', '--json', ...more)
  expect((await add('intro', 0, 16)).code).toBe(0)
  const overlapping = await add('drop', 8, 48)
  expect(overlapping.code).toBe(1)
  expect(overlapping.document()).toMatchObject({
    error: { code: 'LABEL_OVERLAP', hint: expect.stringContaining('--overlap trim') },
  })
  expect((await add('drop', 8, 48, '--overlap', 'trim')).code).toBe(0)
  const { labels } = (await algiers('labels', 'list', '--track', 'one', '--json')).document<{
    labels: { id: number; label_value: string; end_time_seconds: number }[]
  }>()
  expect(labels.map(({ label_value }) => label_value)).toEqual(['intro', 'drop'])
  expect(Math.abs(labels[0]!.end_time_seconds - Number(seconds(8)))).toBeLessThan(60 / BPM)
  const stats = (await algiers('labels', 'stats', '--json')).document<Record<string, unknown>>()
  expect(stats).toMatchObject({
    total_labels: 2,
    label_counts: { drop: 1, intro: 1 },
    ready_for_training: false,
    min_samples_required: 10,
  })
  expect((await algiers('labels', 'delete', String(labels[1]!.id))).code).toBe(0)
  expect((await algiers('labels', 'delete', '999', '--json')).document()).toMatchObject({
    error: { code: 'LABEL_NOT_FOUND' },
  })
})

test.each([
  ['LABEL_SPAN_INVALID', ['one', 'drop', '32', '16']],
  ['LABEL_OUT_OF_TRACK', ['one', 'drop', '16', '100000']],
  ['LABEL_KIND_UNKNOWN', ['one', 'crescendo', '16', '32']],
  ['LABEL_TOO_SHORT', ['one', 'drop', '20', '22']],
  ['TRACK_NOT_FOUND', ['no such track', 'drop', '16', '32']],
])('a wrong label ends with %s and changes nothing', async (code, operands) => {
  const before = (await algiers('labels', 'list')).stdout
  const refused = await algiers('labels', 'add', ...operands, '--json')
  expect(refused.code).toBe(1)
  expect(refused.document()).toMatchObject({ error: { code } })
  expect((await algiers('labels', 'list')).stdout).toBe(before)
})

test.each(['json', 'jams', 'txt', 'csv'])('labels survive export to .%s, deletion and import', async (extension) => {
  await algiers('labels', 'add', 'one', 'outro', seconds(48), seconds(64), '--seconds', '--overlap', 'trim')
  const listed = async (): Promise<unknown> =>
    (await algiers('labels', 'list', '--json'))
      .document<{ labels: Record<string, unknown>[] }>()
      .labels.map(({ track_id, label_value, start_beat, end_beat }) => ({
        track_id,
        label_value,
        start_beat,
        end_beat,
      }))
  const before = await listed()
  const file = inFolder(`labels.${extension}`)
  expect((await algiers('labels', 'export', file, '--track', 'one')).code).toBe(0)
  expect((await algiers('labels', 'export', file, '--track', 'one', '--json')).document()).toMatchObject({
    error: { code: 'EXPORT_EXISTS' },
  })
  const { labels } = (await algiers('labels', 'list', '--json')).document<{ labels: { id: number }[] }>()
  for (const { id } of labels) await algiers('labels', 'delete', String(id))
  const rehearsed = await algiers('labels', 'import', file, '--track', 'one', '--dry-run')
  expect(rehearsed.stdout).toMatch(/^\d labels? would be imported on 1 track,/)
  const imported = await algiers('labels', 'import', file, '--track', 'one', '--json')
  expect(imported.document()).toMatchObject({ imported: labels.length, refused: [], failures: [] })
  expect(await listed()).toEqual(before)
  expect((await algiers('labels', 'import', file, '--track', 'one', '--json')).document()).toMatchObject({
    imported: 0,
    unchanged: labels.length,
  })
})

test('a file that holds no labels is named, the others are imported, and the exit code is 3', async () => {
  writeFileSync(inFolder('nonsense.json'), '{"a": 1}')
  const run = await algiers('labels', 'import', inFolder('nonsense.json'), inFolder('absent.json'), '--json')
  expect(run.code).toBe(3)
  expect(run.document<{ failures: { error: { code: string } }[] }>().failures.map(({ error }) => error.code)).toEqual([
    'FORMAT_UNKNOWN',
    'LABEL_FILE_NOT_FOUND',
  ])
})

test('wrong usage ends with 2 and one JSON document where asked for', async () => {
  for (const args of [
    ['nonsense'],
    ['labels', 'add', 'one'],
    ['labels', 'delete', 'x'],
    ['tracks', '--unknown'],
    ['settings', 'set', 'workers', '-3'],
  ]) {
    const run = await algiers(...args, '--json')
    expect([args, run.code]).toEqual([args, 2])
    expect(run.document()).toMatchObject({ error: { code: 'USAGE' } })
  }
  expect((await algiers('library')).code).toBe(2)
})

test('help ends with 0 and shows an example, for every command', async () => {
  const { stdout } = await algiers('--help')
  const names = [...stdout.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name!).filter((name) => name !== 'help')
  expect(names).toContain('analyze')
  for (const name of names) {
    const help = await algiers(name, '--help')
    expect([name, help.code]).toEqual([name, 0])
    const children = [...help.stdout.matchAll(/^ {2}([a-z-]+) \[options\]/gm)].map(([, child]) => child!)
    if (children.length === 0) expect(help.stdout).toContain(`$ algiers ${name}`)
    for (const child of children)
      expect((await algiers(name, child, '--help')).stdout).toContain(`$ algiers ${name} ${child}`)
  }
})

test('what cannot be a folder of music is refused with its reason', async () => {
  const codeOf = async (...args: readonly string[]): Promise<unknown> => {
    const run = await algiers(...args, '--json')
    expect(run.code).toBe(1)
    return run.document<{ error: { code: string } }>().error.code
  }
  expect(await codeOf('library', 'add', inFolder('nowhere'))).toBe('ROOT_NOT_FOUND')
  expect(await codeOf('library', 'add', inFolder('music/one.wav'))).toBe('ROOT_NOT_A_FOLDER')
  expect(await codeOf('labels', 'add', 'broken.mp3', 'drop', '0', '32')).toBe('ANALYSIS_REQUIRED')
  expect(await codeOf('grid', 'shift', 'one', '--milliseconds', '999999')).toBe('GRID_EDIT_INVALID')
  await expect(crawl(inFolder('nowhere'), { folders: [] })).rejects.toMatchObject({ code: 'ROOT_OFFLINE' })
})

test('settings are kept, and limits hold', async () => {
  expect((await algiers('settings', 'set', 'training_timeout_seconds', '42')).code).toBe(0)
  expect((await algiers('settings', 'get', '--json')).document()).toMatchObject({
    settings: { training_timeout_seconds: 42 },
  })
  expect((await algiers('settings', 'get', 'nonsense')).code).toBe(2)
})

test('while another process has the library open, a command says so', async () => {
  const app = await openApp({ dataDir })
  const refused = await algiers('tracks', '--json')
  await app.close()
  expect(refused.code).toBe(1)
  expect(refused.document()).toMatchObject({ error: { code: 'ALREADY_RUNNING' } })
})

test('doctor finds a healthy library, and a folder that is away', async () => {
  const run = await algiers('doctor', '--json')
  expect(run.code).toBe(0)
  expect(run.document()).toMatchObject({ healthy: true })
})

test('a grid edit makes a new version and carries the labels by time', async () => {
  const times = async (): Promise<readonly number[]> =>
    (await algiers('labels', 'list', '--track', 'one', '--json'))
      .document<{ labels: { start_time_seconds: number }[] }>()
      .labels.map(({ start_time_seconds }) => start_time_seconds)
  const before = await times()
  expect(before.length).toBeGreaterThan(0)
  const edited = await algiers('grid', 'double', 'one', '--json')
  expect(edited.document()).toMatchObject({ version: 2 })
  const after = await times()
  for (const [index, time] of before.entries()) expect(Math.abs(after[index]! - time)).toBeLessThan(0.02)
  expect((await algiers('tracks')).stdout).toContain('stale')
  expect((await algiers('library', 'scan')).stdout).toContain('1 analysed')
})
