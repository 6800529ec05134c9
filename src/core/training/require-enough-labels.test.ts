import { describe, expect, test } from 'vitest'
import type { LabelCounts } from '../labels/label-counts.ts'
import { requireEnoughLabels } from './require-enough-labels.ts'

const NONE = { intro: 0, build: 0, drop: 0, break: 0, outro: 0, verse: 0, chorus: 0 }
const counts = (some: Partial<LabelCounts>): LabelCounts => ({ ...NONE, ...some })

describe('what is missing', () => {
  test('no labels at all asks for labels, not for classes', () => {
    expect(() => requireEnoughLabels(NONE)).toThrowError(
      expect.objectContaining({ code: 'NEED_MORE_LABELS', message: 'There are no labels yet.' }),
    )
  })

  test('one class, however many labels', () => {
    expect(() => requireEnoughLabels(counts({ drop: 40 }))).toThrowError(
      expect.objectContaining({ code: 'NEED_MORE_CLASSES', message: 'All labels are drop.' }),
    )
  })

  test('one class with too few labels says both', () => {
    expect(() => requireEnoughLabels(counts({ drop: 3 }))).toThrowError(
      expect.objectContaining({
        code: 'NEED_MORE_CLASSES',
        message: 'All labels are drop, and drop has 3 of 10 samples (7 missing).',
      }),
    )
  })

  test('a class with 3 of 10 is named with what it lacks', () => {
    expect(() => requireEnoughLabels(counts({ intro: 25, drop: 3, build: 9 }))).toThrowError(
      expect.objectContaining({
        code: 'NEED_MORE_LABELS',
        message: 'build has 9 of 10 samples (1 missing) and drop has 3 of 10 samples (7 missing).',
        details: {
          minSamplesRequired: 10,
          labelCounts: counts({ intro: 25, drop: 3, build: 9 }),
          missing: { build: 1, drop: 7 },
          classesPresent: ['intro', 'build', 'drop'],
        },
      }),
    )
  })
})

test('ready: the kinds that have labels, in their order', () => {
  expect(requireEnoughLabels(counts({ drop: 10, intro: 12 }))).toEqual(['intro', 'drop'])
})
