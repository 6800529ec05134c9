import { describe, expect, test } from 'vitest'
import { scoreConfusion } from '../evaluation/classification-scores.ts'
import type { SectionKind } from '../labels/section-kind.ts'
import { adviseOn } from './advice.ts'

const KINDS: readonly SectionKind[] = ['build', 'drop']
const codesFor = (confusion: number[][], more: { trainAccuracy?: number; position?: number; tracks?: number[] } = {}) =>
  adviseOn(
    {
      kinds: KINDS,
      scores: scoreConfusion(confusion),
      trainAccuracy: more.trainAccuracy ?? 0.9,
      baselines: [{ name: 'position only', accuracy: more.position ?? 0.5 }],
      rivals: [],
    },
    more.tracks ?? [20, 20],
  ).map(({ code }) => code)

describe('advice', () => {
  test('nothing to say of a good model', () => {
    expect(
      codesFor([
        [28, 2],
        [1, 29],
      ]),
    ).toEqual([])
  })

  test('builds taken for drops', () => {
    expect(
      codesFor([
        [20, 10],
        [0, 30],
      ]),
    ).toEqual(['CLASSES_CONFUSED'])
  })

  test('poor, no better than position, and confused both ways', () => {
    expect(
      codesFor(
        [
          [10, 10],
          [10, 10],
        ],
        { trainAccuracy: 0.7 },
      ),
    ).toEqual(['LOW_ACCURACY', 'NOT_BETTER_THAN_POSITION', 'CLASSES_CONFUSED', 'CLASSES_CONFUSED'])
  })

  test('a kind known from three tracks only', () => {
    expect(
      codesFor(
        [
          [28, 2],
          [1, 29],
        ],
        { tracks: [3, 20] },
      ),
    ).toEqual(['FEW_TRACKS'])
  })

  test('training far above tracks not seen', () => {
    expect(
      codesFor(
        [
          [24, 6],
          [6, 24],
        ],
        { trainAccuracy: 1, position: 0.9 },
      ),
    ).not.toContain('OVERFIT_SUSPECTED')
    expect(
      codesFor(
        [
          [21, 9],
          [9, 21],
        ],
        { trainAccuracy: 1 },
      ),
    ).toContain('OVERFIT_SUSPECTED')
  })

  test('more than five to one', () => {
    expect(
      codesFor([
        [10, 0],
        [0, 51],
      ]),
    ).toEqual(['CLASS_IMBALANCE'])
    expect(
      codesFor([
        [10, 0],
        [0, 50],
      ]),
    ).toEqual([])
  })
})
