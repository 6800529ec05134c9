import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { powersToDecibels, scaleToLogarithms } from './logarithms.ts'
import { findExtremes } from './sample-extremes.ts'
import { measureHops } from './sample-hops.ts'

const noise = (length: number, seed = length): Float32Array => {
  const random = createRandom(seed)
  return Float32Array.from({ length }, () => random() - 0.5)
}

test('extremes and mean are those of all samples, wherever they stand', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40_000 }), fc.nat(), fc.boolean(), (length, place, isHigh) => {
      const samples = noise(length).map((sample) => sample + 2)
      samples[place % length] = isHigh ? 9 : -9
      const { lowest, highest, mean } = findExtremes(samples)
      expect(lowest).toBe(samples.reduce((least, sample) => Math.min(least, sample)))
      expect(highest).toBe(samples.reduce((most, sample) => Math.max(most, sample)))
      expect(mean).toBeCloseTo(samples.reduce((sum, sample) => sum + sample, 0) / length, 10)
    }),
    { numRuns: 20 },
  )
})

test.each([1, 3, 4, 5, 7, 100, 9999, 20_003])('hops of %i samples, cut off at both ends', (length) => {
  const [samples, hop] = [noise(length), 8]
  const { meanSquare, peak, zeroCrossings } = measureHops(samples, hop)
  expect(meanSquare.length).toBe(Math.floor((length - 1) / hop) + 1)
  for (let at = 0; at < meanSquare.length; at++) {
    const start = Math.max(0, at * hop - hop / 2)
    const stretch = [...samples.subarray(start, at * hop + hop / 2)]
    const changes = stretch.filter((sample, n) => sample >= 0 !== (samples[start + n - 1] ?? -1) >= 0)
    expect(meanSquare[at]).toBeCloseTo(stretch.reduce((sum, sample) => sum + sample ** 2, 0) / stretch.length, 7)
    expect(peak[at]).toBe(Math.max(...stretch.map(Math.abs)))
    expect(zeroCrossings[at]).toBeCloseTo(changes.length / stretch.length, 6)
  }
})

test('logarithms are those of the library of mathematics', () => {
  // The series starts afresh around the square root of two.
  const values = Float32Array.from([
    0,
    1e-30,
    1e-12,
    0.1,
    0.5,
    1,
    2,
    3,
    1e9,
    ...noise(20_000).map((value) => 4 * value),
  ])
  const wanted = values.map((value) => Math.log(1 + 700 * Math.abs(value)))
  const got = values.map(Math.abs)
  scaleToLogarithms(got, { gain: 700, offset: 1, factor: 1 })
  expect(got).toEqual(wanted)
  const decibels = Float32Array.of(0, 1e-10, 1, 0.001)
  scaleToLogarithms(decibels, powersToDecibels(1e-10))
  expect([...decibels].map((level) => Math.round(level * 1000) / 1000)).toEqual([-100, -96.99, 0, -30])
})
