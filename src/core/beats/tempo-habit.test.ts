import fc from 'fast-check'
import { expect, test } from 'vitest'
import { BREAKS, drumTrack } from './drum-track.fixture.ts'
import { estimateGrid, findBeats, gridOfBeats } from './estimate-grid.ts'
import { habitOdds, NO_HABIT } from './tempo-habit.ts'

/** Breaks that can be counted at 87 or at 174 BPM. */
const BREAKS_AT_87 = drumTrack({ pattern: BREAKS, bpm: 87, seconds: 80 })
const settled = (bpm: number, count: number) => Array.from({ length: count }, () => ({ bpm, weight: 1 }))
const tempoWith = (habit: Parameters<typeof habitOdds>[0]): number =>
  Math.round(estimateGrid(BREAKS_AT_87, { habit }).anchors[0]!.bpm)

test('breaks are counted as the person counted the ones before, or wants tempi to be', () => {
  expect(tempoWith({ ...NO_HABIT, settled: settled(88, 9) })).toBe(87)
  expect(tempoWith({ ...NO_HABIT, settled: settled(172, 9) })).toBe(174)
  expect(tempoWith({ ...NO_HABIT, range: { low: 70, high: 140 } })).toBe(87)
  expect(tempoWith({ ...NO_HABIT, range: { low: 110, high: 220 } })).toBe(174)
})

test('what sounds fast is counted fast, what sounds slow or like rock is counted slowly, and a habit still has its say', () => {
  const beats = findBeats(BREAKS_AT_87)
  const tempoOf = (fast: number, electronic: number, habit = NO_HABIT): number =>
    Math.round(gridOfBeats(beats, { habit, heard: { fast, electronic } }).anchors[0]!.bpm)
  expect(tempoOf(4, 4)).toBe(174)
  expect(tempoOf(-3, 2)).toBe(87)
  expect(tempoOf(0, -2)).toBe(87)
  const near = [...Array(60).keys()].map((step) => step / 10 - 3).filter((fast) => tempoOf(fast, 2.5) === 174)
  const border = Math.min(...near)
  expect(tempoOf(border, 2.5, { ...NO_HABIT, settled: settled(88, 9) })).toBe(87)
})

test('what was settled far away says nothing, and no habit is stronger than ten to one', () => {
  expect(habitOdds({ ...NO_HABIT, settled: settled(120, 50) }, 60)).toBeCloseTo(1, 6)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 500 }), fc.double({ min: 50, max: 220, noNaN: true }), (count, bpm) => {
      const odds = habitOdds({ ...NO_HABIT, settled: settled(120, count) }, bpm)
      expect(odds).toBeGreaterThanOrEqual(1)
      expect(odds).toBeLessThanOrEqual(10)
    }),
  )
})
