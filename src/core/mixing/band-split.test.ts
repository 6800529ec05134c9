import { expect, test } from 'vitest'
import { BASS_BELOW_HZ, createBandSplit } from './band-split.ts'
import { softLimit } from './soft-limit.ts'

const RATE = 44_100

/** Levels in decibels of the bass, the rest and both together, of a tone that has played for a while. */
const levels = (hertz: number): readonly number[] => {
  const tone = Float32Array.from({ length: RATE }, (_, n) => Math.sin((2 * Math.PI * hertz * n) / RATE))
  const split = createBandSplit(RATE)
  // In pieces, as a deck comes.
  const pieces = [0, 1000, 30_000].map((from, at, all) => split(tone.subarray(from, all[at + 1] ?? RATE)))
  const join = (name: 'bass' | 'rest') => Float32Array.from(pieces.flatMap((piece) => [...piece[name]]))
  const [bass, rest] = [join('bass'), join('rest')]
  const level = (plane: Float32Array): number =>
    20 *
    Math.log10(
      Math.sqrt(plane.subarray(RATE / 2).reduce((sum, value) => sum + value ** 2, 0) / (RATE / 2)) * Math.SQRT2,
    )
  return [level(bass), level(rest), level(bass.map((value, n) => value + rest[n]!))]
}

test('bass and rest together have the level of the track, and each by itself has nothing of the other', () => {
  for (const hertz of [40, 80, 150, 200, 300, 1000, 8000]) expect(levels(hertz)[2]).toBeCloseTo(0, 1)
  expect(levels(50)[1]).toBeLessThan(-45)
  expect(levels(1000)[0]).toBeLessThan(-50)
  expect(levels(BASS_BELOW_HZ).slice(0, 2)).toEqual([expect.closeTo(-6, 1), expect.closeTo(-6, 1)])
})

test('what stays within full scale is not touched, and nothing goes beyond it', () => {
  for (const value of [0, 0.3, -0.79]) expect(softLimit(value)).toBe(value)
  for (const value of [0.9, -1.4, 3]) {
    expect(Math.abs(softLimit(value))).toBeLessThanOrEqual(1)
    expect(Math.sign(softLimit(value))).toBe(Math.sign(value))
  }
})
