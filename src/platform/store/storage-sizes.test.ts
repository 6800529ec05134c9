import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDataDirectory, type DataDirectory } from './data-directory.ts'
import { clearCache, newestBackup, storageSizes } from './storage-sizes.ts'

let directory: DataDirectory
beforeEach(() => {
  directory = createDataDirectory(mkdtempSync(join(tmpdir(), 'algiers-sizes-')))
})
afterEach(() => rmSync(directory.path, { recursive: true }))

const write = (bytes: number, ...place: readonly string[]): void => {
  mkdirSync(join(directory.path, ...place.slice(0, -1)), { recursive: true })
  writeFileSync(join(directory.path, ...place), new Uint8Array(bytes))
}

test('every file counts once, where it belongs', async () => {
  write(1000, 'algiers.db')
  write(100, 'algiers.db-wal')
  write(20, 'models', 'v1', 'model.onnx')
  write(3, 'cache', 'features', 'a.features')
  write(4, 'cache', 'peaks', 'a.peaks')
  write(500, 'backups', 'algiers-day-2026-01-02.db')
  write(70_000, 'demo', 'one.wav')
  expect(await storageSizes(directory)).toEqual({ database: 1100, models: 20, cache: 7, backups: 500, other: 70_000 })
})

test('clearing takes the cache and nothing else', async () => {
  write(20, 'models', 'v1', 'model.onnx')
  write(3, 'cache', 'features', 'a.features')
  await clearCache(directory)
  expect(readdirSync(directory.cache)).toEqual([])
  expect(await storageSizes(directory)).toMatchObject({ cache: 0, models: 20 })
})

test('the newest daily copy is named, and others are not taken for one', () => {
  expect(newestBackup(directory)).toBeNull()
  for (const name of ['algiers-day-2026-01-02.db', 'algiers-day-2026-01-10.db', 'before-schema-9.db'])
    write(1, 'backups', name)
  expect(newestBackup(directory)).toBe(join(directory.backups, 'algiers-day-2026-01-10.db'))
})
