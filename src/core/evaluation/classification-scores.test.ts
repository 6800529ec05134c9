import { describe, expect, test } from 'vitest'
import { mostLikely, scoreClassification } from './classification-scores.ts'

describe('figures worked out by hand', () => {
  // Truth 0: two right, one taken for 1. Truth 1: one right, one taken for 2. Class 2 never occurs.
  const scores = scoreClassification([0, 0, 0, 1, 1], [0, 0, 1, 1, 2], 3)

  test('confusion has the truth in rows', () => {
    expect(scores.confusion).toEqual([
      [2, 1, 0],
      [0, 1, 1],
      [0, 0, 0],
    ])
  })

  test('precision, recall, F1 and support', () => {
    expect(scores.classes[0]).toEqual({ precision: 1, recall: 2 / 3, f1: 0.8, support: 3 })
    expect(scores.classes[1]).toEqual({ precision: 0.5, recall: 0.5, f1: 0.5, support: 2 })
    expect(scores.classes[2]).toEqual({ precision: 0, recall: 0, f1: 0, support: 0 })
  })

  test('accuracy, and macro-F1 over the classes that occur', () => {
    expect(scores.accuracy).toBeCloseTo(3 / 5)
    expect(scores.macroF1).toBeCloseTo((0.8 + 0.5) / 2)
    expect(scores.samples).toBe(5)
  })
})

test('lists of different lengths are a bug', () => {
  expect(() => scoreClassification([0, 1], [0], 2)).toThrow('2 true classes, but 1 predictions')
})

test('the most likely class of each row, the first of equals', () => {
  expect([...mostLikely(Float32Array.of(0.1, 0.7, 0.2, 0.4, 0.4, 0.2), 3)]).toEqual([1, 0])
})
