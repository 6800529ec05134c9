import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { NO_NOTES } from '../../core/library/track-notes.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import type { AppEvent } from '../kit/event-log.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { changeTrackNotes, restoreTrackNotes } from './track-notes.ts'

let folder = ''
let store: Store
let events: AppEvent[] = []
let workspace: Workspace
let ids: readonly number[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-notes-'))
  store = openStore(folder)
  events = []
  workspace = { store, pool: inlineRunner, ears: NO_EARS, emit: (event) => void events.push(event) }
  ids = [0, 1, 2].map((index) => addFixtureTrack(store, { index, cached: false }))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const notesOf = (trackId: number): unknown => store.notes.ofTracks([trackId]).get(trackId)

test('several tracks are changed at once, and only those that are others now are told', async () => {
  await changeTrackNotes(workspace, [ids[0]!], { change: { rating: 4 }, seen: undefined })
  const changed = await changeTrackNotes(workspace, ids, { change: { rating: 4, addTags: [] }, seen: undefined })
  expect(changed.map(({ trackId }) => trackId)).toEqual(ids.slice(1))
  expect(events).toEqual([
    { type: 'notes', trackIds: [ids[0]] },
    { type: 'notes', trackIds: ids.slice(1) },
  ])
})

test('where notes are not those that were seen, none of the tracks is changed', async () => {
  await changeTrackNotes(workspace, [ids[1]!], { change: { rating: 2 }, seen: { rating: null } })
  await expect(changeTrackNotes(workspace, ids, { change: { rating: 5 }, seen: { rating: null } })).rejects.toEqual(
    expect.objectContaining({ code: 'NOTES_CHANGED' }),
  )
  expect(ids.map(notesOf)).toEqual([NO_NOTES, { ...NO_NOTES, rating: 2 }, NO_NOTES])
})

test('a change is taken back, but not over a later one', async () => {
  const changed = await changeTrackNotes(workspace, ids, { change: { comment: 'one', myTags: ['a'] }, seen: undefined })
  const back = changed.map(({ trackId, before, after }) => ({ trackId, notes: before, seen: after }))
  await changeTrackNotes(workspace, [ids[2]!], { change: { comment: 'two' }, seen: undefined })
  await expect(restoreTrackNotes(workspace, back)).rejects.toEqual(expect.objectContaining({ code: 'NOTES_CHANGED' }))
  await restoreTrackNotes(workspace, back.slice(0, 2))
  expect(ids.map(notesOf)).toEqual([NO_NOTES, NO_NOTES, { ...NO_NOTES, comment: 'two', myTags: ['a'] }])
})

test('of many tracks those that were changed first are put back where a later one is not as it was seen', async () => {
  for (let index = 10; index < 130; index++) addFixtureTrack(store, { index, cached: false })
  const all = store.tracks.ids()
  await changeTrackNotes(workspace, [all.at(-1)!], { change: { rating: 2 }, seen: undefined })
  events.length = 0
  await expect(changeTrackNotes(workspace, all, { change: { rating: 5 }, seen: { rating: null } })).rejects.toEqual(
    expect.objectContaining({ code: 'NOTES_CHANGED' }),
  )
  expect(all.map((id) => store.notes.ofTracks([id]).get(id)!.rating)).toEqual([...all.slice(1).map(() => null), 2])
  expect(events).toEqual([])
})

test('notes are in every copy of the library', async () => {
  await changeTrackNotes(workspace, [ids[0]!], {
    change: { rating: 5, colour: 'aqua', myTags: ['peak'] },
    seen: undefined,
  })
  const name = await store.backups.make()
  const copy = new DatabaseSync(join(store.directory.backups, basename(name)), { readOnly: true })
  expect(copy.prepare('SELECT rating, colour FROM track_notes').all()).toEqual([{ rating: 5, colour: 'aqua' }])
  expect(copy.prepare('SELECT tag FROM my_tags').all()).toEqual([{ tag: 'peak' }])
  copy.close()
})

test('more tags than a track takes are refused, and none is left out in silence', async () => {
  const numbered = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, index) => String(from + index))
  await changeTrackNotes(workspace, [ids[1]!], { change: { addTags: numbered(0, 49) }, seen: undefined })
  await expect(
    changeTrackNotes(workspace, ids, { change: { addTags: numbered(49, 51) }, seen: undefined }),
  ).rejects.toEqual(expect.objectContaining({ code: 'TOO_MANY_TAGS', message: expect.stringContaining('51 would be') }))
  expect(ids.map((id) => store.notes.ofTracks([id]).get(id)!.myTags.length)).toEqual([0, 49, 0])
  await changeTrackNotes(workspace, ids, { change: { addTags: ['49'] }, seen: undefined })
  expect(store.notes.ofTracks([ids[1]!]).get(ids[1]!)!.myTags).toHaveLength(50)
})
