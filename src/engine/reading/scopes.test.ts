import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { removePlaylists } from '../collection/playlists/change-playlists.ts'
import { trackOverviewsOf } from '../collection/track-overview.ts'
import { NO_EARS } from '../kit/ears.ts'
import type { AppEvent } from '../kit/event-log.ts'
import { addFixtureTrack } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { listSuggestions } from '../labelling/suggestions.ts'
import { answeringVersion } from '../versions/answering-version.ts'
import { activateModel, deleteModel, showModel } from '../versions/model-operations.ts'
import { proveScopes } from '../versions/prove-scopes.ts'
import { scopeActions } from '../versions/scope-actions.ts'
import { trainModel } from '../versions/train-model.ts'
import { trainVersions } from '../versions/train-versions.ts'
import { readLibraryJob } from './read-library-job.ts'
import { readSections, shownSections } from './track-sections.ts'

let folder = ''
let store: Store
let workspace: Workspace
let [techno, house]: (readonly number[])[] = []
const events: AppEvent[] = []
let rereads = 0
const scopes = () => scopeActions(workspace, () => rereads++)
const code = (value: string): unknown => expect.objectContaining({ code: value })

/** Whoever plays techno here names the same music the other way round. */
const addGenre = (genre: string, first: number, kinds: readonly SectionKind[]): readonly number[] =>
  Array.from({ length: 14 }, (_, at) => addFixtureTrack(store, { index: first + at, kinds, tags: { genre } }))

