import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import type { MonoAudio } from './audio.ts'
import { waveformPeaks } from './measure-peaks.ts'
import { BYTES_PER_PEAK, decodePeaks, encodePeaks } from './waveform-peaks.ts'

const RATE = 22050
const tone = (hertz: number, seconds: number, amplitude = 0.5): MonoAudio => ({
  samples: Float32Array.from(
    { length: RATE * seconds },
    (_, index) => amplitude * Math.sin((2 * Math.PI * hertz * index) / RATE),
  ),
  sampleRate: RATE,
})
/** Whole, low, middle and high, half a second in, when the filters have settled. */
const settled = (audio: MonoAudio): readonly number[] => {
  const { values, peaksPerSecond } = waveformPeaks(audio).levels[2]!
  const at = Math.floor(peaksPerSecond / 2) * BYTES_PER_PEAK
  return [...values.subarray(at, at + BYTES_PER_PEAK)].map((value) => value / 255)
}

test('a tone shows in its own band at its height, and in the others at what second-order Butterworth filters leave', () => {
  // |H| of order 2 is 1 / √(1 + (f / cutoff)^4) for the low-pass, mirrored for the high-pass.
  const leaves = (ratio: number): number => 0.5 / Math.sqrt(1 + ratio ** 4)
  for (const [hertz, band, lowLeft, highLeft] of [
    [50, 1, leaves(50 / 200), leaves(2000 / 50)],
    [632, 2, leaves(632 / 200), leaves(2000 / 632)],
    [6000, 3, leaves(6000 / 200), leaves(2000 / 6000)],
  ] as const) {
    const [whole, low, middle, high] = settled(tone(hertz, 1))
    expect(whole).toBeCloseTo(0.5, 2)
    expect([low, middle, high][band - 1]).toBeGreaterThan(0.45)
    expect(low).toBeCloseTo(lowLeft, 1.5)
    // The bilinear transform shifts frequencies near half the rate a little.
    expect(Math.abs(high! - highLeft)).toBeLessThan(0.03)
    if (band !== 2) expect(middle).toBeLessThan(0.15)
  }
})

test('a click is in exactly the peak of its time, at every resolution', () => {
  const samples = new Float32Array(RATE * 4)
  samples[RATE * 2 + 30] = -1
  for (const { peaksPerSecond, values } of waveformPeaks({ samples, sampleRate: RATE }).levels) {
    const wholes = values.filter((_, index) => index % BYTES_PER_PEAK === 0)
    const at = Math.floor((2 + 30 / RATE) * peaksPerSecond)
    expect([...wholes.keys()].filter((peak) => wholes[peak]! > 0)).toEqual([at])
    expect(wholes[at]).toBe(255)
  }
})

test('every level has a peak for every part of the sound, and the file gives back what went in', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4000 }), fc.constantFrom(22050, 8000), (length, sampleRate) => {
      const random = createRandom(length)
      const samples = Float32Array.from({ length }, () => random() * 2 - 1)
      const peaks = waveformPeaks({ samples, sampleRate })
      for (const { peaksPerSecond, values } of peaks.levels)
        expect(values.length / BYTES_PER_PEAK).toBe(Math.ceil((length / sampleRate) * peaksPerSecond - 1e-9))
      expect(decodePeaks(encodePeaks(peaks))).toEqual(peaks)
    }),
    { numRuns: 50 },
  )
})

test('what is cut short or of another kind is not read', () => {
  const bytes = encodePeaks(waveformPeaks(tone(100, 1)))
  expect(decodePeaks(bytes.subarray(0, -1))).toBeNull()
  expect(decodePeaks(new TextEncoder().encode('{"version":2,"levels":[]}\n'))).toBeNull()
  expect(decodePeaks(new TextEncoder().encode('no json\n'))).toBeNull()
  expect(decodePeaks(new Uint8Array())).toBeNull()
})

test('the bands are those of the filters written out, sample by sample', () => {
  const [random, cosine, alpha] = [
    createRandom(3),
    Math.cos((2 * Math.PI * 200) / RATE),
    Math.sin((2 * Math.PI * 200) / RATE) / Math.SQRT2,
  ]
  const [a0, samples] = [1 + alpha, Float32Array.from({ length: RATE }, () => random() - 0.5)]
  const { values, peaksPerSecond } = waveformPeaks({ samples, sampleRate: RATE }).levels[0]!
  // RBJ cookbook, low-pass: b0 = b2 = (1 − cos ω) / 2, b1 = 1 − cos ω, a1 = −2 cos ω, a2 = 1 − α, over a0 = 1 + α.
  const [b1, a1, a2] = [(1 - cosine) / a0, (-2 * cosine) / a0, (1 - alpha) / a0]
  const low = new Float64Array(values.length / BYTES_PER_PEAK)
  let [x1, x2, y1, y2] = [0, 0, 0, 0]
  for (const [at, x] of samples.entries()) {
    const y = (b1 / 2) * (x + x2) + b1 * x1 - a1 * y1 - a2 * y2
    ;[x2, x1, y2, y1] = [x1, x, y1, y]
    const peak = Math.floor((at * peaksPerSecond) / RATE)
    low[peak] = Math.max(low[peak]!, Math.abs(y))
  }
  for (const [peak, magnitude] of low.entries())
    expect(values[peak * BYTES_PER_PEAK + 1]).toBeCloseTo(magnitude * 255, -0.3)
})
