import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { writeTestTrack } from '../../cli/test-track.fixture.ts'
import { startPools } from './thread-pools.ts'

test('a task that waits for a network holds nobody up, whatever the priority, and closing ends it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-pools-'))
  const path = join(folder, 'a.wav')
  writeTestTrack(path, { bpm: 128, seed: 1, rootHz: 55 })
  const pools = startPools({ size: 1 })
  const urgent = pools.withPriority(1)
  expect(urgent.size).toBe(1)
  const mono = { samples: new Float32Array(60 * 60 * 22050).fill(0.1), sampleRate: 22050 }
  const unheard = expect(urgent.run('hearLevels', mono)).rejects.toMatchObject({ code: 'CANCELLED' })
  expect((await pools.run('identifyTrack', { path })).fileDigest).toHaveLength(64)
  await pools.close()
  await unheard
  rmSync(folder, { recursive: true })
})

/** How nice each thread of this process is to others, by its number. */
const niceness = (): ReadonlyMap<string, number> =>
  new Map(
    readdirSync('/proc/self/task').map((thread) => {
      const fields = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8').split(') ')[1]!.split(' ')
      return [thread, Number(fields[16])]
    }),
  )

test.runIf(process.platform === 'linux')(
  'what a person waits for runs beside the low threads, and as fast as any program',
  async () => {
    const pools = startPools({ size: 1, lowPriority: true })
    const folder = mkdtempSync(join(tmpdir(), 'algiers-pools-'))
    const path = join(folder, 'a.wav')
    writeTestTrack(path, { bpm: 128, seed: 1, rootHz: 55 })
    await pools.run('identifyTrack', { path })
    const before = niceness()
    expect(Math.max(...before.values())).toBeGreaterThan(0)
    const none = { from: new Int32Array(), to: new Int32Array(), score: new Float64Array() }
    await pools.run('settleTracks', { places: Float64Array.of(0, 0, 1, 1), transitions: none })
    const begun = [...niceness()].filter(([thread]) => !before.has(thread)).map(([, nice]) => nice)
    expect(begun.length).toBeGreaterThan(0)
    expect(Math.max(...begun)).toBe(0)
    await pools.close()
    rmSync(folder, { recursive: true })
  },
)