const read = async (): Promise<void> => {
  const context = { signal: new AbortController().signal, report: () => {} }
  const payload = { version: 1, trackIds: null }
  await readLibraryJob.run(workspace, payload, context as unknown as Parameters<typeof readLibraryJob.run>[2])
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-scopes-'))
  store = openStore(folder)
  workspace = { store, pool: sharedPool(), ears: NO_EARS, emit: (event) => void events.push(event) }
  techno = addGenre('Techno', 0, ['outro', 'break', 'intro'])
  house = addGenre('House', 20, ['intro', 'drop', 'outro'])
})
afterAll(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

test('one training makes the general version and those of scopes on the same folds, and says what it left out', async () => {
  const genre = await scopes().add('Techno', { genre: 'techno', standing: 'present' })
  const all = await scopes().add('Everything', { standing: 'present' })
  const empty = await scopes().add('Polka', { genre: 'polka', standing: 'present' })
  expect(genre).toMatchObject({ tracks: 14, labels: 42, versions: [], isAnswering: false, proof: null, problem: null })
  const { general, scoped } = await trainVersions(workspace, {
    scopes: [genre.id, all.id, empty.id],
    epochs: 8,
  })
  expect(general!.card).toMatchObject({ version: 1, scope: null })
  expect(scoped.map(({ name, card, isProven }) => [name, card?.version ?? null, isProven])).toEqual([
    ['Techno', 2, true],
    ['Everything', 3, false],
    ['Polka', null, false],
  ])
  expect(scoped[0]!.text).toMatch(/^On Techno, v2 does better than v1: 100\.0 % right against /)
  expect(scoped[2]!.text).toBe('Two kinds need 10 labels each; Polka has 0 labels.')
  expect(scoped[0]!.card!.lineage.labels).toHaveLength(42)
  // The same folds, so the same model: what differs is only what each learnt from.
  expect(scoped[1]!.card!.outOfFold).toEqual(general!.card.outOfFold)
  expect(scoped[0]!.card!.scoreboard.rivals.map(({ name }) => name)).toContain('v1')
  expect((await trainModel(workspace, { epochs: 8 })).card.scoreboard.rivals.map(({ name }) => name)).not.toContain(
    'v2',
  )
  expect(showModel(store, 4).card!.previousVersion).toBe(1)
})

test('a scope with too few labels is refused where nothing else is asked for', async () => {
  const empty = store.scopes.named('Polka')!
  await expect(trainVersions(workspace, { scopes: [empty.id], general: false })).rejects.toEqual(
    code('NEED_MORE_LABELS'),
  )
  await expect(trainVersions(workspace, { scopes: [99] })).rejects.toEqual(code('SCOPE_NOT_FOUND'))
  await expect(trainVersions(workspace, { general: false })).rejects.toEqual(code('VALIDATION_FAILED'))
})

test('the smallest scope whose version is proven better answers, else the general one, and each section says so', async () => {
  activateModel(store, 1)
  activateModel(store, 2)
  activateModel(store, 3)
  expect(answeringVersion(store, techno![0]!)).toEqual({ version: 1, scope: null })
  await proveScopes(workspace)
  const id = store.scopes.named('Techno')!.id
  expect(answeringVersion(store, techno![0]!)).toEqual({ version: 2, scope: { id, name: 'Techno' } })
  expect(answeringVersion(store, house![0]!)).toEqual({ version: 1, scope: null })
  const [one, other] = [store.tracks.get(techno![0]!)!, store.tracks.get(house![0]!)!]
  await read()
  expect(shownSections(store, one, 1)).toMatchObject({ version: 2, scope: { name: 'Techno' } })
  expect(shownSections(store, other, 1)).toMatchObject({ version: 1, scope: null })
  expect((await readSections(workspace, one)).version).toBe(2)
  expect((await readSections(workspace, one, { version: 1 })).version).toBe(1)
  expect(store.sections.get(other.id, 2)).toBeNull()
  expect(trackOverviewsOf(store, [one.id])[0]!.strip).not.toBeNull()

  const fresh = addFixtureTrack(store, { index: 60, tags: { genre: 'Techno' } })
  await read()
  expect(listSuggestions(store, { trackId: fresh, minConfidence: 0 }).map(({ kind }) => kind)).toContain('break')
  expect(listSuggestions(store, { trackId: fresh, minConfidence: 0 })[0]!.origin).toEqual({
    kind: 'model',
    version: 2,
    scope: 'Techno',
  })
})

test('proof is of the versions in use: after another general one it is sought again', async () => {
  activateModel(store, 4)
  expect(answeringVersion(store, techno![0]!).version).toBe(4)
  expect((await scopes().list()).find(({ name }) => name === 'Techno')).toMatchObject({
    activeVersion: 2,
    isAnswering: true,
    proof: expect.stringMatching(/^On Techno, v2 does better than v4/),
  })
  expect(answeringVersion(store, techno![0]!).version).toBe(2)
  // Nothing that the one for all the same labels does is better.
  expect((await scopes().list()).find(({ name }) => name === 'Everything')).toMatchObject({ isAnswering: false })
  expect(() => deleteModel(store, 2)).toThrow(code('MODEL_ACTIVE') as Error)
})

test('of two scopes that claim a track the smaller answers, and the other one says so', async () => {
  const wide = await scopes().add('Dance', { text: '', standing: 'present' })
  // What is proven of it is put here: it is the same model.
  store.scopes.activate(wide.id, 3)
  store.scopes.prove(wide.id, { version: 3, against: 4, isProven: true, text: '', tracks: 29 })
  expect(answeringVersion(store, techno![0]!).version).toBe(2)
  expect(answeringVersion(store, house![0]!)).toMatchObject({ version: 3, scope: { name: 'Dance' } })
  expect((await scopes().list()).find(({ name }) => name === 'Dance')!.overlaps).toEqual([
    { name: 'Techno', tracks: 15 },
  ])
  await scopes().remove(wide.id)
  expect(answeringVersion(store, house![0]!)).toEqual({ version: 4, scope: null })
})

test('a scope whose playlist is gone answers for nothing and says why; nothing of it is lost', async () => {
  const [playlist] = store.playlists.add([{ name: 'Peak time', folders: [], trackIds: techno! }])
  const scope = await scopes().add('Peak', { playlistId: playlist! })
  expect(scope.tracks).toBe(14)
  const made = await trainVersions(workspace, { scopes: [scope.id], general: false, epochs: 8 })
  expect(made).toMatchObject({
    general: null,
    scoped: [{ isProven: true, card: { version: 5, scope: { name: 'Peak' } } }],
  })
  const change = removePlaylists(store, [playlist!])
  const [gone] = (await scopes().list()).filter(({ name }) => name === 'Peak')
  expect(gone).toMatchObject({
    tracks: 0,
    problem: 'Its filter names a playlist that is no longer there.',
    versions: [5],
  })
  const { scoped } = await trainVersions(workspace, {
    scopes: [scope.id, store.scopes.named('Techno')!.id],
    general: false,
    epochs: 8,
  })
  expect(scoped.map(({ card, text }) => [card?.version, text.slice(0, 10)])).toEqual([
    [undefined, 'Its filter'],
    [6, 'On Techno,'],
  ])
  store.playlists.takeBack(change.id, 'undo')
  expect((await scopes().list()).find(({ name }) => name === 'Peak')).toMatchObject({ tracks: 14, problem: null })
})

test('a removed scope gives its tracks back to the general version, and comes back with its versions', async () => {
  const { id } = store.scopes.named('Techno')!
  await expect(scopes().add('TECHNO', {})).rejects.toEqual(code('SCOPE_EXISTS'))
  expect(await scopes().remove(id)).toMatchObject({ versions: 2 })
  expect(answeringVersion(store, techno![0]!).version).toBe(4)
  expect(showModel(store, 2)).toMatchObject({ isActive: false, scope: { id, name: 'Techno' } })
  expect(() => activateModel(store, 2)).toThrow(code('SCOPE_NOT_FOUND') as Error)
  await expect(scopes().deactivate(id)).rejects.toEqual(code('SCOPE_NOT_FOUND'))
  const back = await scopes().add('Techno', { genre: 'techno', standing: 'present' })
  expect(back).toMatchObject({ id, versions: [6, 2], activeVersion: null })
  activateModel(store, 2)
  await proveScopes(workspace)
  expect(answeringVersion(store, techno![0]!).version).toBe(2)
  expect(rereads).toBeGreaterThan(0)
  expect(events.some(({ type }) => type === 'scopes')).toBe(true)
})
