import { beforeAll, expect, test } from 'vitest'
import type { SectionKind } from '../labels/section-kind.ts'
import { decodeOnnx } from '../models/onnx-decode.ts'
import { encodeOnnx } from '../models/onnx-encode.ts'
import { predictSpan, type SectionModel } from '../models/section-model.ts'
import { buildTracks } from './built-tracks.test-fixture.ts'
import { blendAnswers } from './fit-blend.ts'
import { prepareTracks, type TrainingTrack } from './label-rows.ts'
import { labelKey, type RivalModel } from './rivals.ts'
import { type TrainedSections, trainSections } from './train-sections.ts'
import { tryBlend } from './try-blend.ts'

const own = buildTracks(16, 3)
const friends = buildTracks(20, 4)
const train = (tracks: readonly TrainingTrack[], epochs: number): Promise<TrainedSections> =>
  trainSections({ tracks, options: { featureSpec: 'spec', seed: 1, minSamples: 2, epochs, scoreboard: false } })
const rivalOf = (
  version: number,
  { model, outOfFold }: TrainedSections,
  tracks: readonly TrainingTrack[],
): RivalModel => ({
  version,
  model,
  learnt: new Set(tracks.map(({ audioDigest }) => audioDigest)),
  tainted: new Set(),
  heldOut: new Map(
    tracks.flatMap(({ audioDigest, labels }) =>
      labels.map((label) => [
        labelKey(audioDigest, label),
        outOfFold.find(({ labelId }) => labelId === label.id)!.probabilities,
      ]),
    ),
  ),
})

let ours: RivalModel
let theirs: RivalModel
beforeAll(async () => {
  // A single round knows little, so that a friend can help.
  ours = rivalOf(3, await train(own, 1), own)
  theirs = rivalOf(4, await train(friends, 25), friends)
})

const renamed = (model: SectionModel): SectionModel => {
  const { kinds } = model
  return { ...model, kinds: kinds.map((_, at): SectionKind => kinds[(at + 1) % kinds.length]!) }
}

test('a friend who knows more helps, and what the blend was measured by is what its model says', () => {
  const tried = tryBlend({ ours, theirs, tracks: own, seed: 1 })!
  expect(tried.isBetter).toBe(true)
  expect(tried.labels).toHaveLength(96)
  expect(tried.blend.accuracy).toBeGreaterThan(tried.ours.accuracy)
  expect(tried.scoreboard.model).toMatchObject({ samples: 96, accuracy: tried.blend.accuracy })
  expect(tried.scoreboard.rivals.map(({ version }) => version).toSorted()).toEqual([3, 4])
  // Of a track that neither knows, the model says what the pool of both says; its file says so, too.
  const [fresh] = prepareTracks(buildTracks(1, 9))
  const span = fresh!.labels[1]!
  const said = predictSpan(tried.model, fresh!.context, span)
  const [a, b] = [ours.model, theirs.model].map((model) => predictSpan(model, fresh!.context, span))
  const classCount = tried.kinds.length
  const pooled = blendAnswers({ ours: [a!], theirs: [b!], targets: [0], classCount }, tried.weight)
  for (const [kind, share] of said.entries()) expect(share).toBeCloseTo(pooled[kind]!, 2)
  expect([...predictSpan(decodeOnnx(encodeOnnx(tried.model)), fresh!.context, span)]).toEqual(
    [...said].map((share) => expect.closeTo(share, 6)),
  )
})

test('a friend who uses the words otherwise is no help, and one’s own version stays as it is', () => {
  const tried = tryBlend({ ours, theirs: { ...theirs, model: renamed(theirs.model) }, tracks: own, seed: 1 })!
  expect(tried).toMatchObject({ isBetter: false, weight: { share: 0 } })
  expect(tried.blend.accuracy).toBe(tried.ours.accuracy)
})

test('labels that the friend may have learnt from choose nothing, and too few others are no answer', () => {
  const learnt = new Set([...theirs.learnt, own[0]!.audioDigest])
  const tried = tryBlend({ ours, theirs: { ...theirs, learnt }, tracks: own, seed: 1 })!
  expect(tried.labels.map(({ audioDigest }) => audioDigest)).not.toContain(own[0]!.audioDigest)
  expect(tried.labels).toHaveLength(90)
  const most = new Set(own.slice(2).map(({ audioDigest }) => audioDigest))
  expect(tryBlend({ ours, theirs: { ...theirs, learnt: most }, tracks: own, seed: 1 })).toBeNull()
})

test('the kinds are those of one’s own model; of what the friend does not know, one’s own decides', () => {
  const lacking = {
    ...theirs.model,
    kinds: theirs.model.kinds.map((kind): SectionKind => (kind === 'build' ? 'chorus' : kind)),
  }
  const tried = tryBlend({ ours, theirs: { ...theirs, model: lacking }, tracks: own, seed: 1 })!
  expect(tried.kinds).toEqual(ours.model.kinds)
  expect(tried.leftOut).toEqual(['chorus'])
  expect(tried.model.kinds).toEqual(ours.model.kinds)
})
