import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addFixtureTrack, addLabelledTracks } from '../kit/library.fixture.ts'
import type { Workspace } from '../kit/workspace.ts'
import { blendVersions } from './blend-versions.ts'
import { importBundle } from './import-bundle.fixture.ts'
import { judgeVersions } from './judge-versions.ts'
import { exportBundle } from './model-bundles.ts'
import { formatCard, parseCard } from './model-card.ts'
import { activateModel, deleteModel, describeModel, listModels, showModel } from './model-operations.ts'
import { trainModel } from './train-model.ts'

let folder = ''
let store: Store
let workspace: Workspace
const pool = sharedPool()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-blend-'))
  store = openStore(folder)
  workspace = { store, pool, ears: NO_EARS, emit: () => {} }
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

/** A model of ten other tracks as a file, as a friend exports it. */
const friendsBundle = async (kinds: readonly SectionKind[] = ['intro', 'drop', 'outro']): Promise<Uint8Array> => {
  const giver = openStore(join(folder, 'giver'))
  for (let index = 100; index < 110; index++) addFixtureTrack(giver, { index, kinds })
  await trainModel({ ...workspace, store: giver }, { epochs: 8 })
  describeModel(giver, 1, { name: 'Deep' })
  const { bytes } = exportBundle(giver, 1)
  giver.close()
  return bytes
}

/** One's own version as it would be had it been unsure of every label, and wrong about every fourth. */
const makePoor = (version: number): void => {
  const { onnx, card } = store.models.read(version)
  const parsed = parseCard(card)
  const outOfFold = parsed.outOfFold.map((guess, at) => {
    const right = guess.probabilities!.indexOf(Math.max(...guess.probabilities!))
    const said = at % 4 === 0 ? (right + 1) % 3 : right
    return { ...guess, probabilities: guess.probabilities!.map((_, kind) => (kind === said ? 0.4 : 0.3)) }
  })
  store.models.publish({
    version: store.models.nextVersion(),
    onnx,
    card: formatCard({ ...parsed, version: version + 1, outOfFold }),
  })
}

test('a friend’s bundle that helps becomes a version of its own, which is activated, exported and left like any other', async () => {
  addLabelledTracks(store)
  await trainModel(workspace, { epochs: 8 })
  makePoor(1)
  const { version: friend } = importBundle(store, await friendsBundle())
  const outcome = await blendVersions(workspace, friend, 2)
  expect(outcome).toMatchObject({ version: 4, own: 2, other: 3, labels: 30, tracks: 10 })
  expect(outcome.figures.own.accuracy).toBeLessThan(0.8)
  expect(outcome.figures.blend.accuracy).toBeGreaterThan(outcome.figures.own.accuracy)
  expect(outcome.text).toContain('of v3 beside v2 does better than v2 alone: ')
  const made = showModel(store, 4)
  expect(made).toMatchObject({ origin: 'blend', accuracy: outcome.figures.blend.accuracy })
  expect(made.card).toMatchObject({
    blend: { own: 2, other: 3, otherName: 'Deep', share: outcome.share },
    previousVersion: 2,
  })
  expect(made.card!.lineage.tracks).toHaveLength(20)
  // It is judged by what was said of labels that its weight had not seen.
  const judged = (await judgeVersions(workspace)).find(({ version }) => version === 4)!
  expect(judged.figures).toMatchObject({ labels: 30, accuracy: outcome.figures.blend.accuracy })
  expect(activateModel(store, 4)).toBeNull()
  // It needs neither of those that it was made of.
  deleteModel(store, 2)
  deleteModel(store, 3)
  const { bytes } = exportBundle(store, 4)
  const taker = openStore(join(folder, 'taker'))
  expect(importBundle(taker, bytes)).toMatchObject({ version: 1, origin: 'imported' })
  taker.close()
  expect(activateModel(store, 1)).toBe(4)
  expect(listModels(store).map(({ version, origin }) => [version, origin])).toEqual([
    [4, 'blend'],
    [1, 'trained'],
  ])
})

test('a friend who calls things otherwise is no help: nothing is made, and that is said', async () => {
  addLabelledTracks(store)
  await trainModel(workspace, { epochs: 8 })
  const { version: friend } = importBundle(store, await friendsBundle(['outro', 'intro', 'drop']))
  const outcome = await blendVersions(workspace, friend)
  expect(outcome).toMatchObject({
    version: null,
    own: 1,
    share: 0,
    figures: { own: { accuracy: 1 }, other: { accuracy: 0 } },
  })
  expect(outcome.text).toBe('v2 adds nothing to v1, on 30 labels of 10 tracks that were held out. No blend was made.')
  expect(listModels(store).map(({ version }) => version)).toEqual([2, 1])
})

test('what cannot be blended is refused: no own version, the own one with itself, and labels that the friend knows', async () => {
  const refused = (detail: string) =>
    expect.objectContaining({ code: 'BLEND_NOT_POSSIBLE', message: expect.stringContaining(detail) })
  const { version: friend } = importBundle(store, await friendsBundle())
  await expect(blendVersions(workspace, friend)).rejects.toEqual(refused('train one first'))
  for (let index = 100; index < 110; index++) addFixtureTrack(store, { index, kinds: ['intro', 'drop', 'outro'] })
  await trainModel(workspace, { epochs: 8 })
  await expect(blendVersions(workspace, friend)).rejects.toEqual(refused('too few labels'))
  await expect(blendVersions(workspace, 2, 2)).rejects.toEqual(refused('your own'))
  await expect(blendVersions(workspace, 2)).rejects.toEqual(refused('v2 is your own version'))
  await expect(blendVersions(workspace, friend, 0)).rejects.toEqual(refused('not your own'))
  await expect(blendVersions(workspace, 2, friend)).rejects.toEqual(refused('not your own'))
})
