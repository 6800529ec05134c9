import { expect, test } from 'vitest'
import { scoreTempo } from './tempo-accuracy.ts'

test.each([
  [128, 128.04, { accuracy1: true, accuracy2: true, exact: true, exactAnyOctave: true }],
  [128, 128.06, { accuracy1: true, accuracy2: true, exact: false, exactAnyOctave: false }],
  [128, 133, { accuracy1: true, accuracy2: true, exact: false, exactAnyOctave: false }],
  [128, 133.2, { accuracy1: false, accuracy2: false, exact: false, exactAnyOctave: false }],
  [174, 87, { accuracy1: false, accuracy2: true, exact: false, exactAnyOctave: true }],
  [90, 180.08, { accuracy1: false, accuracy2: true, exact: false, exactAnyOctave: true }],
  [120, 40, { accuracy1: false, accuracy2: true, exact: false, exactAnyOctave: false }],
  [170, 113.3, { accuracy1: false, accuracy2: false, exact: false, exactAnyOctave: false }],
] as const)('truth %d, estimate %d', (truth, estimate, score) => {
  expect(scoreTempo(truth, estimate)).toEqual(score)
})

test('a truth that is no tempo is refused', () => {
  expect(() => scoreTempo(0, 120)).toThrow('not a positive number')
})
