import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { oldEngineTables } from '../../core/interop/libraries/engine/engine-rows.fixture.ts'
import { UserError } from '../../core/support/user-error.ts'
import { openLibraryDatabase, readForeignDatabase } from './foreign-database.ts'

const folder = mkdtempSync(join(tmpdir(), 'algiers-foreign-test-'))
const create = (name: string, sql: string): DatabaseSync => {
  const database = new DatabaseSync(join(folder, name))
  database.exec(sql)
  return database
}
const TABLE = 'CREATE TABLE Track (id INTEGER, title TEXT, size INTEGER, blob BLOB)'

test('gives the columns that are there as plain values, and tables that are not as empty', async () => {
  create(
    'plain.db',
    `${TABLE}; INSERT INTO Track VALUES (1, 'Night', 9223372036854775807, x'0102'), (2, NULL, 1.5, NULL)`,
  ).close()
  const tables = await readForeignDatabase(join(folder, 'plain.db'), {
    Track: ['id', 'title', 'size', 'blob', 'unheardOf'],
    Crate: ['id'],
  })
  expect(tables).toEqual({
    Track: [
      { id: 1, title: 'Night', size: 2 ** 63, blob: Uint8Array.of(1, 2) },
      { id: 2, title: null, size: 1.5, blob: null },
    ],
    Crate: [],
  })
})

test('sees what a running program wrote last, and touches neither its file nor its folder', async () => {
  const running = create('running.db', `PRAGMA journal_mode = WAL; ${TABLE}; INSERT INTO Track (id) VALUES (1)`)
  const path = join(folder, 'running.db')
  expect(existsSync(`${path}-wal`)).toBe(true)
  const before = [readFileSync(path), readFileSync(`${path}-wal`), readdirSync(folder)]
  expect((await readForeignDatabase(path, { Track: ['id'] })).Track).toEqual([{ id: 1 }])
  expect([readFileSync(path), readFileSync(`${path}-wal`), readdirSync(folder)]).toEqual(before)
  running.close()
})

test('undoes on the copy what a program that died had not finished', async () => {
  const dying = create(
    'dying.db',
    `PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; ${TABLE}; INSERT INTO Track (id) VALUES (1)`,
  )
  dying.exec('BEGIN; UPDATE Track SET id = 2')
  for (let row = 0; row < 500; row++) dying.exec(`INSERT INTO Track VALUES (3, '${'x'.repeat(500)}', 0, NULL)`)
  for (const ending of ['', '-journal'])
    copyFileSync(join(folder, `dying.db${ending}`), join(folder, `dead.db${ending}`))
  dying.exec('ROLLBACK')
  dying.close()
  expect((await readForeignDatabase(join(folder, 'dead.db'), { Track: ['id'] })).Track).toEqual([{ id: 1 }])
})

test('leaves out a view, whose rows may have no end', async () => {
  create(
    'view.db',
    'CREATE VIEW Track AS WITH RECURSIVE c(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM c) SELECT id FROM c',
  ).close()
  expect(await readForeignDatabase(join(folder, 'view.db'), { Track: ['id'] })).toEqual({ Track: [] })
})

test.each([
  ['is none', () => Buffer.alloc(5000, 7)],
  ['is damaged', (good: Buffer) => Buffer.concat([good.subarray(0, 4096), Buffer.alloc(4096, 7)])],
])('a file that %s is refused with its name', async (what, spoil) => {
  create(`good-${what}.db`, `PRAGMA page_size = 4096; ${TABLE}; INSERT INTO Track (id) VALUES (1)`).close()
  const path = join(folder, `${what.replace(' ', '-')}.db`)
  writeFileSync(path, spoil(readFileSync(join(folder, `good-${what}.db`))))
  const read = readForeignDatabase(path, { Track: ['id'] })
  await expect(read).rejects.toThrow(UserError)
  await expect(read).rejects.toMatchObject({ code: 'IMPORT_MALFORMED', message: expect.stringContaining('.db:') })
})

test('a library is recognised by its tables, and what belongs to it is read from beside it', async () => {
  create(
    'm.db',
    "CREATE TABLE Information (schemaVersionMajor, schemaVersionMinor, schemaVersionPatch); CREATE TABLE Track (id, path, length); INSERT INTO Information VALUES (1, 7, 0); INSERT INTO Track VALUES (5, '../a.mp3', 200)",
  ).close()
  const performance = oldEngineTables().PerformanceData![0]!
  const beside = create('p.db', 'CREATE TABLE PerformanceData (id, beatData, quickCues, loops)')
  const { id, beatData, quickCues, loops } = performance as Record<string, Uint8Array>
  beside.prepare('INSERT INTO PerformanceData VALUES (?, ?, ?, ?)').run(id as never, beatData!, quickCues!, loops!)
  beside.close()
  const opened = await openLibraryDatabase(join(folder, 'm.db'))
  expect(opened).toMatchObject({ format: 'engine', title: 'Engine DJ library', library: { version: '1.7.0' } })
  expect(opened!.library.tracks[0]!.cues).toHaveLength(4)
})

test('a database of another program is none of ours', async () => {
  create('other.db', 'CREATE TABLE library (id)').close()
  expect(await openLibraryDatabase(join(folder, 'other.db'))).toBeNull()
})
