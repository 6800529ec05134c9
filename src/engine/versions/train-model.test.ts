import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SectionKind } from '../../core/labels/section-kind.ts'
import { decodeOnnx } from '../../core/models/onnx-decode.ts'
import { encodeOnnx } from '../../core/models/onnx-encode.ts'
import { type DiskEffects, diskEffects } from '../../platform/store/disk-effects.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import { sharedPool } from '../../platform/workers/shared-pool.fixture.ts'
import { NO_EARS } from '../kit/ears.ts'
import { addFixtureTrack, addLabelledTracks, putLabels } from '../kit/library.fixture.ts'
import { currentModelSpecDigest } from '../kit/model-spec-digest.ts'
import { currentLabelStats } from '../labelling/list-labels.ts'
import { compareVersions } from './compare-versions.ts'
import { activateModel, listModels, showModel } from './model-operations.ts'
import { trainModel } from './train-model.ts'

let folder = ''
let store: Store
const pool = sharedPool()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'algiers-train-'))
  store = openStore(folder)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const label = (trackId: number, kinds: readonly SectionKind[]): void => {
  putLabels(
    store,
    trackId,
    kinds.map((kind, third) => ({ startBeat: third * 32, endBeat: third * 32 + 32, kind, source: 'user' })),
  )
}
const addLabelled = (count: number): readonly number[] => addLabelledTracks(store, count)
const train = (options: Parameters<typeof trainModel>[1] = {}): ReturnType<typeof trainModel> =>
  trainModel({ store, pool, ears: NO_EARS, emit: () => {} }, { epochs: 8, ...options })
const code = (value: string): unknown => expect.objectContaining({ code: value })

test('the model is published with its figures and with every label it was trained on', async () => {
  const tracks = addLabelled(10)
  const { card, labelsWithoutAudio } = await train({ seed: 3 })
  expect(labelsWithoutAudio).toBe(0)
  expect(card).toMatchObject({ version: 1, seed: 3, labelCounts: { intro: 10, drop: 10, outro: 10 } })
  expect(card.lineage.labels.map(({ id }) => id)).toEqual(store.labels.list().map(({ id }) => id))
  expect(card.lineage.tracks).toHaveLength(tracks.length)
  // The three parts could not be easier to tell apart.
  expect(card.accuracy).toBeGreaterThan(0.9)
  expect(store.models.activeVersion()).toBeNull()
  const { featureSpec, kinds } = decodeOnnx(store.models.read(1).onnx)
  expect(featureSpec).toBe(currentModelSpecDigest())
  expect(kinds).toEqual(['intro', 'drop', 'outro'])
  expect(card.learningCurve).toBeNull()
  expect(showModel(store, 1).card).toEqual(card)
})

test('what more labels would be worth is kept in the card, where it was asked for', async () => {
  addLabelled(10)
  const { card } = await train({ learningCurve: true })
  expect(card.learningCurve!.points.map(({ tracks, labels }) => [tracks, labels])).toEqual([
    [2, 6],
    [4, 12],
    [6, 18],
    [8, 24],
  ])
  expect(card.learningCurve!.words).toHaveLength(1)
  expect(showModel(store, 1).card).toEqual(card)
})

test('the same labels and seed give the same model, and versions compare', async () => {
  addLabelled(10)
  await train({ seed: 3 })
  await train({ seed: 3 })
  expect(store.models.read(2).onnx).toEqual(store.models.read(1).onnx)
  expect(await compareVersions({ store, pool, ears: NO_EARS, emit: () => {} }, 1, 2)).toMatchObject({
    sameLabels: true,
    basis: 'your_labels',
    difference: { accuracy: 0, f1Score: 0, calibrationError: 0 },
  })
})

test('a training begins from the shipped model, and from nothing where that is switched off', async () => {
  addLabelled(10)
  const begun = await train()
  const shipped = JSON.parse(
    readFileSync(new URL('../../../assets/base-model/base-sections.json', import.meta.url), 'utf8'),
  )
  expect(begun.card.lineage.base).toEqual({ version: 0, sha256: shipped.sha256 })
  expect(begun.card.scoreboard.baselines.map(({ name }) => name)).toContain('base model')
  store.settings.set('base_model', false)
  const alone = await train()
  expect(alone.card.lineage.base).toBeNull()
  expect(alone.card.scoreboard.baselines.map(({ name }) => name)).not.toContain('base model')
  expect(store.models.read(2).onnx).not.toEqual(store.models.read(1).onnx)
})

test('the same labels give the same model in a library whose files were read in another order', async () => {
  addLabelled(10)
  await train()
  const elsewhere = openStore(join(folder, 'elsewhere'))
  for (const index of [4, 0, 7, 9, 1, 8, 2, 6, 3, 5])
    addFixtureTrack(elsewhere, { index, kinds: ['intro', 'drop', 'outro'] })
  await trainModel({ store: elsewhere, pool, ears: NO_EARS, emit: () => {} }, { epochs: 8 })
  expect(elsewhere.models.read(1).onnx).toEqual(store.models.read(1).onnx)
  elsewhere.close()
})

