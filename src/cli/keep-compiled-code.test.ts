import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

const MAIN = join(import.meta.dirname, 'main.ts')
let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'algiers-code-'))
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const help = async (): Promise<string> => {
  const { NODE_COMPILE_CACHE: _, ...environment } = process.env
  const env = { ...environment, ALGIERS_DATA_DIR: dataDir }
  return (await promisify(execFile)(process.execPath, [MAIN, '--help'], { env })).stdout
}

test('keeps compiled code beside a library', async () => {
  mkdirSync(join(dataDir, 'cache'))
  const first = await help()
  const folder = join(dataDir, 'cache', 'code')
  const [version] = readdirSync(folder)
  expect(readdirSync(join(folder, version!)).length).toBeGreaterThan(20)
  expect(await help()).toBe(first)
})

test('makes nothing where there is no library', async () => {
  expect(await help()).toContain('algiers')
  expect(existsSync(join(dataDir, 'cache'))).toBe(false)
})
