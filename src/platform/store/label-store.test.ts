import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import type { EditedLabel, StoredLabel } from '../../core/labels/stored-label.ts'
import { createRandom } from '../../core/support/random.ts'
import { openStore } from './store.ts'

/** `bench/soak` kills hundreds of times. */
const KILLS = 8
let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-labels-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Adds labels one after the other to track 1, and prints the start of each once the store has acknowledged it. */
const WRITER = `
  import { openStore } from ${JSON.stringify(new URL('./store.ts', import.meta.url).href)}
  const store = openStore(process.argv[1])
  for (let start = Number(process.argv[2]); ; start += 8) {
    const label = { startBeat: start, endBeat: start + 8, kind: 'drop', source: 'user' }
    const [labels, revision] = [store.labels.list({ trackId: 1 }), store.labels.revision(1)]
    store.labels.put({ trackId: 1, revision, labels: [...labels, label] })
    process.stdout.write(start + '\\n')
  }`

const startWriter = (firstBeat: number): ChildProcess =>
  spawn(process.execPath, ['--input-type=module', '-e', WRITER, folder, String(firstBeat)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })

const addTrack = (): void => {
  const store = openStore(folder)
  const root = store.roots.add(folder)
  store.tracks.recordFile(root.id, {
    path: 'a.wav',
    sizeBytes: 1,
    modifiedMs: 1,
    audioDigest: 'a',
    fileDigest: 'f',
    tags: { title: null, artist: null, album: null, genre: null, year: null, bpm: null, key: null },
  } as Parameters<typeof store.tracks.recordFile>[1])
  store.close()
}

test(`no acknowledged label is lost by ${KILLS} kills without warning, and the next process can work at once`, async () => {
  addTrack()
  const random = createRandom(7)
  const acknowledged = new Set<number>()
  for (let kill = 0; kill < KILLS; kill++) {
    const writer = startWriter(kill * 1_000_000)
    let output = ''
    writer.stdout!.on('data', (chunk) => {
      output += chunk
    })
    await once(writer.stdout!, 'data')
    await sleep(random() * 60)
    writer.kill('SIGKILL')
    await once(writer, 'close')
    // The last line may be cut off by the kill.
    for (const line of output.split('\n').slice(0, -1)) acknowledged.add(Number(line))
    const store = openStore(folder)
    const kept = new Set(store.labels.list({ trackId: 1 }).map(({ startBeat }) => startBeat))
    expect([...acknowledged].filter((start) => !kept.has(start))).toEqual([])
    // At most the one that was written but not yet acknowledged by each kill.
    expect(kept.size - acknowledged.size).toBeLessThanOrEqual(kill + 1)
    expect(await store.checkIntegrity()).toBeNull()
    store.close()
  }
  expect(acknowledged.size).toBeGreaterThan(KILLS)
})

const DROP = { startBeat: 0, endBeat: 8, kind: 'drop', source: 'user' } as const

test('a plan is put in place as a whole, and labels that stay keep their ids', () => {
  addTrack()
  const store = openStore(folder)
  const put = (labels: readonly EditedLabel[]): readonly StoredLabel[] | null =>
    store.labels.put({ trackId: 1, revision: store.labels.revision(1), labels })
  const [first] = put([DROP])!
  const after = put([first!, { ...DROP, startBeat: 8, endBeat: 16 }])!
  expect(after[0]).toEqual(first)
  // The second is refused by the database: of the first, which would have gone before, nothing is lost.
  expect(() =>
    put([
      { ...DROP, startBeat: 32, endBeat: 40 },
      { ...DROP, startBeat: 60, endBeat: 50 },
    ]),
  ).toThrow('CHECK')
  expect(store.labels.list()).toEqual(after)
  store.close()
})

test('a plan on labels, a grid or decisions that are others by now changes nothing', () => {
  addTrack()
  const store = openStore(folder)
  const [labelsBefore, decisionsBefore] = [store.labels.revision(1), store.suggestions.revision(1)]
  const decision = { ...DROP, trackId: 1, decision: 'rejected', modelVersion: 1 } as const
  store.suggestions.decide({ decision, revision: decisionsBefore })
  // A decision is no label: who edits labels does not mind.
  expect(store.labels.revision(1)).toBe(labelsBefore)
  expect(store.suggestions.decide({ decision, revision: decisionsBefore, labels: [DROP] })).toBeNull()
  expect(store.suggestions.decisions(1)).toHaveLength(1)
  expect(store.labels.put({ trackId: 1, revision: labelsBefore, labels: [DROP] })).toHaveLength(1)
  expect(store.labels.put({ trackId: 1, revision: labelsBefore, labels: [] })).toBeNull()
  const grid = { trackId: 1, origin: 'estimated', edit: null, grid: {} as BeatGrid, labels: [], decisions: [] } as const
  expect(store.grids.add({ ...grid, revision: decisionsBefore })).toBeNull()
  expect(store.grids.current(1)).toBeNull()
  expect(store.labels.list()).toMatchObject([DROP])
  store.close()
})
