import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addFixtureTrack, addLabelledTracks, putLabels } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { reportActivation } from './activation-report.ts'
import { shippedCard } from './base-model.ts'
import { compareVersions } from './compare-versions.ts'
import { importBundle } from './import-bundle.fixture.ts'
import { judgeVersions, type VersionJudgement } from './judge-versions.ts'
import { exportBundle } from './model-bundles.ts'
import { formatCard, parseCard } from './model-card.ts'
import { activateModel, describeModel, listModels, showModel } from './model-operations.ts'
import { trainModel } from './train-model.ts'

let folder = ''
let store: Store
let workspace: Workspace
const pool = sharedPool()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-judge-'))
  store = openStore(folder)
  workspace = { store, pool, ears: NO_EARS, emit: () => {} }
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

const train = (options: Parameters<typeof trainModel>[1] = {}): ReturnType<typeof trainModel> =>
  trainModel(workspace, { epochs: 8, ...options })
const judged = async (version: number): Promise<VersionJudgement> =>
  (await judgeVersions(workspace)).find((one) => one.version === version)!

/** A copy of a version that, while it was trained, was wrong about every second label. */
const publishPoorCopy = (version: number): number => {
  const { onnx, card } = store.models.read(version)
  const parsed = parseCard(card)
  const copy = store.models.nextVersion()
  const outOfFold = parsed.outOfFold.map((guess, index) => {
    const { probabilities = [] } = guess
    return index % 2 === 0 ? guess : { ...guess, probabilities: [...probabilities.slice(1), probabilities[0]!] }
  })
  store.models.publish({ version: copy, onnx, card: formatCard({ ...parsed, version: copy, outOfFold }) })
  return copy
}

test('a version is judged by what it said of labels while it could not know them, and the better one is named', async () => {
  addLabelledTracks(store)
  await train()
  const poor = publishPoorCopy(1)
  const good = await judged(1)
  expect(good.figures).toMatchObject({ labels: 30, tracks: 10, accuracy: 1 })
  expect(good.figures!.accuracyBand.low).toBeLessThan(0.95)
  const { figures, rivals } = await judged(poor)
  expect(figures!.accuracy).toBeCloseTo(0.5, 1)
  expect(rivals.find(({ version }) => version === 1)).toMatchObject({ duel: { verdict: 'worse', labels: 30 } })
  const { better, warnings } = await reportActivation(workspace, poor)
  expect(better.map(({ version }) => version)).toContain(1)
  expect(warnings[0]).toContain('does better on your labels')
  expect((await reportActivation(workspace, 1)).better).toEqual([])
})

test('labels that were changed since are no memory of what was said, and new ones are asked about', async () => {
  const tracks = addLabelledTracks(store)
  await train()
  putLabels(store, tracks[0]!, [{ startBeat: 0, endBeat: 16, kind: 'intro', source: 'user' }])
  addFixtureTrack(store, { index: 40, kinds: ['intro', 'drop', 'outro'] })
  expect((await judged(1)).figures).toMatchObject({ labels: 30, tracks: 10 })
})

test('the one that ships is judged on tracks that it did not learn from, and says which those were', async () => {
  const [known] = [...shippedCard()!.audioDigests]
  addLabelledTracks(store, 11)
  expect((await judged(0)).figures).toMatchObject({ labels: 33, tracks: 11 })
  const trackId = addFixtureTrack(store, {
    index: 50,
    audioDigest: known!,
    tags: { title: 'Known before' },
    kinds: ['intro'],
  })
  expect(await judged(0)).toMatchObject({
    figures: { labels: 33, tracks: 11 },
    mayKnow: [{ trackId, title: 'Known before' }],
  })
  // A training that begins from it is judged without that track, too.
  const { card } = await train()
  expect(card.scoreboard.knownToBase).toEqual([known])
  expect(card.scoreboard.baselines.at(-1)).toMatchObject({ name: 'base model', samples: 33 })
  expect(card.scoreboard.rivals.find(({ version }) => version === 0)!.duel).toMatchObject({ labels: 33, tracks: 11 })
})

