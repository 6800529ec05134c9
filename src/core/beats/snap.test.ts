import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BeatGrid } from './beat-grid.ts'
import { snapBoundary, snapToBeat } from './snap.ts'

const grid: BeatGrid = {
  anchors: [{ beat: 0, seconds: 0.2, bpm: 128 }],
  beatCount: 512,
  beatsPerBar: 4,
  firstDownbeat: 2,
  firstPhrase: 6,
  tempoConfidence: 1,
  downbeatConfidence: 1,
  phraseConfidence: 1,
}

test('a boundary pointed at exactly stays, on whatever beat', () => {
  for (const beat of [5, 9, 10, 22, 100, 101]) expect(snapBoundary(grid, beat)).toBe(beat)
})

test('between two beats the downbeat wins, and a phrase start over another downbeat pulls from farther', () => {
  // Downbeats are 2, 6, 10, …; phrase starts 6, 22, 38, …
  expect(snapToBeat(grid, 10.6)).toBe(11)
  expect(snapBoundary(grid, 10.6)).toBe(10)
  expect(snapBoundary(grid, 21.35)).toBe(22)
  expect(snapBoundary(grid, 9.35)).toBe(10)
  expect(snapBoundary(grid, 20, 2)).toBe(22)
})

test('the result is always a beat of the grid, near to where was pointed', () => {
  fc.assert(
    fc.property(fc.double({ min: -10, max: 530, noNaN: true }), (position) => {
      const beat = snapBoundary(grid, position)
      expect(Number.isInteger(beat)).toBe(true)
      expect(beat).toBeGreaterThanOrEqual(0)
      expect(beat).toBeLessThanOrEqual(grid.beatCount)
      if (position >= 0 && position <= grid.beatCount) expect(Math.abs(beat - position)).toBeLessThanOrEqual(1)
    }),
  )
})
