import { expect, test } from 'vitest'
import type { LabelCounts } from './label-counts.ts'
import { type CountedLabel, labelStats } from './label-stats.ts'
import { checkReadiness } from './readiness.ts'
import type { SectionKind } from './section-kind.ts'

const NONE: LabelCounts = { intro: 0, build: 0, drop: 0, break: 0, outro: 0, verse: 0, chorus: 0 }
const counts = (some: Partial<Record<SectionKind, number>>): LabelCounts => ({ ...NONE, ...some })

test('ready is at least two classes, each that has labels with at least ten', () => {
  expect(checkReadiness(counts({ drop: 10, break: 10 })).ready).toBe(true)
  expect(checkReadiness(counts({ drop: 10, break: 9 })).ready).toBe(false)
  expect(checkReadiness(counts({ drop: 300 })).ready).toBe(false)
  expect(checkReadiness(counts({ drop: 3, break: 3 }), { minSamples: 3 }).ready).toBe(true)
})

test('what is missing is said per class', () => {
  const readiness = checkReadiness(counts({ drop: 12, build: 3, verse: 1 }))
  expect(readiness).toMatchObject({
    shortage: 'labels',
    missing: { build: 7, verse: 9 },
    classes: ['build', 'drop', 'verse'],
  })
  expect(readiness.reasons).toEqual([
    'build has 3 of 10 labels: add 7 more, or exclude it.',
    'verse has 1 of 10 labels: add 9 more, or exclude it.',
  ])
  expect(checkReadiness(NONE)).toMatchObject({ shortage: 'labels', reasons: ['There are no labels to train on yet.'] })
  expect(checkReadiness(counts({ drop: 3 }))).toMatchObject({ shortage: 'classes', missing: { drop: 7 } })
})

test('an excluded class neither counts nor holds the training up', () => {
  const some = counts({ drop: 10, break: 10, build: 3 })
  expect(checkReadiness(some, { exclude: ['build'] })).toMatchObject({
    ready: true,
    classes: ['drop', 'break'],
    reasons: [],
  })
  expect(checkReadiness(some, { exclude: ['build', 'break'] })).toMatchObject({ ready: false, shortage: 'classes' })
})

test('the statistics of a small library', () => {
  const label = (trackId: number, kind: SectionKind, durationSeconds: number | null): CountedLabel => ({
    trackId,
    kind,
    durationSeconds,
  })
  const stats = labelStats([label(1, 'drop', 30), label(1, 'break', 15), label(1, 'drop', 45), label(2, 'drop', null)])
  expect(stats).toMatchObject({
    totalLabels: 4,
    labelCounts: { ...NONE, drop: 3, break: 1 },
    tracksCovered: 2,
    avgPerTrack: 2,
    readyForTraining: false,
    minSamplesRequired: 10,
  })
  expect(stats.perClass.drop).toEqual({ labels: 3, tracks: 2, minutes: 1.25 })
  expect(stats.perClass.chorus).toEqual({ labels: 0, tracks: 0, minutes: 0 })
  expect(stats.missing).toHaveLength(2)
  expect(labelStats([]).avgPerTrack).toBe(0)
  // 142 labels on 47 tracks, the guide's example
  const many = Array.from({ length: 142 }, (_, n) => label(n % 47, n % 2 ? 'drop' : 'build', 10))
  expect(labelStats(many)).toMatchObject({ avgPerTrack: 3.02, readyForTraining: true, missing: [] })
})
