import { expect, test } from 'vitest'
import { spanRow, spanRowLength } from '../features/span-features.ts'
import { prepareTrack } from '../features/track-context.ts'
import { predictLogits } from '../models/boosted-trees.ts'
import { trainSections } from '../training/train-sections.ts'
import { attribute, explainSpan } from './explain-span.ts'
import { paintLibrary, paintTwoKinds } from './painted-track.fixture.ts'

const options = { featureSpec: 'painted', seed: 1, scoreboard: false } as const

test('contributions, base score and expected values of the trees sum to the logit, for each of many kinds', async () => {
  const { model } = await trainSections({ tracks: paintLibrary(16, 100), options })
  const track = paintLibrary(1, 900)[0]!
  const context = prepareTrack(track.matrix, track.grid)
  const { trees } = model.spanHead
  for (const label of track.labels) {
    const row = new Float32Array(spanRowLength(context))
    spanRow(context, label, row, 0)
    const logits = predictLogits(trees, row, 1)
    model.kinds.forEach((_, kind) => {
      const expectedValue = [...trees.treeRoots].reduce(
        (sum, root, tree) => sum + (trees.treeOutputs[tree] === kind ? trees.values[root]! : 0),
        trees.baseScores[kind]!,
      )
      const contributed = attribute(trees, row, kind).reduce((sum, value) => sum + value, 0)
      expect(expectedValue + contributed).toBeCloseTo(logits[kind]!, 3)
    })
  }
})

test('of two kinds, what speaks for one speaks against the other', async () => {
  const { model } = await trainSections({ tracks: paintTwoKinds(10, 40), options })
  const track = paintTwoKinds(1, 60)[0]!
  const context = prepareTrack(track.matrix, track.grid)
  const span = track.labels.find(({ kind }) => kind === 'drop')!
  const spoken = explainSpan(model, context, { span, label: 'drop' })
  expect(spoken).toHaveLength(5)
  const against = explainSpan(model, context, { span, label: 'break' })
  expect(against.map(({ contribution }) => -contribution)).toEqual(spoken.map(({ contribution }) => contribution))
})
