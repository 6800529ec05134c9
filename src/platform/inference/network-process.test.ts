import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import type { LoadedNetwork } from './backend.ts'
import { loadInOwnProcess } from './network-process.ts'
import { TINY, writeTinyEars } from './tiny-ears.fixture.ts'

const entry = fileURLToPath(new URL('./faulty-network.fixture.ts', import.meta.url))
const load = (timeoutMs = 20_000): Promise<LoadedNetwork> =>
  loadInOwnProcess(new Uint8Array(), { provider: 'cpu', entry, timeoutMs })
const tell = (network: LoadedNetwork, value: number): Promise<unknown> =>
  network.run(Float32Array.of(value), [1, 1, 1]).then(({ embedding }) => embedding![0])

test('a network that crashes fails its own run, and the next one is answered', async () => {
  const network = await load()
  expect(await tell(network, 3)).toBe(6)
  const crashed = tell(network, -1)
  const behind = tell(network, 4)
  await expect(crashed).rejects.toMatchObject({
    code: 'INFERENCE_UNAVAILABLE',
    message: expect.stringContaining('ended'),
  })
  expect(await behind).toBe(8)
  await network.close()
})

test('one that crashes again and again is not started a fourth time, and says why; an answer in between begins the count anew', async () => {
  const network = await load()
  for (const value of [-1, -1, 3, -1, -1]) await tell(network, value).catch(() => {})
  expect(await tell(network, 4)).toBe(8)
  for (const value of [-1, -1, -1]) await expect(tell(network, value)).rejects.toThrow('ended (')
  await expect(tell(network, 4)).rejects.toMatchObject({
    code: 'INFERENCE_UNAVAILABLE',
    message: expect.stringContaining('ended 3 times in a row'),
  })
  await network.close()
})

test('networks share a process, which one may leave or take along, and only those that end it are refused', async () => {
  const [one, other] = [await load(), await load()]
  const process = await tell(one, -4)
  expect(await tell(other, -4)).toBe(process)
  await one.close()
  expect(await tell(other, -4)).toBe(process)
  const third = await load()
  for (const value of [-1, -1, -1]) {
    const asked = [tell(other, 3), tell(third, value), tell(other, 4), tell(other, 5)]
    expect(await Promise.allSettled(asked)).toEqual([
      { status: 'fulfilled', value: 6 },
      { status: 'rejected', reason: expect.objectContaining({ message: expect.stringContaining('ended (') }) },
      { status: 'fulfilled', value: 8 },
      { status: 'fulfilled', value: 10 },
    ])
  }
  await expect(tell(third, 4)).rejects.toThrow('ended 3 times in a row')
  expect(await tell(other, 5)).toBe(10)
  await Promise.all([third.close(), other.close()])
})

test('one that hangs is ended in time, and the next run is answered', async () => {
  const network = await load(3000)
  await expect(tell(network, -2)).rejects.toMatchObject({ message: expect.stringContaining('no answer in 3 s') })
  expect(await tell(network, 5)).toBe(10)
  await network.close()
})

test('one that fails says why, and is not ended for it', async () => {
  const network = await load()
  await expect(tell(network, -3)).rejects.toMatchObject({ code: 'INFERENCE_UNAVAILABLE', message: 'wrong shape' })
  expect(await tell(network, 1)).toBe(2)
  await network.close()
})

test('one that nobody asks ends by itself', async () => {
  const child = fork(fileURLToPath(new URL('./network-entry.ts', import.meta.url)), ['200'])
  expect(await once(child, 'exit')).toEqual([0, null])
})

test('a program that is no network is told', async () => {
  const absent = loadInOwnProcess(new Uint8Array(), { provider: 'cpu', entry: `${entry}.absent` })
  await expect(absent).rejects.toMatchObject({ code: 'INFERENCE_UNAVAILABLE' })
  const damaged = loadInOwnProcess(new Uint8Array([1, 2, 3]), { provider: 'cpu' })
  await expect(damaged).rejects.toMatchObject({ code: 'INFERENCE_UNAVAILABLE' })
})

test('the native runtime reports nothing to its maker', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-reports-'))
  const home = join(folder, 'home')
  mkdirSync(home)
  writeTinyEars(folder)
  vi.stubEnv('ORT_DISABLE_TELEMETRY', undefined)
  for (const name of ['HOME', 'USERPROFILE', 'LOCALAPPDATA', 'XDG_CACHE_HOME']) vi.stubEnv(name, home)
  try {
    const network = await loadInOwnProcess(readFileSync(join(folder, 'ears.onnx')), { provider: 'cpu' })
    await network.run(new Float32Array(TINY.frames * TINY.bands), [1, TINY.frames, TINY.bands])
    await network.close()
  } finally {
    vi.unstubAllEnvs()
  }
  // The runtime would keep its reports below the home folder until it sends them.
  expect(readdirSync(home)).toEqual([])
  rmSync(folder, { recursive: true })
})
