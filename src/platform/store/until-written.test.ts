import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { inTransaction } from './database.ts'
import { untilWritten } from './until-written.ts'

test('an answer is kept until a row is written, by whom and how ever, and never from within what is rolled back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'algiers-written-'))
  const path = join(folder, 'a.db')
  const database = new DatabaseSync(path)
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('CREATE TABLE lines (text TEXT)')
  let asked = 0
  const count = (): number =>
    untilWritten(database, 'count', () => {
      asked++
      return (database.prepare('SELECT count(*) AS lines FROM lines').get() as { lines: number }).lines
    })
  expect([count(), count(), asked]).toEqual([0, 0, 1])
  database.exec("INSERT INTO lines VALUES ('a')")
  expect([count(), count(), asked]).toEqual([1, 1, 2])
  const other = new DatabaseSync(path)
  other.exec("INSERT INTO lines VALUES ('b')")
  other.close()
  expect([count(), asked]).toEqual([2, 3])
  const cutShort = (): void =>
    inTransaction(database, () => {
      database.exec('DELETE FROM lines')
      expect(count()).toBe(0)
      throw new Error('rolled back')
    })
  expect(cutShort).toThrow('rolled back')
  expect(count()).toBe(2)
  expect(untilWritten(database, 'another question', () => 'another answer')).toBe('another answer')
  database.close()
  rmSync(folder, { recursive: true })
})
