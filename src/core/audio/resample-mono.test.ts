import { expect, test } from 'vitest'
import { resampleMono } from './resample-mono.ts'

const RATE = 22050
const sine = (hertz: number, rate: number, seconds = 0.5): Float32Array =>
  Float32Array.from({ length: Math.round(seconds * rate) }, (_, n) => Math.sin((2 * Math.PI * hertz * n) / rate))
const rms = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0) / values.length)

test.each([16000, 8000, 32000, 44100])('a tone at %i Hz is the tone, at its time', (rate) => {
  const { samples, sampleRate } = resampleMono({ samples: sine(1000, RATE), sampleRate: RATE }, rate)
  expect(sampleRate).toBe(rate)
  const expected = sine(1000, rate)
  expect(samples.length).toBe(expected.length)
  // The edges are filtered together with the silence beside them.
  for (let n = 200; n < expected.length - 200; n++) expect(Math.abs(samples[n]! - expected[n]!)).toBeLessThan(2e-3)
})

test('what the lower rate cannot hold does not fold back', () => {
  const { samples } = resampleMono({ samples: sine(9500, RATE), sampleRate: RATE }, 16000)
  expect(rms(samples.subarray(500, -500))).toBeLessThan(0.01)
})

test('the same rate is the same recording', () => {
  const samples = sine(440, RATE)
  expect(resampleMono({ samples, sampleRate: RATE }, RATE).samples).toBe(samples)
})
