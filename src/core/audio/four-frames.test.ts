import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { createFourFrames } from './four-frames.ts'
import { hannWindow } from './framing.ts'
import { createMelFilterbank } from './mel.ts'

const noise = (length: number): Float32Array => {
  const random = createRandom(length)
  return Float32Array.from({ length }, () => random() - 0.5)
}

/** The definition, sample by sample, in double precision. */
const powerAt = (
  samples: Float32Array,
  { size, centre, bin }: { readonly size: number; readonly centre: number; readonly bin: number },
): number => {
  const window = hannWindow(size)
  let [real, imaginary] = [0, 0]
  for (let n = 0; n < size; n++) {
    const value = (samples[centre - size / 2 + n] ?? 0) * window[n]!
    const angle = (2 * Math.PI * ((bin * n) % size)) / size
    real += value * Math.cos(angle)
    imaginary -= value * Math.sin(angle)
  }
  return (real ** 2 + imaginary ** 2) * (4 / size) ** 2
}

// Sizes whose half is a power of four, and those that need a last pass by two.
test.each([16, 32, 128, 512, 1024, 2048, 8192])('frames of %i samples have the powers of the defining sum', (size) => {
  const hop = size / 4
  const samples = noise(9 * hop)
  const four = createFourFrames(samples, { frameSize: size, hopSamples: hop })
  for (const first of [0, 4, 8]) {
    four.measure(first)
    four.readPowers().forEach((power, lane) => {
      expect(power.length).toBe(size / 2 + 1)
      for (const bin of [0, 1, 2, size / 8, size / 4, size / 4 + 1, size / 2 - 1, size / 2])
        expect(power[bin]).toBeCloseTo(powerAt(samples, { size, centre: (first + lane) * hop, bin }), 6)
    })
  }
})

test('bands are the weighted sums of the powers', () => {
  const bank = createMelFilterbank({ sampleRate: 22050, frameSize: 512, bands: 30, minHz: 30, maxHz: 10000 })
  const four = createFourFrames(noise(40_000), { frameSize: 512, hopSamples: 128, filterbank: bank })
  // Some frames lie far enough on to fall into a second piece of the signal.
  for (const first of [0, 132, 308]) {
    four.measure(first)
    const powers = four.readPowers()
    four.readBands().forEach((bands, lane) => {
      expect(bands.length).toBe(30)
      bank.weights.forEach((weights, band) => {
        const sum = weights.reduce((total, weight, n) => total + weight * powers[lane]![bank.firstBins[band]! + n]!, 0)
        expect(bands[band]! / sum).toBeCloseTo(1, 6)
      })
    })
  }
})

test.each([0, 8, 400, 2 ** 17])('frames of %i samples, which the kernel cannot do, are refused', (frameSize) => {
  expect(() => createFourFrames(new Float32Array(100), { frameSize, hopSamples: 10 })).toThrow(/powers of two/)
})
