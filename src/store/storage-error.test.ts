import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { inTransaction } from './database.ts'
import { storageError } from './storage-error.ts'

test('a database that cannot grow says that the disk is full, and keeps what was acknowledged', () => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-full-'))
  const database = new DatabaseSync(join(folder, 'full.db'))
  database.exec('PRAGMA max_page_count = 8; CREATE TABLE notes (text TEXT)')
  const insert = database.prepare('INSERT INTO notes VALUES (?)')
  let acknowledged = 0
  const fill = (): void => {
    for (; acknowledged < 1000; acknowledged++) inTransaction(database, () => insert.run('x'.repeat(500)))
  }
  expect(fill).toThrow(expect.objectContaining({ code: 'STORAGE_FULL' }))
  expect(acknowledged).toBeGreaterThan(0)
  expect(database.prepare('SELECT count(*) AS kept FROM notes').get()).toEqual({ kept: acknowledged })
  database.close()
  rmSync(folder, { recursive: true })
})

test('other failures keep their words', () => {
  const failure = Object.assign(new Error('EIO'), { code: 'EIO' })
  expect(storageError(failure)).toBe(failure)
  expect(storageError(undefined)).toBeUndefined()
  expect(storageError(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' }))).toMatchObject({ code: 'STORAGE_FULL' })
})
