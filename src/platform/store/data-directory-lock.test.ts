import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from './store.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-lock-'))
})
afterEach(() => {
  chmodSync(folder, 0o700)
  rmSync(folder, { recursive: true })
})

const OPEN = `
  import { openStore } from ${JSON.stringify(new URL('./store.ts', import.meta.url).href)}
  try { openStore(process.argv[1]); console.log('opened') } catch (error) { console.log(error.code) }`
const openInOtherProcess = (): string =>
  spawnSync(process.execPath, ['--input-type=module', '-e', OPEN, folder], { encoding: 'utf8' }).stdout.trim()

test('a second process is told that the data directory is in use, until the first lets go', () => {
  const store = openStore(folder)
  expect(openInOtherProcess()).toBe('ALREADY_RUNNING')
  store.close()
  expect(openInOtherProcess()).toBe('opened')
})

test('a second opening in the same process is refused as well, and does not disturb the first', () => {
  const store = openStore(folder)
  expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'ALREADY_RUNNING' }))
  expect(store.roots.add('/music').path).toBe('/music')
  store.close()
})

test('a data directory that cannot be made is named', () => {
  writeFileSync(join(folder, 'file'), '')
  expect(() => openStore(join(folder, 'file', 'data'))).toThrow(
    expect.objectContaining({ code: 'DATA_DIR_UNWRITABLE' }),
  )
})
