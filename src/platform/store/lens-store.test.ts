import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from './database.ts'
import { migrations } from './migrations.ts'
import { openStore } from './store.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-lens-store-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a library of the version before keeps its labels, which are of no own kind, and its active version', () => {
  const path = join(folder, 'algiers.db')
  const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE own_kinds'))
  expect(before).toBeGreaterThan(0)
  const old = openDatabase({ path, backups: folder, migrations: migrations.slice(0, before) })
  old.exec(`INSERT INTO tracks (audio_digest, tags, added_at) VALUES ('a', '{}', '2026-01-01');
    INSERT INTO labels (track_id, start_beat, end_beat, kind, source, created_at)
      VALUES (1, 0, 32, 'intro', 'user', '2026-01-01'), (1, 32, 64, 'drop', 'imported', '2026-01-02');
    INSERT INTO model_versions (version, published_at, active) VALUES (3, '2026-01-03', 1)`)
  old.close()
  const store = openStore(folder)
  expect(store.labels.list()).toEqual([
    { id: 1, trackId: 1, startBeat: 0, endBeat: 32, kind: 'intro', source: 'user', createdAt: '2026-01-01' },
    { id: 2, trackId: 1, startBeat: 32, endBeat: 64, kind: 'drop', source: 'imported', createdAt: '2026-01-02' },
  ])
  expect([store.lenses.list(), store.lenses.kinds(), store.scopes.list()]).toEqual([[], [], []])
  expect(store.models.activeVersion()).toBe(3)
  const lensId = store.lenses.add('Club')
  const id = store.lenses.addKind({ lensId, name: 'Second drop', colour: '#112233', key: null, mapsTo: 'drop' })
  const [intro, drop] = store.labels.list()
  const labels = [intro!, { ...drop!, ownKindId: id }]
  store.labels.put({ trackId: 1, revision: store.labels.revision(1), labels })
  store.close()
  const again = openStore(folder)
  expect(again.labels.list().map(({ kind, ownKindId }) => [kind, ownKindId])).toEqual([
    ['intro', undefined],
    ['drop', id],
  ])
  expect(again.lenses.kind(id)).toMatchObject({ name: 'Second drop', labels: 1, isRemoved: false })
  again.close()
})
