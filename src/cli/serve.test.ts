import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { announceServer, findRunningServer } from '../api/running-server.ts'
import { runAlgiers } from './run-algiers.fixture.ts'

const MAIN = join(import.meta.dirname, 'main.ts')

test.each(['SIGTERM', 'SIGINT'] as const)('serves until %s, then lets the data directory go', async (signal) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'algiers-serve-'))
  const serve = async (): Promise<void> => {
    const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--no-open', '--json'], {
      env: { ...process.env, ALGIERS_DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const { address, token } = JSON.parse(line.toString()) as { address: string; token: string | null }
    expect(token).toBeNull()
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect((await fetch(`${address}/api/ready`)).status).toBe(200)
    // A client that stays connected must not keep the server from ending.
    const events = await fetch(`${address}/api/events`)
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([0, null])
    await expect(events.text()).rejects.toThrow()
  }
  await serve()
  await serve()
  // The labels of today are there twice, whatever happens to the library file.
  expect(readdirSync(join(dataDir, 'backups'))).toEqual([expect.stringMatching(/^algiers-day-[-\d]{10}\.db$/)])
  rmSync(dataDir, { recursive: true })
})

test('open to the network, it prints addresses that let a browser in', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'algiers-serve-'))
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', '--no-open', '--host', '0.0.0.0'], {
    env: { ...process.env, ALGIERS_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [text] = (await once(child.stdout, 'data')) as [Buffer]
  const [link, token] = /http:\/\/127\.0\.0\.1:\d+\/\?token=([\w-]{43})/.exec(text.toString()) ?? []
  expect((await fetch(link!, { redirect: 'manual' })).status).toBe(303)
  expect(readFileSync(join(dataDir, 'token'), 'utf8').trim()).toBe(token)
  expect(await findRunningServer(dataDir)).toEqual({ address: new URL(link!).origin, token })
  child.kill('SIGTERM')
  await once(child, 'exit')
  rmSync(dataDir, { recursive: true })
})

type Served = { readonly address: string; readonly exit: Promise<readonly unknown[]>; readonly stop: () => void }

const started: ChildProcess[] = []
// A test that failed leaves no server behind, which this process would wait for.
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

const startServing = async (dataDir: string, ...options: readonly string[]): Promise<Served> => {
  const child = spawn(process.execPath, [MAIN, 'serve', '--no-open', '--json', ...options], {
    env: { ...process.env, ALGIERS_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  started.push(child)
  const exit = once(child, 'exit')
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  const { address } = JSON.parse(line.toString()) as { address: string }
  return { address, exit, stop: () => child.kill('SIGTERM') }
}

test('a second start says where the first serves, and a note of one that is gone leads nowhere', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'algiers-serve-'))
  const first = await startServing(dataDir, '--port', '0')
  expect(await findRunningServer(dataDir)).toEqual({ address: first.address, token: null })
  const second = await startServing(dataDir, '--port', '0')
  expect(second.address).toBe(first.address)
  expect(await second.exit).toEqual([0, null])
  expect((await fetch(`${first.address}/api/ready`)).status).toBe(200)
  first.stop()
  expect(await first.exit).toEqual([0, null])
  expect(await findRunningServer(dataDir)).toBeNull()
  announceServer(dataDir, { address: first.address, instance: 'gone' })
  expect(await findRunningServer(dataDir)).toBeNull()
  rmSync(dataDir, { recursive: true })
})

test('a note whose port another server has by now does not lead to that, be it one of Algiers or anything else', async () => {
  const [own, others] = ['own', 'others'].map((name) => mkdtempSync(join(tmpdir(), `algiers-${name}-`)))
  const other = await startServing(others!, '--port', '0')
  const note = readFileSync(join(others!, 'server.json'), 'utf8')
  for (const left of [
    note.replace(/"instance":"[^"]+"/, '"instance":"of before"'),
    note.replace(/,"instance":"[^"]+"/, ''),
  ]) {
    writeFileSync(join(own!, 'server.json'), left)
    expect([left, await findRunningServer(own!)]).toEqual([left, null])
  }
  other.stop()
  await other.exit
  const stranger = createServer((socket) => socket.end('HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n'))
  await once(stranger.listen(Number(new URL(other.address).port), '127.0.0.1'), 'listening')
  writeFileSync(join(own!, 'server.json'), note)
  expect(await findRunningServer(own!)).toBeNull()
  stranger.close()
  for (const folder of [own!, others!]) rmSync(folder, { recursive: true })
})

test('a port that was asked for and is taken is refused by its code', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'algiers-serve-'))
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as AddressInfo
  const run = await runAlgiers(dataDir, ['serve', '--no-open', '--json', '--port', String(port)])
  expect([run.code, run.document()]).toMatchObject([1, { error: { code: 'PORT_IN_USE' } }])
  other.close()
  rmSync(dataDir, { recursive: true })
})
