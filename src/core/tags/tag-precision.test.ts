import { expect, test } from 'vitest'
import { parseTagPrecision, tellTag } from './tag-precision.ts'

const document = (tag: object, onnx = 'a'): object => ({
  kind: 'algiers-tag-precision',
  onnx_sha256: onnx,
  tags: [{ name: 'piano', heard_precision: 0.5, shown_from: 0.2, shown_precision: 0.8, ...tag }],
})
const piano = { tag: 'piano', heardPrecision: 0.5, shownFrom: 0.2, shownPrecision: 0.8 }

test('figures are those of the weights that were measured, and of no others', () => {
  expect(parseTagPrecision(document({}), 'a')).toEqual([piano])
  expect(parseTagPrecision(document({}), 'b')).toEqual([])
})

test('a tag that would be shown without being precise is refused, as is what is no such document', () => {
  const refusal = 'tags.0: a tag is shown from a share on at which its precision is at least 0.7'
  expect(parseTagPrecision(document({ shown_precision: 0.69 }), 'a')).toBe(refusal)
  expect(parseTagPrecision(document({ shown_precision: null }), 'a')).toBe(refusal)
  expect(parseTagPrecision(document({ shown_from: null }), 'a')).toBe(refusal)
  expect(parseTagPrecision(document({ shown_from: 0.01 }), 'a')).toMatch(/^tags\.0\.shown_from: /)
  expect(parseTagPrecision({}, 'a')).toMatch(/^kind: /)
  expect(parseTagPrecision(document({ shown_from: null, shown_precision: null }), 'a')).toHaveLength(1)
})

test('a tag is shown from its share on, and says how often it is right where that is known', () => {
  expect(tellTag(0.2, piano)).toEqual({ expectedPrecision: 0.8, shown: true })
  expect(tellTag(0.19, piano)).toEqual({ expectedPrecision: 0.5, shown: false })
  expect(tellTag(0.04, piano)).toEqual({ expectedPrecision: null, shown: false })
  expect(tellTag(1, { ...piano, shownFrom: null, shownPrecision: null })).toEqual({
    expectedPrecision: 0.5,
    shown: false,
  })
  expect(tellTag(1, null)).toEqual({ expectedPrecision: null, shown: false })
  expect(tellTag(null, piano)).toEqual({ expectedPrecision: null, shown: false })
})
