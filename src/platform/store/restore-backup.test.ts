import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addLabelledTracks } from '../../engine/kit/library.fixture.ts'
import { listBackups } from './list-backups.ts'
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
