import { expect, test } from 'vitest'
import { songLikeness } from './song-likeness.ts'
import { wholeMatrix } from './whole-matrix.fixture.ts'

/** @param rock logit of the tags of rock in each beat */
const likenessOf = (rock: (beat: number) => number): number =>
  songLikeness(wholeMatrix(64, (beat, { name }) => (name === 'heard rock' ? rock(beat) : 0)))

test('a track in which rock is heard is like a song, one in which none is like dance music, whichever beats tell', () => {
  expect(likenessOf((beat) => -3.6 + 0.1 * (beat % 2))).toBeGreaterThan(0.95)
  expect(likenessOf((beat) => -5.4 + 0.1 * (beat % 2))).toBeLessThan(0.05)
  expect(likenessOf((beat) => (beat < 32 ? -2.4 : -6.4))).toBeCloseTo(0.5, 5)
})

test('a track that no network has heard is neither', () => {
  expect(likenessOf(() => -5)).toBe(0.5)
})
