import { expect, test } from 'vitest'
import { constantGrid } from '../../src/core/beats/constant-grid.fixture.ts'
import { wholeMatrix } from '../../src/core/features/whole-matrix.fixture.ts'
import { climaxesOf, kindSeconds, longestUncut, withoutFills } from './section-outcome.ts'

/** Two beats a second: a bar takes two. */
const grid = constantGrid(120, 400)

test('seconds are counted where truth and sections overlap, by both kinds', () => {
  const truth = [
    { start: 0, end: 10, label: 'verse' },
    { start: 20, end: 30, label: 'chorus' },
  ] as const
  const sections = [
    { start: 0, end: 6, label: 'verse' },
    { start: 6, end: 24, label: 'drop' },
    { start: 24, end: 40, label: 'chorus' },
  ] as const
  expect(kindSeconds(truth, sections)).toEqual([
    { truth: 'verse', predicted: 'verse', seconds: 6 },
    { truth: 'verse', predicted: 'drop', seconds: 4 },
    { truth: 'chorus', predicted: 'drop', seconds: 4 },
    { truth: 'chorus', predicted: 'chorus', seconds: 6 },
  ])
})

test('a build of less than four bars is a fill, and judges nobody', () => {
  const truth = [
    { start: 0, end: 8, label: 'build' },
    { start: 8, end: 14, label: 'build' },
    { start: 14, end: 16, label: 'drop' },
  ] as const
  expect(withoutFills(truth, grid)).toEqual([truth[0], truth[2]])
})

test('the start of a marked climax is found by any section that starts within a bar of it', () => {
  const marks = [10, 30, 50].map((start) => ({ start, end: start + 5, label: 'drop' as const }))
  const found = climaxesOf(marks, [0, 12, 27.9, 49], grid).map(({ isStartFound }) => isStartFound)
  expect(found).toEqual([true, false, true])
})

test('the longest section counts only where the sound changes strongly inside', () => {
  const features = wholeMatrix(400, (beat) => (beat < 100 ? 0 : 1))
  const cut = [
    { startBeat: 0, endBeat: 100 },
    { startBeat: 100, endBeat: 400 },
  ]
  expect(longestUncut(cut, { features, grid })).toBe(0)
  expect(longestUncut([{ startBeat: 0, endBeat: 400 }], { features, grid })).toBe(100)
})
