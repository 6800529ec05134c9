import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { EMPTY_TAGS } from '../../core/library/track-tags.ts'
import { type LibraryUpdate, openDatabase, schemaVersion } from './database.ts'
import { migrations } from './migrations.ts'
import { openStore } from './store.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-database-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const first = 'CREATE TABLE notes (text TEXT NOT NULL) STRICT;'
const second = "ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue';"
const path = (): string => join(folder, 'algiers.db')
const open = (migrations?: readonly string[]): DatabaseSync =>
  openDatabase({ path: path(), backups: folder, ...(migrations ? { migrations } : {}) })

test('a write is on the disk when it returns, foreign keys hold, and readers are not blocked', () => {
  vi.stubEnv('TEST_DISK', 'real')
  const database = open()
  vi.unstubAllEnvs()
  const pragma = (name: string): unknown => Object.values(database.prepare(`PRAGMA ${name}`).get() as object)[0]
  expect([pragma('synchronous'), pragma('journal_mode'), pragma('foreign_keys')]).toEqual([2, 'wal', 1])
  database.close()
})

test('migrating keeps the rows and makes a backup of the state before, which opens', () => {
  const old = open([first])
  old.exec("INSERT INTO notes VALUES ('drop at 64')")
  old.close()
  const migrated = open([first, second])
  expect(schemaVersion(migrated)).toBe(2)
  expect(migrated.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'drop at 64', colour: 'blue' }])
  migrated.close()
  const backups = readdirSync(folder).filter((name) => name.startsWith('algiers-schema-1-'))
  expect(backups).toHaveLength(1)
  const backup = new DatabaseSync(join(folder, backups[0]!))
  expect(schemaVersion(backup)).toBe(1)
  expect(backup.prepare('SELECT * FROM notes').all()).toEqual([{ text: 'drop at 64' }])
  backup.close()
})

test('each part of an update is told before it begins, and what is begun anew is not', () => {
  const told: LibraryUpdate[] = []
  const openTold = (migrations: readonly string[]): void =>
    openDatabase({ path: path(), backups: folder, migrations, onUpdate: (update) => told.push(update) }).close()
  openTold([first])
  openTold([first])
  expect(told).toEqual([])
  openTold([first, second, 'CREATE TABLE third (id INTEGER)'])
  const { size } = statSync(join(folder, readdirSync(folder).find((name) => name.startsWith('algiers-schema-1-'))!))
  expect(told).toEqual([
    { stage: 'checking' },
    { stage: 'copying', path: join(folder, '.partial-algiers-schema-1.db'), bytes: size },
    { stage: 'changing', step: 1, steps: 2 },
    { stage: 'changing', step: 2, steps: 2 },
  ])
  expect(readdirSync(folder).filter((name) => name.startsWith('.partial'))).toEqual([])
})

test('what a kill has left of a copy is neither kept nor in the way', () => {
  open([first]).close()
  writeFileSync(join(folder, '.partial-algiers-schema-1.db'), 'half a copy')
  open([first, second]).close()
  expect(readdirSync(folder).filter((name) => name.includes('schema'))).toEqual([
    expect.stringMatching(/^algiers-schema-1-/),
  ])
})

test('a library of the first schema keeps its tracks and labels, and its tracks can be searched', async () => {
  const old = openDatabase({ path: join(folder, 'algiers.db'), backups: folder, migrations: migrations.slice(0, 1) })
  const tags = JSON.stringify({ ...EMPTY_TAGS, title: 'Élan' })
  old.prepare("INSERT INTO tracks (audio_digest, tags, added_at) VALUES ('a', ?, '2026')").run(tags)
  old.exec(`INSERT INTO labels (track_id, start_beat, end_beat, kind, source, created_at)
    VALUES (1, 0, 16, 'drop', 'user', '2026')`)
  old.close()
  const store = openStore(folder)
  expect(store.tracks.find({ text: 'elan' })).toEqual({ ids: [1], total: 1 })
  expect(store.labels.list()).toMatchObject([{ id: 1, trackId: 1, kind: 'drop', endBeat: 16 }])
  expect([store.jobs.list(), store.imports.list()]).toEqual([[], []])
  expect(await store.checkIntegrity()).toBeNull()
  store.close()
})

