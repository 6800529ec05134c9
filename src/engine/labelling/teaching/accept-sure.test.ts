import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { giveWay } from '../../../core/support/give-way.ts'
import { openStore, type Store } from '../../../platform/store/store.ts'
import { inlineRunner } from '../../../platform/workers/inline-runner.fixture.ts'
import { putLabels } from '../../kit/library.fixture.ts'
import type { Workspace } from '../../kit/workspace.ts'
import { addReadTrack } from '../read-track.fixture.ts'
import { acceptSure } from './accept-sure.ts'
import { undoStep } from './label-steps.ts'

/** Three transactions of fifty. */
const TRACKS = 130
const WISH = { least: 0.97 }

let folder = ''
let store: Store
let workspace: Workspace
let tracks: readonly number[] = []

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-accept-'))
  store = openStore(folder)
  workspace = { store, pool: inlineRunner, ears: null as never, emit: () => {} }
  tracks = Array.from({ length: TRACKS }, (_, index) =>
    addReadTrack(store, { index, cached: false }, [
      ['intro', 0, 32, 0.99],
      ['outro', 64, 96, 0.99],
    ]),
  )
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const kindsOf = (trackId: number): readonly string[] => store.labels.list({ trackId }).map(({ kind }) => kind)

test('what somebody labels while much is accepted stays, and the rest is accepted', async () => {
  const accepting = acceptSure(workspace, WISH)
  while (store.labelSteps.bulkLabels().length === 0) await giveWay()
  // It has seen all tracks by now, and this one is of a later transaction.
  const open = tracks.find((trackId) => kindsOf(trackId).length === 0)!
  putLabels(store, open, [{ kind: 'verse', startBeat: 16, endBeat: 48, source: 'user' }])
  expect((await accepting).labels).toBe(2 * TRACKS - 1)
  expect(tracks.map((trackId) => kindsOf(trackId).join(' '))).toEqual(
    tracks.map((trackId) => (trackId === open ? 'verse outro' : 'intro outro')),
  )
})

test('accepted twice at once, each suggestion becomes one label', async () => {
  const [one, other] = await Promise.all([acceptSure(workspace, WISH), acceptSure(workspace, WISH)])
  expect(one.labels + other.labels).toBe(2 * TRACKS)
  expect(tracks.map((trackId) => kindsOf(trackId).join(' '))).toEqual(tracks.map(() => 'intro outro'))
})

test('taken back while it is under way, all of it is gone, and it says so', async () => {
  const accepting = acceptSure(workspace, WISH)
  while (store.labelSteps.bulkLabels().length === 0) await giveWay()
  const [step] = store.labelSteps.list(1)
  await undoStep(workspace, { follow: () => {} }, step!.id)
  expect(await accepting).toEqual({
    stepId: null,
    says: 'Taken back before all of it was accepted',
    labels: 0,
    tracks: 0,
  })
  expect(tracks.flatMap(kindsOf)).toEqual([])
  expect((await acceptSure(workspace, WISH)).labels).toBe(2 * TRACKS)
})

test('a step that is being taken back is taken back for all others', async () => {
  const accepting = acceptSure(workspace, WISH)
  while (store.labelSteps.bulkLabels().length < 2 * TRACKS) await giveWay()
  const [step] = store.labelSteps.list(1)
  const undoing = [1, 2].map(() => undoStep(workspace, { follow: () => {} }, step!.id))
  const [one, other] = await Promise.allSettled(undoing)
  expect(one).toMatchObject({ status: 'fulfilled', value: { labels: 2 * TRACKS } })
  expect(other).toMatchObject({ status: 'rejected', reason: { code: 'STEP_NOT_FOUND' } })
  expect((await accepting).stepId).toBeNull()
  expect(tracks.flatMap(kindsOf)).toEqual([])
})
