import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { runAlgiers } from './run-algiers.fixture.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-end-'))
  execFileSync('mkfifo', [join(folder, 'pipe')])
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a process with a thread that cannot be stopped ends after its limit all the same', async () => {
  const script = join(import.meta.dirname, 'hanging-process.fixture.ts')
  const child = spawn(process.execPath, [script, join(folder, 'pipe'), '300'], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  child.kill('SIGTERM')
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
})

test.each(['ears.json', 'ears.onnx'])(
  'a pipe in the place of %s is told by doctor instead of being waited for',
  async (name) => {
    const pack = join(folder, 'pack')
    mkdirSync(pack)
    execFileSync('mkfifo', [join(pack, name)])
    if (name !== 'ears.json') {
      const { SHIPPED_EARS } = await import('../platform/inference/shipped-ears.ts')
      const { readFileSync } = await import('node:fs')
      writeFileSync(join(pack, 'ears.json'), readFileSync(join(SHIPPED_EARS, 'ears.json')))
    }
    const data = join(folder, 'data')
    expect((await runAlgiers(data, ['settings', 'set', 'ears_folder', pack])).code).toBe(0)
    const { document } = await runAlgiers(data, ['doctor', '--json'])
    const { checks } = document<{ checks: { name: string; state: string; detail: string }[] }>()
    expect(checks.find((check) => check.name === 'sound tags')).toMatchObject({
      state: 'warning',
      detail: expect.stringContaining(`${join(pack, name)}: is a device or pipe`),
    })
  },
)
