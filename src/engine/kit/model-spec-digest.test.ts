import { expect, test } from 'vitest'
import { BEAT_COLUMNS } from '../../core/features/beat-context.ts'
import { rowSpecString } from '../../core/features/row-spec.ts'
import { SPAN_COLUMNS } from '../../core/features/span-features.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { readBaseModel } from '../versions/base-model.ts'
import { currentFeatureSpecDigest } from './feature-spec-digest.ts'
import { currentModelSpecDigest, modelSpecDigest } from './model-spec-digest.ts'

test('the shipped model was made on the rows of this version, column by column', () => {
  const { featureSpec, spanHead, beatHead, boundaryHead } = readBaseModel()
  expect(featureSpec).toBe(currentModelSpecDigest())
  expect(spanHead.trees.columnCount).toBe(SPAN_COLUMNS.length)
  expect([beatHead, boundaryHead].map((head) => head?.trees.columnCount)).toEqual(Array(2).fill(BEAT_COLUMNS.length))
})

test('a column that is renamed, moved or missing in either row makes another digest of models, and none of features', () => {
  const [version, span, beat] = JSON.parse(rowSpecString()) as [number, string[], string[]]
  const swapped = [span[1]!, span[0]!, ...span.slice(2)]
  const others = [
    [version + 1, span, beat],
    [version, swapped, beat],
    [version, span.slice(1), beat],
    [version, span, beat.with(0, 'another name')],
    [version, span, beat.slice(0, -1)],
  ]
  const features = currentFeatureSpecDigest()
  const digests = others.map((rows) => modelSpecDigest(features, digestOf(JSON.stringify(rows))))
  expect(new Set([...digests, currentModelSpecDigest(), features]).size).toBeGreaterThan(others.length)
  expect(digests).not.toContain(currentModelSpecDigest())
  expect(digests).not.toContain(features)
  expect(modelSpecDigest('other features', digestOf(rowSpecString()))).not.toBe(currentModelSpecDigest())
})
