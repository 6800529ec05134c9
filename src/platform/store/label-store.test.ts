import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
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
    store.labels.edit(1, (labels) => [...labels, label])
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
    expect(store.checkIntegrity()).toBeNull()
    store.close()
  }
  expect(acknowledged.size).toBeGreaterThan(KILLS)
})

test('an edit that throws changes nothing, and labels that stay keep their ids', () => {
  addTrack()
  const store = openStore(folder)
  const drop = { startBeat: 0, endBeat: 8, kind: 'drop', source: 'user' } as const
  const [first] = store.labels.edit(1, () => [drop])
  const after = store.labels.edit(1, (labels) => [...labels, { ...drop, startBeat: 8, endBeat: 16 }])
  expect(after[0]).toEqual(first)
  const refuse = (): never => {
    throw new Error('no')
  }
  expect(() => store.labels.edit(1, refuse)).toThrow('no')
  expect(store.labels.list()).toEqual(after)
  store.close()
})
