import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { doubleTempo } from '../../core/beats/tempo-edits.ts'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import type { Track } from '../../core/library/track.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { putGrid } from '../analysis/put-grid.ts'
import { removeRoot } from '../collection/library-roots.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { storedSections } from '../reading/track-sections.ts'
import { addLabels } from './add-labels.ts'
import { acceptSuggestion, rejectSuggestion } from './decide-suggestion.ts'
import { type Read, readAs } from './read-track.fixture.ts'
import { listSuggestions } from './suggestions.ts'

let folder = ''
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-suggestions-'))
  store = openStore(folder)
  for (const version of [1, 2]) store.models.publish({ version, onnx: new Uint8Array([version]), card: {} })
  store.models.activate(1)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const read = (track: Track, sections: readonly Read[], modelVersion = 1): void =>
  readAs(store, { trackId: track.id, modelVersion }, sections)
/** In a folder that is there. */
const addTrack = (index: number): Track => {
  const trackId = addFixtureTrack(store, { index })
  store.roots.markScanned(store.roots.list()[0]!.id)
  return store.tracks.get(trackId)!
}
const THREE: readonly Read[] = [
  ['intro', 0, 32, 0.9],
  ['drop', 32, 64, 0.6],
  ['outro', 64, 96, 0.8],
]
const shown = (filter: Parameters<typeof listSuggestions>[1] = {}): readonly string[] =>
  listSuggestions(store, filter).map(({ kind, startBeat, endBeat }) => `${kind} ${startBeat}–${endBeat}`)
const idOf = (track: Track, kind: SectionKind): string =>
  listSuggestions(store, { trackId: track.id }).find((one) => one.kind === kind)!.id

test('sections of the active version are proposed, cut to what no label covers, and gone where too little is left', async () => {
  const track = addTrack(0)
  expect(shown()).toEqual([])
  read(track, THREE)
  expect(shown()).toEqual(['intro 0–32', 'drop 32–64', 'outro 64–96'])
  await addLabels(store, track, { requests: [{ kind: 'build', startBeat: 20, endBeat: 58 }] })
  expect(shown()).toEqual(['intro 0–20', 'outro 64–96'])
  expect(listSuggestions(store)[0]).toMatchObject({
    startSeconds: 0,
    endSeconds: 10,
    confidence: 0.9,
    origin: { kind: 'model', version: 1 },
  })
})

test('an accepted one is a label with its source kept, and is not proposed any more', async () => {
  const track = addTrack(0)
  read(track, THREE)
  const { labels } = await acceptSuggestion(store, track, idOf(track, 'drop'))
  expect(labels).toMatchObject([{ kind: 'drop', startBeat: 32, endBeat: 64, source: 'auto_detected' }])
  expect(shown()).toEqual(['intro 0–32', 'outro 64–96'])
  expect(store.suggestions.decisions(track.id)).toMatchObject([{ decision: 'accepted', kind: 'drop' }])
})

test('a rejected one does not come back from this version or a later one, but another kind there may', async () => {
  const track = addTrack(0)
  read(track, THREE)
  await rejectSuggestion(store, track, idOf(track, 'drop'))
  expect(shown()).toEqual(['intro 0–32', 'outro 64–96'])
  read(
    track,
    [
      ['drop', 30, 66, 0.7],
      ['intro', 0, 30, 0.5],
    ],
    2,
  )
  store.models.activate(2)
  expect(shown()).toEqual(['intro 0–30'])
  read(track, [['chorus', 32, 64, 0.7]], 2)
  expect(shown()).toEqual(['chorus 32–64'])
})

test('one that was corrected becomes a label of the other kind, and its own kind does not come back', async () => {
  const track = addTrack(0)
  read(track, THREE)
  const { labels } = await acceptSuggestion(store, track, idOf(track, 'drop'), 'chorus')
  expect(labels).toMatchObject([{ id: 1, kind: 'chorus' }])
  store.labels.delete(1)
  expect(shown()).toEqual(['intro 0–32', 'outro 64–96'])
})

test('decisions stay with the music when the grid is edited, and old sections are no longer shown', async () => {
  const track = addTrack(0)
  read(track, THREE)
  await rejectSuggestion(store, track, idOf(track, 'drop'))
  const { grid } = store.grids.current(track.id)!
  const doubled = doubleTempo(grid, 48)
  await putGrid(store, track.id, () => ({ origin: 'edited', edit: 'double', grid: doubled }))
  expect(storedSections(store, track, 1)).toBeNull()
  expect(shown()).toEqual([])
  expect(store.suggestions.decisions(track.id)).toMatchObject([{ startBeat: 64, endBeat: 128 }])
})

