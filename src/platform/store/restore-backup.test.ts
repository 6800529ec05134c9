import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addLabelledTracks } from '../../engine/kit/library.fixture.ts'
import { buildOn } from '../../engine/upkeep/build-on.ts'
import { openDatabase } from './database.ts'
import { listBackups, rotateBackups } from './list-backups.ts'
import { migrations } from './migrations.ts'
import { stageRestore } from './restore-backup.ts'
import { openStore, type Store } from './store.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-restore-'))
  store = openStore(folder)
  addLabelledTracks(store, 2)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const reopen = (): void => {
  store.close()
  store = openStore(folder)
}
const madeCopy = async (): Promise<string> => (await store.backups.make()).split(/[\\/]/).at(-1)!
const deleteOneLabel = (): boolean => store.labels.delete(store.labels.list()[0]!.id)
const beforeRestore = (): readonly (number | undefined)[] =>
  listBackups(store.directory.backups)
    .filter(({ kind }) => kind === 'restore')
    .map(({ holds }) => holds?.labels)
const code = (value: string): unknown => expect.objectContaining({ code: value })

test('at the next start the library is as the copy has it, and what it was is a copy itself', async () => {
  const copy = await madeCopy()
  const whole = store.labels.list()
  expect(listBackups(store.directory.backups)).toEqual([
    expect.objectContaining({ name: copy, kind: 'hand', holds: { tracks: 2, labels: 6 } }),
  ])
  deleteOneLabel()
  stageRestore(store.directory, copy)
  // Nothing changes until then, and later writes end up in the copy of the replaced library.
  expect(store.counts()).toEqual({ tracks: 2, labels: 5 })
  deleteOneLabel()
  reopen()
  expect(store.labels.list()).toEqual(whole)
  expect(beforeRestore()).toEqual([4])
  expect(existsSync(store.directory.restore)).toBe(false)
  // A restore happens only once.
  deleteOneLabel()
  reopen()
  expect(store.counts().labels).toBe(5)
  expect(beforeRestore()).toEqual([4])
})

test('a restore can be undone by restoring what was put aside', async () => {
  const copy = await madeCopy()
  deleteOneLabel()
  stageRestore(store.directory, copy)
  reopen()
  const [aside] = listBackups(store.directory.backups).filter(({ kind }) => kind === 'restore')
  stageRestore(store.directory, aside!.name)
  reopen()
  expect(store.counts().labels).toBe(5)
})

test('of what restores replaced the last five are kept', async () => {
  const copy = await madeCopy()
  for (let time = 0; time < 7; time++) {
    stageRestore(store.directory, copy)
    reopen()
  }
  expect(beforeRestore()).toHaveLength(5)
})

test('a library that is damaged is put aside as it lies, and the copy takes its place', async () => {
  const copy = await madeCopy()
  stageRestore(store.directory, copy)
  const { database, backups } = store.directory
  store.close()
  writeFileSync(database, 'no database any more')
  store = openStore(folder)
  expect(store.counts().labels).toBe(6)
  const aside = readdirSync(backups).find((name) => name.startsWith('algiers-before-restore-'))!
  expect(readFileSync(join(backups, aside), 'utf8')).toBe('no database any more')
  expect(listBackups(backups).find(({ kind }) => kind === 'restore')).toMatchObject({ holds: null })
  expect(() => stageRestore(store.directory, aside)).toThrow(code('DATABASE_DAMAGED') as Error)
})

test('only a copy of the list is taken, and only one that this Algiers can read', async () => {
  const copy = await madeCopy()
  for (const name of ['algiers-day-2020-01-01.db', '../algiers.db', 'algiers.db', ''])
    expect(() => stageRestore(store.directory, name)).toThrow(code('BACKUP_NOT_FOUND') as Error)
  const newer = new DatabaseSync(join(store.directory.backups, copy))
  newer.exec(`PRAGMA user_version = ${migrations.length + 1}`)
  newer.close()
  expect(() => stageRestore(store.directory, copy)).toThrow(code('SCHEMA_TOO_NEW') as Error)
  expect(readdirSync(folder).filter((name) => name.startsWith('restore'))).toEqual([])
})

test('a version whose files were deleted since is not active again', async () => {
  store.models.publish({ version: 1, onnx: Uint8Array.of(1), card: { accuracy: 1 } })
  store.models.publish({ version: 2, onnx: Uint8Array.of(2), card: { accuracy: 1 } })
  store.models.activate(1)
  const first = await madeCopy()
  store.models.activate(2)
  store.models.delete(1)
  stageRestore(store.directory, first)
  reopen()
  expect(store.models.activeVersion()).toBeNull()
  expect(store.models.versions()).toEqual([2])
})

/** Changes a copy in the list. */
const change = (copy: string, sql: string): void => {
  const database = new DatabaseSync(join(store.directory.backups, copy))
  database.exec(sql)
  database.close()
}

