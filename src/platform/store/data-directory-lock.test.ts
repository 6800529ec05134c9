import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { restoreBackup } from './restore-backup.ts'
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

test('the lock outlives its file: where that is removed, a second start is refused all the same', () => {
  const store = openStore(folder)
  for (const attempt of [1, 2]) {
    rmSync(store.directory.lock)
    expect([attempt, openInOtherProcess()]).toEqual([attempt, 'ALREADY_RUNNING'])
  }
  // Nor does what the refused start left behind let a third one in.
  expect(openInOtherProcess()).toBe('ALREADY_RUNNING')
  expect(store.roots.add('/music').path).toBe('/music')
  store.close()
  expect(openInOtherProcess()).toBe('opened')
})

test('a restore is refused as well while the library is open and its lock file is gone', () => {
  const store = openStore(folder)
  rmSync(store.directory.lock)
  expect(() => restoreBackup(folder, 'algiers-day-2026-01-01.db')).toThrow(
    expect.objectContaining({ code: 'ALREADY_RUNNING' }),
  )
  store.close()
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
