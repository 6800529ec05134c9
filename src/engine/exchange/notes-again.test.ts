import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TrackNotes } from '../../core/library/track-notes.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { bringIn } from './bring-in.ts'
import { undoImport } from './imports.ts'
import { rekordboxXmlOf, type XmlTrack } from './rekordbox-xml.fixture.ts'

let folder = ''
let store: Store
let workspace: Workspace
let track = 0
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-notes-'))
  store = openStore(join(folder, 'library'))
  workspace = { store, pool: inlineRunner, ears: null as never, emit: () => {} }
  track = addFixtureTrack(store, { index: 0 })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const bring = async (said: Partial<XmlTrack>): Promise<number> => {
  const path = join(folder, 'rekordbox.xml')
  writeFileSync(path, rekordboxXmlOf([{ path: '/gone/0.wav', ...said }]))
  return (await bringIn(workspace, { path }, { isDryRun: false })).libraries[0]!.importId!
}
const notes = (): TrackNotes => store.notes.ofTracks([track]).get(track)!
const NONE: TrackNotes = { rating: null, colour: null, comment: null, myTags: [] }

test.each([
  [0, 1],
  [1, 0],
])('notes that two imports say stay until both are taken back, in whichever order (%i, %i)', async (first, second) => {
  const ids = [await bring({ rating: 4, plays: 6 }), await bring({ rating: 4, plays: 12, comment: 'theirs' })]
  expect(notes()).toEqual({ ...NONE, rating: 4, comment: 'theirs', myTags: ['played 10+'] })
  await undoImport(workspace, ids[first]!)
  expect(notes()).toEqual(
    first === 0
      ? { ...NONE, rating: 4, comment: 'theirs', myTags: ['played 10+'] }
      : { ...NONE, rating: 4, myTags: ['played 5+'] },
  )
  await undoImport(workspace, ids[second]!)
  expect(notes()).toEqual(NONE)
})

test('what the person noted in between stays theirs', async () => {
  const [one, two] = [await bring({ rating: 4, plays: 6 }), await bring({ rating: 4, plays: 6 })]
  store.notes.change([track], (now) => [
    { trackId: track, notes: { ...now.get(track)!, rating: 2, comment: 'mine', myTags: ['played 5+', 'peak'] } },
  ])
  expect((await undoImport(workspace, two)).notesRestored).toBe(0)
  expect((await undoImport(workspace, one)).notesRestored).toBe(1)
  expect(notes()).toEqual({ ...NONE, rating: 2, comment: 'mine', myTags: ['peak'] })
})
