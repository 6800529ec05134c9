import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { storageError } from '../../core/support/storage-error.ts'
import { changing } from './changing.ts'
import { inTransaction } from './database.ts'

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
  const failure = Object.assign(new Error('EBADF'), { code: 'EBADF' })
  expect(storageError(failure)).toBe(failure)
  expect(storageError(undefined)).toBeUndefined()
  const constraint = Object.assign(new Error('constraint'), { code: 'ERR_SQLITE_ERROR', errcode: 2067 })
  expect(storageError(constraint)).toBe(constraint)
})

test.each([
  ['ENOSPC', 'STORAGE_FULL'],
  ['EROFS', 'STORAGE_READ_ONLY'],
  ['EIO', 'STORAGE_IO_ERROR'],
])('%s of the file system is %s', (code, expected) => {
  const refuse = (): never => {
    throw Object.assign(new Error(code), { code })
  }
  expect(() => changing(refuse)).toThrow(expect.objectContaining({ code: expected }))
})

test('a database that is opened for reading says so when it is written', () => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-read-only-'))
  const path = join(folder, 'one.db')
  new DatabaseSync(path).exec('CREATE TABLE notes (text TEXT)')
  const database = new DatabaseSync(path, { readOnly: true })
  const write = (): void => changing(() => database.exec("INSERT INTO notes VALUES ('x')"))
  expect(write).toThrow(expect.objectContaining({ code: 'STORAGE_READ_ONLY' }))
  database.close()
  rmSync(folder, { recursive: true })
})