test('without labels, with one kind, or with too few of a kind, it says what is missing', async () => {
  await expect(train()).rejects.toEqual(code('NEED_MORE_LABELS'))
  const tracks = addLabelled(10)
  for (const track of tracks) label(track, ['drop'])
  await expect(train()).rejects.toEqual(code('NEED_MORE_CLASSES'))
  for (const track of tracks) label(track, ['intro', 'drop'])
  for (const track of tracks.slice(0, 3)) label(track, ['intro', 'drop', 'build'])
  await expect(train()).rejects.toEqual(
    expect.objectContaining({ code: 'NEED_MORE_LABELS', details: expect.objectContaining({ missing: { build: 7 } }) }),
  )
  expect((await train({ exclude: ['build'] })).card.labels).toEqual(['intro', 'drop'])
})

test('labels whose audio is gone are left out and counted; when the rest is not enough, that is the error', async () => {
  const tracks = addLabelled(11)
  const forget = (track: number): void => {
    const analysis = store.analyses.get(track)!
    store.analyses.put({ ...analysis, featureSpecDigest: 'of an older version' })
  }
  forget(tracks[0]!)
  expect(await train()).toMatchObject({ labelsWithoutAudio: 3, card: { labelCounts: { drop: 10 } } })
  forget(tracks[1]!)
  await expect(train()).rejects.toEqual(code('TRAINING_AUDIO_MISSING'))
  expect(store.labels.list()).toHaveLength(33)
})

test('a training past its time limit is ended, leaves nothing, and the next one works', async () => {
  addLabelled(10)
  await expect(train({ epochs: 100_000, timeoutSeconds: 0.5 })).rejects.toEqual(code('TRAINING_TIMEOUT'))
  expect(readdirSync(join(folder, 'models'))).toEqual([])
  expect((await train()).card.version).toBe(1)
})

test('a cancelled training ends with the reason and leaves nothing', async () => {
  addLabelled(10)
  const cancel = new AbortController()
  const cancelled = train({
    epochs: 100_000,
    signal: cancel.signal,
    onProgress: ({ report }) => report && cancel.abort('enough'),
  })
  await expect(cancelled).rejects.toBe('enough')
  expect(store.models.versions()).toEqual([])
})

test('progress rises and carries real losses', async () => {
  addLabelled(10)
  const fractions: number[] = []
  const losses: number[] = []
  await train({
    onProgress: ({ stage, fraction, report }) => {
      if (stage !== 'preparing') fractions.push(fraction)
      if (report?.stage === 'sections' && report.epoch <= 8) losses.push(report.trainLoss)
    },
  })
  expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
  expect(fractions.at(-1)).toBe(1)
  expect(losses.at(-1)!).toBeLessThan(losses[0]!)
})

test('when the disk is full, the version before stays active and readable', async () => {
  addLabelled(10)
  await train()
  store.models.activate(1)
  const before = store.models.read(1).onnx
  store.close()
  const full: DiskEffects = {
    ...diskEffects,
    writeDurably: () => {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    },
  }
  store = openStore(folder, full)
  await expect(train()).rejects.toEqual(code('MODEL_EXPORT_FAILED'))
  expect(store.models.activeVersion()).toBe(1)
  expect(store.models.read(1).onnx).toEqual(before)
  expect(readdirSync(join(folder, 'models')).sort()).toEqual(['dj_section_v1.json', 'dj_section_v1.onnx'])
})

test('a model made for other features is refused, and the active one stays', async () => {
  addLabelled(10)
  await train()
  activateModel(store, 1)
  const { card, onnx } = store.models.read(1)
  const foreign = encodeOnnx({ ...decodeOnnx(onnx), featureSpec: '0'.repeat(64) })
  const foreignCard = { ...card, version: 2, feature_spec_digest: '0'.repeat(64) }
  store.models.publish({ version: 2, onnx: foreign, card: foreignCard })
  expect(listModels(store).map(({ isCompatible }) => isCompatible)).toEqual([false, true])
  expect(() => activateModel(store, 2)).toThrow(code('INCOMPATIBLE_MODEL') as Error)
  expect(store.models.activeVersion()).toBe(1)
})

test.each([2, 3])('with a minimum of %i the few labels there are will do, and one less will not', async (least) => {
  store.settings.set('min_samples_per_class', least)
  addLabelled(least - 1)
  await expect(train()).rejects.toEqual(code('NEED_MORE_LABELS'))
  label(addFixtureTrack(store, { index: 9 }), ['intro', 'drop', 'outro'])
  expect((await train()).card.labelCounts).toMatchObject({ intro: least, drop: least, outro: least })
  expect(await currentLabelStats(store)).toMatchObject({ minSamplesRequired: least, readyForTraining: true })
})
