import { InferenceSession, Tensor } from 'onnxruntime-node'
import { beforeAll, expect, test } from 'vitest'
import { SPAN_ROW_LENGTH, spanRow } from '../features/span-features.ts'
import { prepareTrack } from '../features/track-context.ts'
import { encodeOnnx } from '../models/onnx-encode.ts'
import { predictSpan, type SectionModel } from '../models/section-model.ts'
import { buildTracks } from './built-tracks.test-fixture.ts'
import { labelStart } from './head-start.ts'
import { binRows } from './histogram-bins.ts'
import { type TrainedSections, trainSections } from './train-sections.ts'

const OPTIONS = { featureSpec: 'spec', seed: 1, epochs: 30, minSamples: 1, scoreboard: false }
/** Only two sections of each track are labelled, so that every kind occurs once or twice. */
const few = buildTracks(3, 5).map((track, at) => ({ ...track, labels: track.labels.slice(2 * at, 2 * at + 2) }))
const unseen = buildTracks(12, 6)
let base: SectionModel

beforeAll(async () => {
  base = (await trainSections({ tracks: buildTracks(14), options: OPTIONS })).model
})

const trainFew = (from: SectionModel | null): Promise<TrainedSections> =>
  trainSections({ tracks: few, options: { ...OPTIONS, base: from } })

/** Mean log-probability of the right kinds. */
const likelihood = (model: SectionModel): number => {
  const logs = unseen.flatMap((track) => {
    const context = prepareTrack(track.matrix, track.grid)
    return track.labels.map((label) => Math.log(predictSpan(model, context, label)[model.kinds.indexOf(label.kind)]!))
  })
  return logs.reduce((sum, one) => sum + one, 0) / logs.length
}

test('three labelled tracks know more with what a base model knows than without', async () => {
  const [nothing, begun] = [await trainFew(null), await trainFew(base)]
  expect(likelihood(begun.model)).toBeGreaterThan(likelihood(nothing.model) + 0.05)
  expect((await trainFew(base)).model).toEqual(begun.model)
})

test('a base model that calls everything by another name is not begun from', async () => {
  const [last, ...others] = [...base.kinds].reverse()
  const lying = { ...base, kinds: [last!, ...others], boundaryHead: null }
  const nothing = await trainFew(null)
  const misled = await trainFew(lying)
  expect(misled.model.spanHead).toEqual(nothing.model.spanHead)
  expect(misled.outOfFold).toEqual(nothing.outOfFold)
})

test.each([
  ['spanHead', [1, 120, 240, 1200], [1, 1, 1 / 2, 1 / 10]],
  ['beatHead', [1, 60, 120, 600], [1, 1, 1 / 16, 1e-4]],
] as const)('the more labels there are, the less a base model says: %s', (head, labels, factors) => {
  const columnCount = base[head].trees.columnCount
  const block = { rows: new Float32Array(columnCount), rowCount: 1, columnCount }
  const start = labelStart(base, head, { ...block, kinds: base.kinds })!
  const right = start.logits.indexOf(Math.max(...start.logits))
  const set = {
    binned: binRows(block.rows, 1, 16),
    members: Int32Array.of(0),
    targets: Uint8Array.of(right),
    weights: Float32Array.of(1),
  }
  labels.forEach((count, at) => {
    expect(start.begin(set, count).factor).toBeCloseTo(factors[at]!, 10)
  })
  const { factor, set: begun } = start.begin(set, labels[2])
  expect(begun.startScores).toEqual(start.logits.map((logit) => logit * factor))
})

test('a base model of other columns is left aside', async () => {
  const { trees, temperature } = base.spanHead
  const foreign = { trees: { ...trees, columnCount: trees.columnCount + 1 }, temperature }
  const nothing = await trainFew(null)
  const begun = await trainFew({ ...base, spanHead: foreign, beatHead: foreign, boundaryHead: foreign })
  expect(begun.model).toEqual(nothing.model)
})

test('the file holds all that was begun from: it says the same in another runtime', async () => {
  const { model } = await trainFew(base)
  const session = await InferenceSession.create(encodeOnnx(model))
  const [track] = unseen
  const context = prepareTrack(track!.matrix, track!.grid)
  const width = SPAN_ROW_LENGTH
  const rows = new Float32Array(track!.labels.length * width)
  track!.labels.forEach((label, at) => {
    spanRow(context, label, rows, at * width)
  })
  const beatColumns = model.beatHead.trees.columnCount
  const { span_probabilities: said } = await session.run({
    span_features: new Tensor('float32', rows, [track!.labels.length, width]),
    beat_features: new Tensor('float32', new Float32Array(beatColumns), [1, beatColumns]),
  })
  await session.release()
  track!.labels.forEach((label, at) => {
    predictSpan(model, context, label).forEach((probability, kind) => {
      expect((said!.data as Float32Array)[at * model.kinds.length + kind]).toBeCloseTo(probability, 5)
    })
  })
})

test('the scoreboard tells what the base model alone would have said', async () => {
  const { scoreboard } = await trainSections({
    tracks: buildTracks(6, 7),
    options: { ...OPTIONS, scoreboard: true, base },
  })
  const names = scoreboard!.baselines.map(({ name }) => name)
  expect(names).toEqual(['majority', 'position only', 'energy rule', 'base model'])
  expect(scoreboard!.baselines.at(-1)!.accuracy).toBeGreaterThan(0.8)
})
