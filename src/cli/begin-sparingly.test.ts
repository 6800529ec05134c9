import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const MAIN = join(import.meta.dirname, 'main.ts')

test('a server begins anew with little room, under the same id', async ({ skip }) => {
  skip(process.platform !== 'linux', 'only Linux shows how a process was started')
  const dataDir = mkdtempSync(join(tmpdir(), 'algiers-sparing-'))
  const child = spawn(process.execPath, [MAIN, '--port', '0', '--no-open', '--json'], {
    env: { ...process.env, ALGIERS_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  expect(JSON.parse(line.toString())).toMatchObject({ token: null })
  const read = (name: string): readonly string[] => readFileSync(`/proc/${child.pid}/${name}`, 'utf8').split('\0')
  expect(read('environ')).toContain('MALLOC_ARENA_MAX=2')
  expect(read('cmdline')).toEqual(expect.arrayContaining(['--max-semi-space-size=4', MAIN, '--no-open']))
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([0, null])
  rmSync(dataDir, { recursive: true })
})
