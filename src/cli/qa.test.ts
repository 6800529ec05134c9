import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openApp } from '../app.ts'
import { openStore } from '../platform/store/store.ts'
import { sharedThreads } from '../platform/workers/shared-pool.fixture.ts'
import { runAlgiers } from './run-algiers.fixture.ts'
import { writeTestTrack } from './test-track.fixture.ts'

type FileQuality = {
  readonly file: string
  readonly flags?: readonly {
    readonly code: string
    readonly value: number | null
    readonly files?: readonly string[]
  }[]
  readonly error?: { readonly code: string }
}

let folder = ''
const path = (name: string): string => join(folder, 'music', name)
const dataDir = (): string => join(folder, 'data')
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-qa-'))
  mkdirSync(join(folder, 'music'))
  writeTestTrack(path('a.wav'), { bpm: 128, seed: 1, rootHz: 55 })
  writeTestTrack(path('other.wav'), { bpm: 122, seed: 2, rootHz: 49 })
  copyFileSync(path('a.wav'), path('copy.wav'))
  const bytes = readFileSync(path('other.wav'))
  writeFileSync(path('half.wav'), bytes.subarray(0, bytes.length / 2))
  writeFileSync(path('broken.mp3'), 'no music in here\n'.repeat(50))
})
afterAll(() => rmSync(folder, { recursive: true }))

test('qa needs no library, keeps the order, finds a missing end and the same recording twice, and goes on after a broken file', async () => {
  const files = ['a.wav', 'broken.mp3', 'half.wav', 'copy.wav'].map(path)
  const run = await runAlgiers(dataDir(), ['qa', ...files, '--json'])
  expect(run.code).toBe(3)
  const found = run.document<readonly FileQuality[]>()
  expect(found.map(({ file }) => file)).toEqual(files)
  expect(found[1]!.error!.code).toBe('AUDIO_FORMAT_UNKNOWN')
  const flagOf = (index: number, code: string) => found[index]!.flags!.find((flag) => flag.code === code)
  expect(flagOf(2, 'truncated')!.value).toBeGreaterThan(10)
  expect(flagOf(0, 'truncated')).toBeUndefined()
  expect(flagOf(0, 'duplicate_audio')).toMatchObject({ value: 1, files: [path('copy.wav')] })
  expect(flagOf(2, 'duplicate_audio')).toBeUndefined()
  const human = await runAlgiers(dataDir(), ['qa', path('half.wav')])
  expect(human.stdout).toContain('! The end is missing, ')
})

test('a library shows what its analyses found, checks once what older analyses did not, and knows copies', async () => {
  const app = await openApp({ dataDir: dataDir(), threads: sharedThreads })
  try {
    await app.collection.addRoot(join(folder, 'music'))
    await app.collection.scan()
    const byName = async (name: string) => (await app.collection.track(path(name))).quality
    expect((await byName('half.wav'))!.map(({ code }) => code)).toContain('truncated')
    expect((await byName('a.wav'))!.find(({ code }) => code === 'duplicate_audio')).toMatchObject({ value: 1 })
    expect((await byName('other.wav'))!.map(({ code }) => code)).not.toContain('duplicate_audio')
  } finally {
    await app.close()
  }
  const store = openStore(dataDir())
  const trackId = store.tracks.ids().find((id) => store.analyses.get(id) !== null)!
  const { facts, ...analysis } = store.analyses.get(trackId)!
  const { quality: _, ...older } = facts
  store.analyses.put({ ...analysis, facts: older })
  store.close()
  const scan = async () => (await runAlgiers(dataDir(), ['library', 'scan', '--json'])).document()
  expect(await scan()).toMatchObject({ analysed: 1, up_to_date: 2 })
  expect(await scan()).toMatchObject({ analysed: 0, up_to_date: 3 })
})
