import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseFile } from 'music-metadata'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type DemoTrack, writeDemoLibrary } from './demo-library.ts'
import { renderWav } from './generate-track.ts'
import { planLibrary } from './library-plan.ts'

let folder: string
let first: readonly DemoTrack[]
const progress: number[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'algiers-demo-'))
  first = await writeDemoLibrary(folder, {
    count: 2,
    seed: 1,
    threads: 2,
    onProgress: (fraction) => progress.push(fraction),
  })
}, 120_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

test('writes a WAV file with tags and its truth for each track, and nothing else', async () => {
  expect((await readdir(folder)).length).toBe(4)
  expect(progress).toEqual([0, 0.5, 1])
  for (const [index, { audioPath, truthPath, written }] of first.entries()) {
    expect(written).toBe(true)
    const truth = JSON.parse(await readFile(truthPath, 'utf8'))
    const { format, common } = await parseFile(audioPath)
    const { plan } = planLibrary(1, 2)[index]!
    expect(format).toMatchObject({ container: 'WAVE', sampleRate: 44100, bitsPerSample: 16, numberOfChannels: 1 })
    expect(format.duration).toBeCloseTo(truth.duration_seconds, 4)
    expect(common).toMatchObject({ title: plan.title, artist: plan.artist, genre: [plan.genre] })
    expect(truth).toMatchObject({ tempo_bpm: plan.bpm, title: plan.title, beats_per_bar: 4 })
  }
})

test('what a thread writes is what the generator renders', async () => {
  const rendered = await renderWav(planLibrary(1, 2)[1]!.plan)
  expect(Buffer.compare(await readFile(first[1]!.audioPath), rendered)).toBe(0)
}, 60_000)

test('keeps whole files and writes damaged or missing ones anew', async () => {
  const { audioPath, truthPath } = first[0]!
  const before = await readFile(audioPath)
  await truncate(audioPath, 5000)
  const second = await writeDemoLibrary(folder, { count: 2, seed: 1 })
  expect(second.map(({ written }) => written)).toEqual([true, false])
  expect(Buffer.compare(await readFile(audioPath), before)).toBe(0)

  await writeFile(truthPath, '{}')
  const { mtimeMs } = await stat(first[1]!.audioPath)
  const third = await writeDemoLibrary(folder, { count: 2, seed: 1 })
  expect(third.map(({ written }) => written)).toEqual([true, false])
  expect((await stat(first[1]!.audioPath)).mtimeMs).toBe(mtimeMs)
}, 120_000)

test('a cancelled run stops with the reason and leaves whole tracks only', async () => {
  const other = await mkdtemp(join(tmpdir(), 'algiers-demo-'))
  const controller = new AbortController()
  const reason = new Error('enough')
  const run = writeDemoLibrary(other, {
    count: 3,
    seed: 1,
    threads: 1,
    signal: controller.signal,
    onProgress: (fraction) => {
      if (fraction > 0) setTimeout(() => controller.abort(reason), 50)
    },
  })
  await expect(run).rejects.toBe(reason)
  const names = (await readdir(other)).sort()
  expect(names.filter((name) => name.includes('partial'))).toEqual([])
  expect(names).toEqual([`${first[0]!.id}.json`, `${first[0]!.id}.wav`])
  await rm(other, { recursive: true })
}, 120_000)
