import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { UserError } from '../../core/support/user-error.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { createEventLog, type EventLog } from '../kit/event-log.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import { keepSectionVectors } from './keep-section-vectors.ts'

const ACTIVE = 2
let folder = ''
let store: Store
let events: EventLog
let track: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-vectors-'))
  store = openStore(folder)
  for (const version of [1, ACTIVE]) store.models.publish({ version, onnx: new Uint8Array([version]), card: {} })
  store.models.activate(ACTIVE)
  track = addFixtureTrack(store, { index: 0, kinds: ['intro', 'drop', 'outro'] })
  events = createEventLog()
  keepSectionVectors(store, events)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const kept = (): readonly (number | null)[] =>
  store.sectionVectors.page({ after: 0, limit: 10 }).sounds.map(({ part, features }) => features && part.startBeat)

test('a track that was analysed has vectors of its labels at once', () => {
  expect(kept()).toEqual([])
  events.append({ type: 'analysis', trackId: track, failure: null })
  expect(kept()).toEqual([0, 32, 64])
})

test('so has one that the proposing version has read, and none that another version has', () => {
  events.append({ type: 'sections', trackId: track, version: 1 })
  expect(kept()).toEqual([])
  events.append({ type: 'sections', trackId: track, version: ACTIVE })
  expect(kept()).toEqual([0, 32, 64])
})

test('an analysis that failed and what is not about sections make none', () => {
  events.append({ type: 'analysis', trackId: track, failure: 'AUDIO_SILENT' })
  events.append({ type: 'suggestions', trackId: track })
  events.append({ type: 'roots' })
  expect(kept()).toEqual([])
})

test('a full disk does not reach the job that tells of its track, a bug does', () => {
  const put = vi.spyOn(store.sectionVectors, 'put')
  const tell = (): void => events.append({ type: 'analysis', trackId: track, failure: null })
  put.mockImplementationOnce(() => {
    throw new UserError('STORAGE_FULL', 'no room')
  })
  expect(tell).not.toThrow()
  expect(kept()).toEqual([])
  put.mockImplementationOnce(() => {
    throw new Error('a bug')
  })
  expect(tell).toThrow('a bug')
  // The next time there is room.
  tell()
  expect(kept()).toEqual([0, 32, 64])
})