test('in teaching order the unsurest of every track comes before the second of any', () => {
  read(addTrack(0), [
    ['intro', 0, 32, 0.3],
    ['drop', 32, 64, 0.31],
    ['outro', 64, 96, 0.9],
  ])
  read(addTrack(1), [
    ['build', 0, 48, 0.5],
    ['break', 48, 96, 0.95],
  ])
  expect(shown({ order: 'teaching' })).toEqual(['intro 0–32', 'build 0–48', 'drop 32–64', 'break 48–96', 'outro 64–96'])
  expect(shown({ order: 'teaching', limit: 2 })).toEqual(['intro 0–32', 'build 0–48'])
  expect(shown({ minConfidence: 0.9 })).toEqual(['outro 64–96', 'break 48–96'])
  store.settings.set('suggestion_min_confidence', 0.95)
  expect(shown()).toEqual(['break 48–96'])
  expect(shown({ minConfidence: 0.9 })).toHaveLength(2)
})

test('in teaching order a kind that was asked about already waits for others that are nearly as unsure', () => {
  for (const [index, [kind, confidence]] of (
    [
      ['drop', 0.5],
      ['drop', 0.55],
      ['break', 0.6],
      ['outro', 0.95],
    ] as const
  ).entries())
    read(addTrack(index), [[kind, index * 8, index * 8 + 32, confidence]])
  expect(shown({ order: 'teaching' })).toEqual(['drop 0–32', 'break 16–48', 'drop 8–40', 'outro 24–56'])
})

test('however short the list, it is the beginning of the whole one', () => {
  for (let index = 0; index < 12; index++)
    read(addTrack(index), [
      ['intro', 0, 40, ((index * 7) % 12) / 12],
      ['drop', 40, 96, ((index * 5) % 12) / 12],
    ])
  for (const order of ['teaching', 'position'] as const) {
    const all = listSuggestions(store, { order })
    expect(all).toHaveLength(24)
    for (const limit of [1, 5, 13, 20]) expect(listSuggestions(store, { order, limit })).toEqual(all.slice(0, limit))
  }
})

test('what is not proposed cannot be decided on', async () => {
  const track = addTrack(0)
  read(track, THREE)
  const id = idOf(track, 'drop')
  await rejectSuggestion(store, track, id)
  for (const decide of [acceptSuggestion, rejectSuggestion])
    await expect(decide(store, track, id)).rejects.toMatchObject({ code: 'SUGGESTION_NOT_FOUND' })
  expect(store.labels.list()).toEqual([])
})

test('a missing track proposes nothing unless it is asked itself, and does again once its file is back', async () => {
  const [one, other] = [addTrack(0), addTrack(1)]
  for (const track of [one, other]) read(track, THREE)
  await addLabels(store, one, { requests: [{ kind: 'intro', startBeat: 0, endBeat: 32 }] })
  const files = [one, other].map(({ audioDigest }, index) => ({
    path: `${index}.wav`,
    sizeBytes: 1,
    modifiedMs: 1,
    audioDigest,
    fileDigest: audioDigest,
    tags: one.tags,
  }))
  store.tracks.recordFile(store.roots.add('/elsewhere').id, files[1]!)
  await removeRoot(store, '/gone')
  const proposed = (): readonly number[] => [
    ...new Set(listSuggestions(store, { order: 'teaching' }).map(({ trackId }) => trackId)),
  ]
  expect(proposed()).toEqual([other.id])
  expect(listSuggestions(store, { trackId: one.id })).toHaveLength(2)
  store.tracks.recordFile(store.roots.add('/gone').id, files[0]!)
  expect(proposed().toSorted()).toEqual([one.id, other.id])
})

test('a track whose drive is away is not proposed to be labelled next, since nobody can hear it', () => {
  const one = addTrack(0)
  read(one, THREE)
  const { id } = store.roots.list()[0]!
  store.roots.markOffline(id)
  expect(listSuggestions(store, { order: 'teaching' })).toEqual([])
  expect(listSuggestions(store)).toHaveLength(3)
  store.roots.markScanned(id)
  expect(listSuggestions(store, { order: 'teaching' })).toHaveLength(3)
})
