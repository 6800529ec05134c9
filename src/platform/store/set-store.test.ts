import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { migrations } from './migrations.ts'
import { type NewSetVersion, SetStore } from './set-store.ts'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'algiers-sets-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const open = (steps = migrations): ReturnType<typeof openDatabase> =>
  openDatabase({ path: join(folder, 'algiers.db'), backups: folder, migrations: steps })
const version = (change: string, ...trackIds: readonly number[]): NewSetVersion => ({
  name: 'Friday',
  change,
  contentSchema: 1,
  content: JSON.stringify(trackIds),
  trackIds,
})
/** A track by its number, as an earlier program left it. */
const addTrack = (database: ReturnType<typeof open>, id: number): void =>
  void database
    .prepare("INSERT INTO tracks (id, audio_digest, tags, added_at) VALUES (?, ?, '{}', '')")
    .run(id, `${id}`)

test('a library from before there were sets keeps its tracks and takes sets', () => {
  const step = migrations.findIndex((sql) => sql.includes('CREATE TABLE sets'))
  const old = open(migrations.slice(0, step))
  addTrack(old, 1)
  old.close()
  const database = open()
  const sets = new SetStore(database)
  expect(sets.list()).toEqual([])
  const id = sets.add(version('made', 1))
  expect(sets.get(id)).toMatchObject({ name: 'Friday', version: 1, tracks: 1 })
  database.close()
})

test('versions follow each other; one that was made of another that is not in force any more is refused', () => {
  const database = open()
  const sets = new SetStore(database)
  const id = sets.add(version('made', 1))
  expect(sets.append(id, 1, version('added', 1, 2))).toBe(2)
  expect(sets.append(id, 1, version('too late'))).toBeNull()
  expect(sets.goTo(id, 1, { version: 2, trackIds: [] })).toBe(false)
  expect(sets.goTo(id, 2, { version: 1, trackIds: [1] })).toBe(true)
  expect(sets.append(id, 1, version('another way'))).toBe(3)
  expect(sets.versions(id).map((one) => [one.version, one.parent])).toEqual([
    [3, 1],
    [2, 1],
    [1, null],
  ])
  for (let seen = 3; seen < 260; seen++) sets.append(id, seen, version(`step ${seen}`))
  expect(sets.versions(id)).toHaveLength(200)
  expect(sets.version(id, 60)).toBeNull()
  expect([sets.remove(id), sets.remove(id), sets.versions(id)]).toEqual([true, false, []])
  database.close()
})

test('the tracks of the version in force are held, as long as they are there', () => {
  const database = open()
  for (const track of [1, 2]) addTrack(database, track)
  const held = (): unknown => database.prepare('SELECT track_id AS id FROM set_tracks ORDER BY id').all()
  const sets = new SetStore(database)
  const id = sets.add(version('made', 1, 2, 99))
  expect(held()).toEqual([{ id: 1 }, { id: 2 }])
  sets.append(id, 1, version('removed', 2))
  expect(held()).toEqual([{ id: 2 }])
  sets.goTo(id, 2, { version: 1, trackIds: [1, 2, 99] })
  expect(held()).toEqual([{ id: 1 }, { id: 2 }])
  database.close()
})
