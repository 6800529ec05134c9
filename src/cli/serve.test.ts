import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

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
    // A client that stays must not keep the server from ending.
    const events = await fetch(`${address}/api/events`)
    child.kill(signal)
    expect(await once(child, 'exit')).toEqual([0, null])
    await expect(events.text()).rejects.toThrow()
  }
  await serve()
  await serve()
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
  child.kill('SIGTERM')
  await once(child, 'exit')
  rmSync(dataDir, { recursive: true })
})