test('an imported version is judged on the labels here, apart from the figures of its maker', async () => {
  const giver = openStore(join(folder, 'giver'))
  for (let index = 100; index < 110; index++) addFixtureTrack(giver, { index, kinds: ['intro', 'drop', 'outro'] })
  await trainModel({ ...workspace, store: giver }, { epochs: 8 })
  describeModel(giver, 1, { name: ' Warm-up ', notes: 'Slow tracks' })
  const { bytes } = exportBundle(giver, 1)
  giver.close()
  addLabelledTracks(store, 4)
  expect(importBundle(store, bytes)).toMatchObject({ name: 'Warm-up', notes: 'Slow tracks', origin: 'imported' })
  expect(showModel(store, 1).card!.scoreboard.tracks).toBe(10)
  expect(await judged(1)).toMatchObject({ figures: { labels: 12, tracks: 4 }, mayKnow: [], unknownKinds: {} })
})

test('a comparison is of the kinds that both know, and names the others', async () => {
  const tracks = addLabelledTracks(store)
  await train()
  for (const trackId of tracks)
    putLabels(store, trackId, [
      { startBeat: 0, endBeat: 32, kind: 'intro', source: 'user' },
      { startBeat: 32, endBeat: 64, kind: 'drop', source: 'user' },
      { startBeat: 64, endBeat: 80, kind: 'break', source: 'user' },
      { startBeat: 80, endBeat: 96, kind: 'verse', source: 'user' },
    ])
  await train()
  const both = await compareVersions(workspace, 1, 2)
  expect(both).toMatchObject({
    kinds: { both: ['intro', 'drop'], onlyFirst: ['outro'], onlySecond: ['break', 'verse'] },
    basis: 'your_labels',
    duel: { labels: 20, tracks: 10 },
  })
  // Neither break nor verse, which the first cannot know, is held against it.
  expect(both.figures![0].accuracy).toBe(1)
  expect(both.difference!.accuracy).toBeLessThanOrEqual(0)
  expect(await compareVersions(workspace, 0, 2)).toMatchObject({
    versions: [{ version: 0, card: null }, { version: 2 }],
    kinds: { onlyFirst: ['build', 'outro', 'chorus'], onlySecond: [] },
    basis: 'your_labels',
  })
  for (const trackId of tracks) putLabels(store, trackId, [])
  expect(await compareVersions(workspace, 1, 2)).toMatchObject({ basis: 'reports', duel: null })
})

test('before an activation it is said what will go, and the version that ships takes over again', async () => {
  const tracks = addLabelledTracks(store)
  await train()
  const { gridDigest, featureSpecDigest } = store.analyses.get(tracks[0]!)!
  const section = {
    startBeat: 0,
    endBeat: 32,
    kind: 'verse' as const,
    runnerUp: 'drop' as const,
    confidence: 0.8,
    probabilities: { intro: 0, build: 0, drop: 0.2, break: 0, outro: 0, verse: 0.8, chorus: 0 },
    evidence: [],
  }
  const sections = [section, { ...section, startBeat: 32, endBeat: 64, kind: 'build' as const }]
  for (const trackId of tracks.slice(0, 3))
    store.sections.put({ trackId, modelVersion: 0, gridDigest, specDigest: featureSpecDigest, sections })
  expect(await reportActivation(workspace, 1)).toMatchObject({
    readsNow: 0,
    unknownKinds: ['build', 'break', 'verse', 'chorus'],
    sectionsLost: { build: 3, verse: 3 },
    tracksAffected: 3,
    warnings: [expect.stringContaining('3 build and 3 verse sections in 3 tracks')],
  })
  expect(activateModel(store, 1)).toBeNull()
  expect(listModels(store).map(({ version }) => version)).toEqual([1])
  expect(listModels(store, { withShipped: true }).map(({ version, isActive }) => [version, isActive])).toEqual([
    [1, true],
    [0, false],
  ])
  store.settings.set('base_model', false)
  expect(activateModel(store, 0)).toBe(1)
  expect(store.settings.all().baseModel).toBe(true)
  expect(listModels(store, { withShipped: true }).map(({ isActive }) => isActive)).toEqual([false, true])
  expect(activateModel(store, 1)).toBe(0)
})

test('the version that ships is neither renamed nor deleted', () => {
  expect(() => describeModel(store, 0, { name: 'mine' })).toThrow(expect.objectContaining({ code: 'MODEL_SHIPPED' }))
})
