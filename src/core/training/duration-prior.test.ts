import { expect, test } from 'vitest'
import { trainDurationPrior } from './duration-prior.ts'

const sections = (count: number, kind: 'drop' | 'break', beats: number) => ({
  labels: Array.from({ length: count }, () => ({ kind, startBeat: 8, endBeat: 8 + beats })),
})

const peak = (row: readonly number[]): number => row.indexOf(Math.max(...row))

/** Bins are half octaves: 2^(8/2) = 16 beats, and so on. */
const bins = { 16: 8, 32: 10, 128: 14 } as const

test('without labels the published geometry stands: 32 beats are most likely, rows sum to 1', () => {
  for (const row of trainDurationPrior([], ['drop', 'break'])) {
    expect(peak(row)).toBe(bins[32])
    expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12)
  }
})

test('labels bend their own kind most', () => {
  const prior = trainDurationPrior([sections(40, 'drop', 128), sections(5, 'break', 16)], ['drop', 'break'])
  expect(peak(prior[0]!)).toBe(bins[128])
  expect(prior[1]![bins[16]]!).toBeGreaterThan(prior[0]![bins[16]]!)
})

test('a length between two bins counts for the nearer one, the longest bin takes what is longer', () => {
  expect(peak(trainDurationPrior([sections(60, 'drop', 52)], ['drop'])[0]!)).toBe(11)
  expect(trainDurationPrior([sections(30, 'drop', 5000)], ['drop'])[0]!.at(-1)!).toBeGreaterThan(0.4)
})
