import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { constantGrid } from '../../core/beats/constant-grid.fixture.ts'
import { EMPTY_TAGS } from '../../core/library/track-tags.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import type { AppEvent } from '../kit/event-log.ts'
import { putNewGrid } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { listSuggestions } from '../labelling/suggestions.ts'
import { type BringInOptions, bringIn } from './bring-in.ts'
import { acceptImported, undoImport } from './imports.ts'
import { rekordboxXmlOf } from './rekordbox-xml.fixture.ts'
import { withWaitingCues } from './waiting-cues.ts'

let folder = ''
let store: Store
let events: AppEvent[] = []
let workspace: Workspace
let trackId = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-waiting-'))
  store = openStore(join(folder, 'library'))
  store.settings.set('baseModel', false)
  events = []
  workspace = {
    store,
    pool: inlineRunner,
    ears: { ready: async () => null } as Workspace['ears'],
    emit: (event) => events.push(event),
  }
  const root = store.roots.add('/gone')
  store.roots.markOffline(root.id)
  const digests = { audioDigest: 'new', fileDigest: 'new' }
  trackId = store.tracks.recordFile(root.id, {
    path: 'new.wav',
    sizeBytes: 1,
    modifiedMs: 1,
    ...digests,
    tags: EMPTY_TAGS,
  }).trackId
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const MARKS = [
  { name: 'Intro', start: 0 },
  { name: 'Banger', start: 16, pad: 0 },
]
const bring = (options: Partial<BringInOptions> & { isDryRun?: boolean } = {}) => {
  const path = join(folder, 'rekordbox.xml')
  const tempo = { start: 0.25, bpm: 60 }
  writeFileSync(path, rekordboxXmlOf([{ path: '/gone/new.wav', marks: MARKS, rating: 4, tempo }]))
  const { isDryRun = false, ...rest } = options
  return bringIn(workspace, { path, answers: [{ key: 'banger', kind: 'drop' }], ...rest }, { isDryRun })
}
/** What the analysis of a track ends with. */
const analyse = async (): Promise<boolean> => {
  putNewGrid(store, { trackId, origin: 'estimated', edit: null, grid: constantGrid(120, 96) })
  store.analyses.put({
    trackId,
    audioDigest: 'new',
    gridDigest: store.grids.current(trackId)!.digest,
    featureSpecDigest: 'any',
    durationSeconds: 48,
    facts: {} as never,
  })
  return withWaitingCues(async () => true)(workspace, trackId)
}
const suggested = (): readonly string[] =>
  listSuggestions(store, { trackId }).map(({ kind, startBeat, endBeat }) => `${kind} ${startBeat}–${endBeat}`)

test('cues of a track without a grid wait, and become suggestions of their import once it is analysed', async () => {
  expect((await bring()).libraries[0]).toMatchObject({ matched: 1, notAnalysed: 1, suggestions: 0, noted: 1 })
  expect([suggested(), store.imports.get(1)!.waiting]).toEqual([[], 1])
  expect(store.notes.ofTracks([trackId]).get(trackId)!.rating).toBe(4)
  events = []
  expect(await analyse()).toBe(true)
  expect(suggested()).toEqual(['intro 0–32', 'drop 32–96'])
  expect(store.imports.get(1)).toMatchObject({ suggestions: 2, open: 2, waiting: 0 })
  expect(events).toEqual([{ type: 'imports' }])
  expect(await acceptImported(workspace, 1)).toMatchObject({ labels: 2, trackIds: [trackId] })
  // Analysed again, it gets nothing twice.
  expect(await withWaitingCues(async () => false)(workspace, trackId)).toBe(false)
  expect(store.imports.get(1)).toMatchObject({ suggestions: 2, open: 0 })
})

test('the other grid is taken where it was asked for, and goes back with the import', async () => {
  await bring({ grids: 'all' })
  await analyse()
  expect(store.grids.current(trackId)).toMatchObject({ origin: 'edited', edit: 'import rekordbox' })
  expect(suggested()).toEqual(['intro 0–16', 'drop 16–48'])
  expect(await undoImport(workspace, 1)).toMatchObject({ gridsRestored: [trackId] })
  expect(store.grids.current(trackId)!.grid.anchors[0]!.bpm).toBe(120)
})

test('what was only looked at does not wait, and what was taken back does not come', async () => {
  await bring({ isDryRun: true })
  await bring()
  await undoImport(workspace, 1)
  expect(store.imports.get(1)!.waiting).toBe(0)
  await analyse()
  expect(suggested()).toEqual([])
})

test('a track that goes takes its waiting cues along', async () => {
  await bring()
  store.presence.forget([trackId])
  expect(store.imports.get(1)!.waiting).toBe(0)
})
