import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type CliRun, runAlgiers } from './run-algiers.fixture.ts'
import { writeTestTrack } from './test-track.fixture.ts'

let folder = ''
const algiers = (...args: readonly string[]): Promise<CliRun> => runAlgiers(join(folder, 'data'), args)
const file = (name: string): string => join(folder, name)

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-render-'))
  mkdirSync(file('music'))
  for (const [index, bpm] of [124, 126].entries())
    writeTestTrack(file(`music/song-${index}.wav`), { bpm, seed: index + 1, rootHz: 55 })
  await algiers('library', 'add', file('music'))
  expect((await algiers('library', 'scan')).code).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true }))

test('a set is one file, with the times at which its tracks come in; it is never written over', async () => {
  const run = await algiers('set', 'render', 'song-0', 'song-1', '--output', file('mix.wav'), '--json')
  expect(run.code).toBe(0)
  const { seconds, tracks } = run.document<{ seconds: number; tracks: { start_seconds: number }[] }>()
  expect(tracks.map(({ start_seconds }) => start_seconds)).toEqual([0, expect.any(Number)])
  const bytes = readFileSync(file('mix.wav'))
  expect(bytes.length).toBe(44 + 4 * Math.round(seconds * 44_100))
  const again = await algiers('set', 'render', 'song-0', 'song-1', '--output', file('mix.wav'))
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('already exists')])
  expect(again.stderr).not.toContain('labels export')
  expect(readFileSync(file('mix.wav')).equals(bytes)).toBe(true)
})

test('people are told when each track comes in; a transition alone needs two tracks', async () => {
  const run = await algiers('set', 'render', 'song-0', 'song-1', '-o', file('part.wav'), '--around', '2')
  expect(run.stdout).toMatch(/^0:00 {2}song-0\n0:0\d {2}song-1\n\d:\d\d of sound in .*part\.wav\n$/)
  const one = await algiers('set', 'render', 'song-0', '-o', file('one.wav'), '--around', '2', '--json')
  expect([one.code, one.document<{ error: { code: string } }>().error.code]).toEqual([1, 'TRANSITION_INVALID'])
  expect(existsSync(file('one.wav'))).toBe(false)
  const nowhere = await algiers('set', 'render', 'song-0', 'song-1', '-o', file('nodir/mix.wav'))
  expect([nowhere.code, nowhere.stderr]).toEqual([1, expect.stringContaining('File cannot be written')])
})

test('a kept set is rendered with its trims, which are set by place', async () => {
  const ids = ['song-0', 'song-1']
  const made = await algiers('set', 'make', 'Loud', ...ids, '--json')
  const id = `${made.document<{ id: number }>().id}`
  const trimmed = await algiers('set', 'trim', id, '1', '--json', '--', '-6')
  expect(trimmed.document<{ places: { trim_db: number }[] }>().places.map(({ trim_db }) => trim_db)).toEqual([-6, 0])
  expect((await algiers('set', 'show', id)).stdout).toMatch(/trim .*\n.* −6 dB/)
  expect((await algiers('set', 'trim', id, '1', '13')).code).toBe(2)
  expect((await algiers('set', 'render', '-o', file('none.wav'))).code).toBe(2)
  for (const [name, of] of [
    ['plain.wav', ids],
    ['trimmed.wav', ['--set', id]],
  ] as const)
    expect((await algiers('set', 'render', ...of, '-o', file(name))).code).toBe(0)
  const loudness = (name: string): number => {
    const samples = new Int16Array(Uint8Array.from(readFileSync(file(name)).subarray(44, 44 + 4 * 44_100)).buffer)
    return Math.sqrt(samples.reduce((sum, value) => sum + value ** 2, 0) / samples.length)
  }
  expect(loudness('trimmed.wav') / loudness('plain.wav')).toBeCloseTo(10 ** (-6 / 20), 2)
})
