import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { EMPTY_TAGS } from '../../core/library/track-tags.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { addFixtureTrack, putLabels } from '../../engine/kit/library.fixture.ts'
import { backUpDaily } from './daily-backup.ts'
import { inTransaction, openDatabase } from './database.ts'
import { openStore } from './store.ts'

let folder = ''
let database: DatabaseSync
const open = (): void => {
  database = openDatabase({ path: join(folder, 'algiers.db'), backups: folder })
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-backup-'))
  open()
})
afterEach(() => {
  if (database.isOpen) database.close()
  rmSync(folder, { recursive: true })
})

const backUp = (day: string): Promise<string | null> => backUpDaily(database, folder, day)
const copies = (): readonly string[] => readdirSync(folder).filter((name) => name.includes('day'))
const setting = (of: DatabaseSync, key: string): unknown =>
  of.prepare('SELECT value FROM settings WHERE key = ?').get(key)?.value
const set = (key: string, value: string): void =>
  void database.prepare('INSERT INTO settings VALUES (?, ?)').run(key, value)

test('a copy is one sound file that holds what was there, also while others write', async () => {
  for (let n = 0; n < 5000; n++) set(`key ${n}`, 'x'.repeat(500))
  const copying = backUp('2026-11-23')
  set('while', 'copying')
  const path = await copying
  expect(copies()).toEqual(['algiers-day-2026-11-23.db'])
  const copy = new DatabaseSync(path!, { readOnly: true })
  expect(copy.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' })
  expect([setting(copy, 'key 4999'), setting(database, 'while')]).toEqual(['x'.repeat(500), 'copying'])
  copy.close()
  expect(copies()).toEqual(['algiers-day-2026-11-23.db'])
})

test('a copy succeeds while others write, and write again, and take it back', async () => {
  for (let n = 0; n < 5000; n++) set(`key ${n}`, 'x'.repeat(500))
  let isCopying = true
  const copying = backUp('2026-11-23').finally(() => {
    isCopying = false
  })
  let written = 0
  while (isCopying) {
    expect(() =>
      inTransaction(database, () => {
        for (let n = 0; n < 50; n++) set(`never ${n}`, 'x')
        throw new Error('taken back')
      }),
    ).toThrow('taken back')
    inTransaction(database, () => {
      for (let n = 0; n < 50; n++) set(`written ${written} ${n}`, 'x')
    })
    written++
    await giveWay()
  }
  const copy = new DatabaseSync((await copying)!, { readOnly: true })
  expect(copy.prepare("SELECT key FROM settings WHERE key LIKE 'never%'").all()).toEqual([])
  const { whole } = copy.prepare("SELECT count(*) AS whole FROM settings WHERE key LIKE 'written%'").get() as {
    whole: number
  }
  expect(whole % 50).toBe(0)
  expect(setting(copy, 'key 4999')).toBe('x'.repeat(500))
  copy.close()
})

test('one a day, those of the last seven days with one are kept, and what else lies there stays', async () => {
  for (const name of ['algiers-schema-1-x.db', 'algiers-day-mine.db', '.partial-algiers-day-2026-11-10.db'])
    writeFileSync(join(folder, name), 'x')
  for (let day = 10; day < 20; day++) {
    set(`day ${day}`, '1')
    expect(await backUp(`2026-11-${day}`)).not.toBeNull()
  }
  expect(await backUp('2026-11-19')).toBeNull()
  expect(copies().filter((name) => /day-\d/.test(name))).toEqual(
    [13, 14, 15, 16, 17, 18, 19].map((day) => `algiers-day-2026-11-${day}.db`),
  )
  expect(readdirSync(folder)).toEqual(expect.arrayContaining(['algiers-schema-1-x.db', 'algiers-day-mine.db']))
})

test('a copy from before the first label is made again when there are labels, once', async () => {
  database.close()
  const store = openStore(folder)
  open()
  const trackId = addFixtureTrack(store, { index: 1 })
  const path = await backUp('2026-11-23')
  expect(await backUp('2026-11-23')).toBeNull()
  putLabels(store, trackId, [{ startBeat: 0, endBeat: 16, kind: 'drop', source: 'user' }])
  expect(await backUp('2026-11-23')).toBe(path)
  expect(await backUp('2026-11-23')).toBeNull()
  store.close()
  const copy = new DatabaseSync(path!, { readOnly: true })
  expect(copy.prepare('SELECT kind FROM labels').all()).toEqual([{ kind: 'drop' }])
  copy.close()
})

test('a copy in the place of a damaged file is the library again', async () => {
  database.close()
  const store = openStore(folder)
  const place = { path: 'a.wav', sizeBytes: 1, modifiedMs: 1, audioDigest: 'a', fileDigest: 'f', tags: EMPTY_TAGS }
  store.tracks.recordFile(store.roots.add('/music').id, place)
  const label = { startBeat: 0, endBeat: 16, kind: 'drop', source: 'user' } as const
  putLabels(store, 1, [label])
  const [copy, same] = await Promise.all([store.backups.run(), store.backups.run()])
  expect([same, await store.backups.run()]).toEqual([copy, null])
  void store.backups.run()
  await store.backups.settled()
  store.close()
  writeFileSync(join(folder, 'algiers.db'), 'no database any more'.repeat(1000))
  expect(() => openStore(folder)).toThrow(expect.objectContaining({ code: 'DATABASE_DAMAGED' }))
  for (const ending of ['-wal', '-shm']) rmSync(join(folder, `algiers.db${ending}`), { force: true })
  copyFileSync(copy!, join(folder, 'algiers.db'))
  const again = openStore(folder)
  expect(again.labels.list()).toMatchObject([label])
  again.close()
})

test('a folder that takes nothing is told, and nothing half is left', async () => {
  rmSync(folder, { recursive: true })
  await expect(backUp('2026-11-23')).rejects.toThrow()
  expect(() => readdirSync(folder)).toThrow('ENOENT')
  database.close()
  folder = mkdtempSync(join(tmpdir(), 'algiers-backup-'))
})

test('copies with dates of a clock that went wrong do not push out those of today', async () => {
  const days = (month: string): readonly string[] => Array.from({ length: 7 }, (_, n) => `${month}-0${n + 1}`)
  for (const day of days('2200-01')) await backUp(day)
  for (const day of days('2026-11')) {
    const made = await backUp(day)
    expect(readdirSync(folder).map((name) => join(folder, name))).toContain(made)
  }
  // The one of 2200 that counted as the fullest while all were alike may stay.
  expect(copies().filter((name) => name.includes('2026'))).toHaveLength(7)
})

test('what became of a library that has gone is told: where it is safe, or that it is not', async () => {
  database.close()
  for (const hasPlace of [true, false]) {
    const store = openStore(join(folder, String(hasPlace)))
    const { directory } = store
    if (!hasPlace) {
      rmSync(directory.backups, { recursive: true })
      writeFileSync(directory.backups, 'no folder')
    }
    rmSync(directory.database)
    expect(() => store.settings.set('workers', 1)).toThrow('deleted or moved')
    while (store.backups.rescued() === null) await new Promise((resolve) => setTimeout(resolve, 5))
    const told = hasPlace
      ? { copy: expect.stringMatching(/algiers-hand-[-\dTZ]+\.db$/) }
      : { problem: { title: expect.stringMatching(/./) } }
    expect(store.backups.rescued()).toMatchObject(told)
    store.close()
  }
})
