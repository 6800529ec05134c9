import { mkdtempSync, rmSync } from 'node:fs'
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
