import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { addFixtureTrack, putLabels } from '../../engine/kit/library.fixture.ts'
import { openDatabase } from './database.ts'
import { migrations } from './migrations.ts'
import { openStore, type Store } from './store.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-steps-'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

/** A track with three labels, all of which came with many others. */
const bulk = (): { readonly step: number; readonly trackId: number; readonly ids: readonly number[] } => {
  const trackId = addFixtureTrack(store, { index: 1 })
  const step = store.labelSteps.add('Accepted three', { kind: 'bulk' })
  const kinds = ['intro', 'drop', 'outro'] as const
  const labels = kinds.map((kind, third) => ({
    kind,
    startBeat: 32 * third,
    endBeat: 32 * third + 32,
    source: 'auto_detected' as const,
  }))
  const revision = store.suggestions.revision(trackId)
  const [after] = store.suggestions.accept([
    { trackId, revision, labels, decisions: [], acceptance: step, bulkStep: step },
  ])
  return { step, trackId, ids: after!.map(({ id }) => id) }
}
const left = (): readonly number[] => store.labelSteps.bulkLabels().map(({ labelId }) => labelId)

test('whoever changes the kind of a label has looked at it; one that only moved has not been', () => {
  store = openStore(folder)
  const { step, trackId, ids } = bulk()
  const [intro, drop, outro] = store.labels.list({ trackId })
  putLabels(store, trackId, [intro!, { ...drop!, kind: 'break' }, { ...outro!, endBeat: 92 }])
  expect(left()).toEqual([ids[0], ids[2]])
  store.labelSteps.lookedAt([ids[0]!])
  expect(left()).toEqual([ids[2]])
  expect(store.labelSteps.removeBulk(step, ids)).toEqual([trackId])
  expect(store.labels.list({ trackId }).map(({ kind }) => kind)).toEqual(['intro', 'break'])
})

test('what was done is kept, the newest first, and so is that it was taken back', () => {
  store = openStore(folder)
  const { step } = bulk()
  const next = store.labelSteps.add('Dismissed', { kind: 'dismissal', trackId: 1, dismissalId: 3 })
  store.labelSteps.markUndone(next)
  expect(store.labelSteps.list(5).map(({ id, says, undoneAt }) => [id, says, undoneAt === null])).toEqual([
    [next, 'Dismissed', false],
    [step, 'Accepted three', true],
  ])
})

test('a library of the version before keeps its labels, and none of them came in bulk', () => {
  const path = join(folder, 'algiers.db')
  const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE bulk_labels'))
  const old = openDatabase({ path, backups: folder, migrations: migrations.slice(0, before) })
  old.exec(`INSERT INTO tracks (audio_digest, tags, added_at) VALUES ('a', '{}', '2026-01-01');
    INSERT INTO labels (track_id, start_beat, end_beat, kind, source, created_at)
      VALUES (1, 0, 32, 'intro', 'user', '2026-01-01'), (1, 32, 64, 'drop', 'auto_detected', '2026-01-02')`)
  old.close()
  store = openStore(folder)
  expect(store.labels.list().map(({ kind, source }) => [kind, source])).toEqual([
    ['intro', 'user'],
    ['drop', 'auto_detected'],
  ])
  expect([left(), store.findings.checkup(), store.findings.dismissed(), store.relabellings.list()]).toEqual([
    [],
    null,
    [],
    [],
  ])
})