test('a library without windows by hand is brought up to date, and keeps them from then on', () => {
  const before = migrations.findIndex((step) => step.includes('CREATE TABLE kept_transitions'))
  expect(before).toBeGreaterThan(0)
  const old = open(migrations.slice(0, before))
  for (const digest of ['a', 'b'])
    old
      .prepare("INSERT INTO tracks (audio_digest, tags, added_at) VALUES (?, ?, '2026')")
      .run(digest, JSON.stringify(EMPTY_TAGS))
  old.close()
  const store = openStore(folder)
  const move = { fromBeat: 64, toBeat: 0, beats: 32, curve: 'blend' as const, bassSwapBeat: null, nudgeMs: 0 }
  expect(store.transitions.get({ fromId: 1, toId: 2 })).toBeNull()
  store.transitions.put({ fromId: 1, toId: 2 }, move)
  expect(store.transitions.get({ fromId: 1, toId: 2 })).toMatchObject(move)
  store.close()
})

test('a folder of a library that knew no drives has none in it until the next scan, which remembers them', () => {
  const before = migrations.findIndex((step) => step.includes('ADD COLUMN mounts'))
  expect(before).toBeGreaterThan(0)
  const old = open(migrations.slice(0, before))
  old.exec("INSERT INTO roots (path, added_at, scanned_at) VALUES ('/music', '2026', '2026')")
  old.close()
  const store = openStore(folder)
  expect(store.roots.list()).toMatchObject([{ id: 1, path: '/music', scannedAt: '2026' }])
  expect(store.roots.mounts(1)).toEqual([])
  store.roots.putMounts(1, ['usb', 'nas/crates'])
  expect(store.roots.mounts(1)).toEqual(['usb', 'nas/crates'])
  store.close()
})

test('a new database needs no backup, an up-to-date one neither', () => {
  open().close()
  open().close()
  expect(readdirSync(folder).filter((name) => name.includes('schema'))).toEqual([])
})

test('a migration that fails leaves the old schema and rows', () => {
  const old = open([first])
  old.exec("INSERT INTO notes VALUES ('kept')")
  old.close()
  expect(() => open([first, 'CREATE TABLE half (a TEXT); CREATE TABLE notes (again TEXT);'])).toThrow(/already exists/)
  const again = open([first])
  expect(schemaVersion(again)).toBe(1)
  expect(again.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all()).toEqual([{ name: 'notes' }])
  again.close()
})

test('a database of a newer version is refused and not changed by a byte', () => {
  const database = open()
  database.exec('PRAGMA user_version = 99')
  database.close()
  const before = readFileSync(path())
  expect(() => open()).toThrow(expect.objectContaining({ code: 'SCHEMA_TOO_NEW' }))
  expect(readFileSync(path()).equals(before)).toBe(true)
})

test.each([
  [
    'whose head is something else',
    (bytes: Buffer): Buffer => Buffer.concat([Buffer.alloc(100, 7), bytes.subarray(100)]),
  ],
  [
    'whose pages are noise',
    (bytes: Buffer): Buffer => Buffer.concat([bytes.subarray(0, 4096), Buffer.alloc(20_000, 0xa5)]),
  ],
  ['that was cut off', (bytes: Buffer): Buffer => bytes.subarray(0, 5000)],
])('a file %s is refused by its code and left as it is', (_, spoil) => {
  open().close()
  const spoilt = spoil(readFileSync(path()))
  writeFileSync(path(), spoilt)
  expect(() => open()).toThrow(expect.objectContaining({ code: 'DATABASE_DAMAGED' }))
  expect(readFileSync(path()).equals(spoilt)).toBe(true)
  expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'DATABASE_DAMAGED' }))
  rmSync(path())
  // The lock has been released.
  openStore(folder).close()
})
