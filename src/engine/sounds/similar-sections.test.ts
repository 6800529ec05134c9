import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../platform/store/store.ts'
import { inlineRunner } from '../../platform/workers/inline-runner.fixture.ts'
import { editGrid } from '../analysis/edit-grid.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addFixtureTrack, putLabels } from '../kit/library.fixture.ts'
import { judgeTransition } from '../sets/transition.ts'
import { type SimilarSectionOptions, sectionDetails, similarSections } from './similar-sections.ts'
import { createSoundIndex, type SoundIndex } from './sound-index.ts'

let folder = ''
let store: Store
let index: SoundIndex
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-sections-'))
  store = openStore(folder)
  store.settings.set('base_model', false)
  index = createSoundIndex(store, inlineRunner)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const KINDS = ['intro', 'drop', 'outro'] as const
const similar = async (id: string, options?: SimilarSectionOptions): Promise<readonly string[]> =>
  (await similarSections({ store, index, pool: inlineRunner }, id, options)).map(({ section }) => section.id)
const details = (id: string) => sectionDetails({ store, ears: NO_EARS }, id)
/** Tracks whose middle third rises in all columns, labelled. */
const addTracks = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, at) => addFixtureTrack(store, { index: at, kinds: KINDS }))

test('a drop sounds like the drops of other tracks, and its own track is no answer', async () => {
  const [one, other, third] = addTracks(3)
  expect((await similar(`${one}-48`)).slice(0, 2).sort()).toEqual([`${other}-48`, `${third}-48`])
  expect(await similar(`${one}-48`, { kind: 'outro' })).toHaveLength(2)
  expect((await similar(`${one}-48`)).every((id) => !id.startsWith(`${one}-`))).toBe(true)
  const [nearest] = await similarSections({ store, index, pool: inlineRunner }, `${one}-48`, { kind: 'drop', limit: 1 })
  expect(nearest).toMatchObject({
    section: { kind: 'drop', isLabel: true, startBeat: 32, endBeat: 64, startSeconds: 16, endSeconds: 32 },
    score: 0.5,
    tempoDifferencePercent: 0,
  })
})

test('an id names what holds its beat, also after a boundary has moved', async () => {
  const [one] = addTracks(1)
  expect(await details(`${one}-40`)).toMatchObject({ id: `${one}-48`, kind: 'drop', tags: null, voiceShare: null })
  putLabels(store, one!, [{ startBeat: 36, endBeat: 68, kind: 'drop', source: 'user' }])
  expect(await details(`${one}-48`)).toMatchObject({ kind: 'drop', startBeat: 36 })
  for (const gone of [`${one}-10`, `${one}-96`, '99-1', 'drop'])
    await expect(details(gone)).rejects.toMatchObject({ code: 'SECTION_NOT_FOUND' })
})

test('labels that were painted since are compared, those of another grid are not', async () => {
  const [one, other] = addTracks(2)
  expect(await similar(`${one}-48`)).toHaveLength(3)
  putLabels(store, other!, [{ startBeat: 0, endBeat: 16, kind: 'break', source: 'user' }])
  expect(await similar(`${one}-48`)).toEqual([`${other}-8`])
  // Nothing has been measured on the new grid yet.
  await editGrid(store, store.tracks.get(other!)!, { kind: 'shift', beats: 1 })
  const [unmeasured] = await similarSections({ store, index, pool: inlineRunner }, `${one}-48`)
  expect(unmeasured!.distance).toBeGreaterThan(0)
  putLabels(store, one!, [])
  await expect(similar(`${one}-48`)).rejects.toMatchObject({ code: 'SECTION_NOT_FOUND' })
})

const judge = (one: number, other: number) =>
  judgeTransition({ store, index, pool: inlineRunner, ears: NO_EARS }, store.tracks.get(one)!, store.tracks.get(other)!)

test('a transition is judged from the labelled outro to the labelled intro', async () => {
  addTracks(4)
  const one = addFixtureTrack(store, { index: 10, kinds: KINDS, bpm: 120, facts: { camelot: '8A', tuningCents: 0 } })
  const other = addFixtureTrack(store, { index: 11, kinds: KINDS, bpm: 60, facts: { camelot: '9A', tuningCents: 0 } })
  const far = addFixtureTrack(store, { index: 12, kinds: KINDS, bpm: 140, facts: { camelot: '3B', tuningCents: 0 } })
  const judged = await judge(one, other)
  expect(judged.from).toMatchObject({ track: { id: one }, startBeat: 64, endBeat: 96, chosenBy: 'label' })
  expect(judged.to).toMatchObject({ track: { id: other }, startBeat: 0, endBeat: 32, chosenBy: 'label' })
  const parts = Object.fromEntries(judged.parts.map(({ part, ...rest }) => [part, rest]))
  expect(parts.tempo).toMatchObject({ score: 1, from: 120, to: 60, difference: 0 })
  expect(parts.key).toMatchObject({ score: 0.9, from: '8A', to: '9A' })
  expect(parts.basses).toMatchObject({ score: 0.4, from: 1, to: 1 })
  // Outro and intro are the same noise, so they are nearer to each other than to a drop.
  expect(parts.sound!.difference).toBeLessThan(1)
  expect(parts.voices!.score).toBeNull()
  expect((await judge(one, far)).score!).toBeLessThan(judged.score! / 1.5)
})

test('where no section is known, the last and the first bars are judged, and too few sections tell no distance', async () => {
  const [one, other] = [0, 1].map((at) => addFixtureTrack(store, { index: at }))
  const judged = await judge(one!, other!)
  expect(judged.from).toMatchObject({ startBeat: 64, endBeat: 96, chosenBy: 'place' })
  expect(judged.to).toMatchObject({ startBeat: 0, endBeat: 32, chosenBy: 'place' })
  expect(judged.parts.find(({ part }) => part === 'sound')!.score).toBeNull()
})
