import { expect, test } from 'vitest'
import { pairBars, segmentAt } from './segmentation.ts'

const truth = [
  { start: 0, end: 4, label: 'intro' },
  { start: 4, end: 8, label: 'drop' },
] as const

test('a segment holds its start, not its end', () => {
  expect(segmentAt(truth, 4)?.label).toBe('drop')
  expect(segmentAt(truth, 8)).toBeNull()
})

test('bars are read at their middle', () => {
  // Bars last 2 s; the prediction changes at 4.9 s, before the middle of the third bar (5 s).
  const predicted = [
    { start: 0, end: 4.9, label: 'intro' },
    { start: 4.9, end: 8, label: 'drop' },
  ] as const
  expect(pairBars(truth, predicted, [0, 2, 4, 6])).toEqual([
    { truth: 'intro', predicted: 'intro' },
    { truth: 'intro', predicted: 'intro' },
    { truth: 'drop', predicted: 'drop' },
    { truth: 'drop', predicted: 'drop' },
  ])
})

test('a boundary a bar late costs a bar, time without truth costs nothing, time without prediction is wrong', () => {
  const predicted = [
    { start: 0, end: 6, label: 'intro' },
    { start: 6, end: 7, label: 'drop' },
  ] as const
  const pairs = pairBars([truth[1]], predicted, [0, 2, 4, 6])
  expect(pairs).toEqual([
    { truth: 'drop', predicted: 'intro' },
    { truth: 'drop', predicted: null },
  ])
})