test.each([
  ['another program', 'DROP TABLE labels'],
  ['another Algiers, without a column', 'ALTER TABLE settings RENAME COLUMN value TO worth'],
  ['no version', 'PRAGMA user_version = 0'],
  ['a version below all', 'PRAGMA user_version = -5'],
  ['a trigger', 'CREATE TRIGGER evil AFTER INSERT ON labels BEGIN DELETE FROM labels; END'],
  [
    'a trigger under a name of ours',
    `DROP TRIGGER bulk_labels_after_change;
     CREATE TRIGGER bulk_labels_after_change AFTER INSERT ON labels BEGIN DELETE FROM labels; END`,
  ],
  ['a trigger less', 'DROP TRIGGER bulk_labels_after_change'],
  ['a view', 'CREATE VIEW more AS SELECT * FROM labels'],
])('a copy with the tables of %s is refused before anything changes', async (_of, sql) => {
  const copy = await madeCopy()
  change(copy, sql)
  expect(() => stageRestore(store.directory, copy)).toThrow(code('DATABASE_DAMAGED') as Error)
  expect(readdirSync(folder).filter((name) => name.startsWith('restore'))).toEqual([])
})

test('the lines of a trigger may be laid out as another version has them', async () => {
  const copy = await madeCopy()
  const database = new DatabaseSync(join(store.directory.backups, copy))
  const { sql } = database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'bulk_labels_after_change'").get() as {
    readonly sql: string
  }
  database.exec(`DROP TRIGGER bulk_labels_after_change; ${sql.replaceAll(/\s+/g, '\n\t')}`)
  database.close()
  stageRestore(store.directory, copy)
  expect(existsSync(store.directory.restore)).toBe(true)
})

test.each(migrations.map((_, before) => before + 1))('a copy of the time of step %i may take its place', (steps) => {
  const name = 'algiers-hand-2026-01-01T00-00-00-000Z.db'
  const path = join(store.directory.backups, name)
  openDatabase({ path, backups: folder, migrations: migrations.slice(0, steps) }).close()
  stageRestore(store.directory, name)
  expect(existsSync(store.directory.restore)).toBe(true)
})

test('an older copy is migrated before it is laid ready', async () => {
  const old = join(store.directory.backups, 'algiers-hand-2026-01-01T00-00-00-000Z.db')
  openDatabase({ path: old, backups: folder, migrations: migrations.slice(0, 3) }).close()
  stageRestore(store.directory, 'algiers-hand-2026-01-01T00-00-00-000Z.db')
  const staged = new DatabaseSync(store.directory.restore)
  expect(staged.prepare('PRAGMA user_version').get()).toEqual({ user_version: migrations.length })
  staged.close()
  reopen()
  expect(store.counts()).toEqual({ tracks: 0, labels: 0 })
  expect(beforeRestore()).toEqual([6])
})

test('settings that this version does not allow do not keep a copy from being opened: the defaults hold', async () => {
  const copy = await madeCopy()
  change(
    copy,
    `INSERT INTO settings (key, value) VALUES ('workers', '"many"'), ('key_notation', '"colours"'), ('base_model', '{'), ('from_the_future', '1')
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
  )
  stageRestore(store.directory, copy)
  reopen()
  expect(store.settings.all()).toMatchObject({ workers: 0, keyNotation: 'camelot', baseModel: true })
  expect(store.settings.set('workers', 3)).toMatchObject({ workers: 3 })
})

test('a copy that does not fit beside the library is refused', async () => {
  const copy = await madeCopy()
  expect(() => stageRestore(store.directory, copy, () => 100_000)).toThrow(code('STORAGE_FULL') as Error)
  expect(readdirSync(folder).filter((name) => name.startsWith('restore'))).toEqual([])
})

test('what was there before is there again where the restored library cannot be opened', async () => {
  const copy = await madeCopy()
  deleteOneLabel()
  stageRestore(store.directory, copy)
  store.close()
  writeFileSync(store.directory.restore, 'damaged since')
  store = openStore(folder)
  expect(store.counts().labels).toBe(5)
  expect(store.restoreFailure).toMatchObject({ code: 'DATABASE_DAMAGED' })
  expect([existsSync(store.directory.restore), beforeRestore()]).toEqual([false, []])
  reopen()
  expect([store.counts().labels, store.restoreFailure]).toEqual([5, null])
})

test('what was there before is there again where the program does not start with the restored library', async () => {
  const copy = await madeCopy()
  deleteOneLabel()
  stageRestore(store.directory, copy)
  reopen()
  const seen: number[] = []
  const build = async (built: Store): Promise<string> => {
    store = built
    seen.push(built.counts().labels)
    if (seen.length === 1) throw new Error('not with this one')
    return 'runs'
  }
  expect(await buildOn(store, build)).toBe('runs')
  expect(seen).toEqual([6, 5])
  expect(store.restoreFailure).toMatchObject({ detail: 'not with this one' })
})

test('without a restore before it a failed start closes the library', async () => {
  await expect(buildOn(store, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  store = openStore(folder)
})

test('the fullest copy stays, however many poorer ones follow it', async () => {
  const { backups } = store.directory
  const full = 'algiers-day-2026-01-01.db'
  renameSync(join(backups, await madeCopy()), join(backups, full))
  const poor = new DatabaseSync(join(folder, 'poor.db'))
  poor.exec('CREATE TABLE tracks (id); CREATE TABLE labels (id)')
  poor.close()
  const names = Array.from({ length: 10 }, (_, day) => `algiers-day-2026-02-${String(day + 10)}.db`)
  for (const name of names) copyFileSync(join(folder, 'poor.db'), join(backups, name))
  writeFileSync(join(backups, 'algiers-day-2026-02-09.db'), 'no database')
  rotateBackups(backups, { names: readdirSync(backups), kept: 7, newest: 'algiers-day-9999-12-31.db' })
  expect(readdirSync(backups).sort()).toEqual([full, ...names.slice(3)])
})
