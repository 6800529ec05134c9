import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { UserError } from '../../core/support/user-error.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { editGrid } from '../analysis/edit-grid.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addLabelledTracks } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { deleteModel } from '../versions/model-operations.ts'
import { readModelVersion } from '../versions/section-model-file.ts'
import { trainModel } from '../versions/train-model.ts'
import { readLibrary } from './read-library.ts'
import { readOne } from './read-one.ts'
import { readTrackOrFile } from './read-track-or-file.ts'
import { readSections, storedSections } from './track-sections.ts'

let folder = ''
let store: Store
const pool = sharedPool()
let workspace: Workspace
let tracks: readonly number[]
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-read-'))
  store = openStore(folder)
  workspace = { store, pool, ears: NO_EARS, emit: () => {} }
  tracks = addLabelledTracks(store)
  await trainModel(workspace, { epochs: 8 })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const read = (): readonly number[] => [...store.sections.origins(1).keys()]
/** Threads with which something happens while the sections of a track are being made. */
const meanwhile = (happens: () => void): TaskRunner => ({
  size: 1,
  run: (name, input, options) =>
    pool.run(name, input, options).finally(() => {
      if (name === 'readSections') happens()
    }),
})

test('every track is read once, and again only when something changed', async () => {
  expect(await readLibrary(workspace, { version: 1 })).toEqual({
    version: 1,
    classified: 10,
    upToDate: 0,
    notAnalysed: 0,
    unreadable: 0,
    withoutForm: 0,
    failures: [],
  })
  expect(await readLibrary(workspace, { version: 1 })).toMatchObject({ classified: 0, upToDate: 10 })
  const track = store.tracks.get(tracks[0]!)!
  const { sections } = storedSections(store, track, 1)!
  expect(sections.map(({ kind }) => kind)).toEqual(['intro', 'drop', 'outro'])
  expect(sections.at(-1)!.endSeconds).toBe(48)
  await editGrid(store, track, { kind: 'shift', beats: 1 })
  expect(storedSections(store, track, 1)).toBeNull()
  // The track has no file, so it cannot be analysed on the new grid.
  expect(await readLibrary(workspace, { version: 1 })).toMatchObject({ upToDate: 9, notAnalysed: 1 })
  await expect(readSections(workspace, track, { version: 1 })).rejects.toMatchObject({ code: 'ANALYSIS_REQUIRED' })
})

test('sections for a grid that was edited meanwhile are dropped', async () => {
  const track = store.tracks.get(tracks[3]!)!
  const edits = [(): unknown => editGrid(store, track, { kind: 'shift', beats: 1 })]
  const editing = meanwhile(() => edits.pop()?.())
  await readLibrary({ ...workspace, pool: editing }, { version: 1, only: new Set([track.id]) })
  expect(edits).toEqual([])
  expect(read()).toEqual([])
})

test('a track whose features lie on an earlier grid is left to its next analysis', async () => {
  const track = store.tracks.get(tracks[4]!)!
  const model = readModelVersion(store, 1)
  await editGrid(store, track, { kind: 'double' })
  await readOne(workspace, track, { version: 1, model })
  expect(read()).toEqual([])
})

test('sections of a version that was deleted meanwhile are dropped, and with a version go its sections', async () => {
  await readLibrary(workspace, { version: 1, only: new Set(tracks.slice(0, 2)) })
  expect(read()).toHaveLength(2)
  const deletes = [(): void => deleteModel(store, 1)]
  const deleting = meanwhile(() => deletes.pop()?.())
  await readLibrary({ ...workspace, pool: deleting }, { version: 1, only: new Set([tracks[5]!]) })
  expect(read()).toEqual([])
})

test('tracks that are taken away meanwhile are dropped, and the others are read', async () => {
  const away = tracks.slice(3)
  const removals = [(): void => store.presence.forget(away)]
  const removing = meanwhile(() => removals.pop()?.())
  expect((await readLibrary({ ...workspace, pool: removing }, { version: 1 })).failures).toEqual([])
  expect(removals).toEqual([])
  expect(read()).toHaveLength(3)
})

test('a cancelled reading keeps what it has read', async () => {
  const cancel = new AbortController()
  const { signal } = cancel
  const onProgress = ({ done }: { readonly done: number }): void => {
    if (done === 4) cancel.abort('enough')
  }
  await expect(readLibrary(workspace, { version: 1, signal, onProgress })).rejects.toBe('enough')
  const kept = read().length
  expect(kept).toBeGreaterThanOrEqual(4)
  expect(kept).toBeLessThan(10)
  expect(await readLibrary(workspace, { version: 1 })).toMatchObject({ classified: 10 - kept, upToDate: kept })
})

test('what is asked for is made when it is not there', async () => {
  const track = store.tracks.get(tracks[2]!)!
  const made = await readSections(workspace, track, { version: 1 })
  expect(made).toEqual(storedSections(store, track, 1))
  await expect(readSections(workspace, track)).rejects.toMatchObject({ code: 'MODEL_NOT_FOUND' })
})

test('where the network of form cannot run, the model reads alone and says so; the next reading with it reads again', async () => {
  const deaf: TaskRunner = {
    size: 1,
    run: (name, input, options) =>
      name === 'findForm'
        ? Promise.reject(new UserError('INFERENCE_UNAVAILABLE', 'No runtime is here.'))
        : pool.run(name, input, options),
  }
  const only = new Set([tracks[0]!])
  const options = { version: 1, only }
  expect(await readLibrary({ ...workspace, pool: deaf }, options)).toMatchObject({ classified: 1, withoutForm: 1 })
  const track = store.tracks.get(tracks[0]!)!
  expect(storedSections(store, track, 1)).not.toBeNull()
  const alone = { model: readModelVersion(store, 1) }
  expect((await readTrackOrFile({ ...workspace, pool: deaf }, String(track.id), alone)).withoutForm).toBe(true)
  expect((await readTrackOrFile(workspace, String(track.id), alone)).withoutForm).toBe(false)
  expect(await readLibrary(workspace, options)).toMatchObject({ classified: 1, withoutForm: 0, upToDate: 0 })
  expect(await readLibrary(workspace, options)).toMatchObject({ classified: 0, upToDate: 1 })
})

test('the form of a track is asked once and kept with its features, and sections of another network do not hold', async () => {
  const asked: string[] = []
  const counting: TaskRunner = {
    size: 1,
    run: (name, input, options) => {
      asked.push(name)
      return pool.run(name, input, options)
    },
  }
  const track = store.tracks.get(tracks[1]!)!
  const model = readModelVersion(store, 1)
  for (let time = 0; time < 2; time++) await readOne({ ...workspace, pool: counting }, track, { version: 1, model })
  expect(asked).toEqual(['findForm', 'readSections', 'readSections'])
  const stored = store.sections.get(track.id, 1)!
  store.sections.put({ ...stored, specDigest: digestOf('another network') })
  expect(storedSections(store, track, 1)).toBeNull()
})
