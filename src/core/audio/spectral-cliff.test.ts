import { expect, test } from 'vitest'
import { createRandom } from '../support/random.ts'
import { findSpectralCliff } from './spectral-cliff.ts'

const RATE = 44100
const FRAMES = 4096
const WINDOWS = 12

/** Noise that a steep filter ends at a frequency, as the decoder of a 16-bit file gives it. */
const endingAt = (hertz: number, { level = 0.2, slopeTaps = 401 } = {}): readonly Float32Array[] => {
  const random = createRandom(3)
  const half = (slopeTaps - 1) / 2
  const taps = Float64Array.from({ length: slopeTaps }, (_, tap) => {
    const angle = (2 * Math.PI * hertz * (tap - half)) / RATE
    const window =
      0.42 + 0.5 * Math.cos((Math.PI * (tap - half)) / half) + 0.08 * Math.cos((2 * Math.PI * (tap - half)) / half)
    return (tap === half ? (2 * hertz) / RATE : Math.sin(angle) / (Math.PI * (tap - half))) * window
  })
  return Array.from({ length: WINDOWS }, () => {
    const noise = Float64Array.from({ length: FRAMES + slopeTaps }, () => level * (2 * random() - 1))
    return Float32Array.from({ length: FRAMES }, (_, n) => {
      const sample = taps.reduce((sum, tap, index) => sum + tap * noise[n + index]!, 0)
      return Math.round(sample * 32768) / 32768
    })
  })
}

test.each([5500, 7500, 11000, 16000])('what an encoder cut off at %i Hz', (hertz) => {
  const cliff = findSpectralCliff(endingAt(hertz), RATE)
  expect(Math.abs(cliff!.hertz - hertz)).toBeLessThanOrEqual(500)
})

test('a quiet recording, whose top is hardly louder than the steps of 16 bits', () => {
  expect(findSpectralCliff(endingAt(7500, { level: 0.004 }), RATE)?.hertz).toBeCloseTo(7500, -3)
})

test('a loud one, some of whose moments are clipped when they are decoded', () => {
  const windows = endingAt(7500)
  for (const window of [windows[2]!, windows[7]!]) for (let n = 0; n < FRAMES; n += 512) window[n] = 1
  expect(findSpectralCliff(windows, RATE)?.hertz).toBeCloseTo(7500, -3)
})

test('a gentle filter, noise up to the top, and silence have none', () => {
  expect(findSpectralCliff(endingAt(6000, { slopeTaps: 11 }), RATE)).toBeNull()
  expect(findSpectralCliff(endingAt(RATE / 2), RATE)).toBeNull()
  expect(findSpectralCliff([new Float32Array(FRAMES)], RATE)).toBeNull()
})

test('the partials of a synthesizer may end anywhere', () => {
  const chord = Float32Array.from({ length: FRAMES }, (_, n) =>
    [220, 277.2, 329.6].reduce((sum, hertz) => {
      for (let k = 1; k * hertz < 6000; k++) sum += (0.1 / k) * Math.sin((2 * Math.PI * k * hertz * n) / RATE)
      return sum
    }, 0),
  )
  expect(findSpectralCliff(Array(WINDOWS).fill(chord), RATE)).toBeNull()
})
