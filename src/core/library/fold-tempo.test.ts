import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldTempo } from './fold-tempo.ts'

test('a tempo comes by octaves into the range, and stays where it is in it', () => {
  expect(foldTempo(174, 70)).toBe(87)
  expect(foldTempo(87, 70)).toBe(87)
  expect(foldTempo(64, 88)).toBe(128)
  expect(foldTempo(33, 70)).toBe(132)
  expect(foldTempo(300, 70)).toBe(75)
})

test('both ends of the range lie in it, as they are shown', () => {
  expect(foldTempo(70, 70)).toBe(70)
  expect(foldTempo(140, 70)).toBe(140)
  expect(foldTempo(140.02, 70)).toBe(140.02)
  expect(foldTempo(69.98, 70)).toBe(69.98)
  expect(foldTempo(140.2, 70)).toBe(70.1)
})

test('without a range a tempo is shown as it is', () => {
  expect(foldTempo(174, 0)).toBe(174)
})

test('every tempo ends in the range, moved by whole octaves', () => {
  fc.assert(
    fc.property(fc.double({ min: 20, max: 400, noNaN: true }), fc.integer({ min: 30, max: 150 }), (bpm, from) => {
      const folded = foldTempo(bpm, from)
      expect(folded).toBeGreaterThanOrEqual(from - 0.051)
      expect(folded).toBeLessThanOrEqual(2 * from + 0.051)
      expect(Number.isInteger(Math.log2(folded / bpm))).toBe(true)
    }),
  )
})
