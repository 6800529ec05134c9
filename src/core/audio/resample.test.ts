import { describe, expect, test } from 'vitest'
import { createResampler, resample } from './resample.ts'

const sine = (hertz: number, rate: number, seconds = 1): Float32Array =>
  Float32Array.from({ length: rate * seconds }, (_, n) => Math.sin((2 * Math.PI * hertz * n) / rate))
const rms = (samples: Float32Array): number => {
  const inner = samples.subarray(1000, samples.length - 1000)
  return Math.sqrt(inner.reduce((sum, sample) => sum + sample * sample, 0) / inner.length)
}

describe.each([8000, 11025, 32000, 44100, 48000, 88200, 96000, 192000])('from %i Hz', (rate) => {
  test('gives 22,050 samples a second', () => {
    expect(resample(sine(440, rate), rate).length).toBe(22050)
  })
  test('is flat to 0.1 dB in the pass band and keeps the phase', () => {
    for (const hertz of [50, 1000, 3000, 9000].filter((tone) => tone < rate * 0.42)) {
      const got = resample(sine(hertz, rate), rate)
      const want = sine(hertz, 22050)
      expect(Math.abs(20 * Math.log10(rms(got) / rms(want)))).toBeLessThan(0.1)
      expect(rms(got.map((sample, n) => sample - want[n]!))).toBeLessThan(0.01)
    }
  })
  test('removes what would fold into the pass band by more than 60 dB', () => {
    for (const hertz of [12600, 14000, 17000, 20000].filter((tone) => tone < rate / 2))
      expect(20 * Math.log10(rms(resample(sine(hertz, rate), rate)))).toBeLessThan(-63)
  })
})

test('an impulse stays where it is', () => {
  const impulse = new Float32Array(48000)
  impulse[24000] = 1
  const got = resample(impulse, 48000)
  expect(got.indexOf(Math.max(...got))).toBe(11025)
})

test('blocks of any size give the same as one block', () => {
  const whole = sine(1234, 44100)
  const resampler = createResampler(44100)
  const parts: number[] = []
  for (let start = 0, size = 1; start < whole.length; start += size, size = (size * 7 + 3) % 2000)
    parts.push(...resampler.push(whole.subarray(start, start + size)))
  parts.push(...resampler.finish())
  expect(Float32Array.from(parts)).toEqual(resample(whole, 44100))
})

test.each([2, 3, 6])('the mono mix of %i channels is their mean, in blocks of any size', (channels) => {
  const planes = Array.from({ length: channels }, (_, channel) => sine(200 + 311 * channel, 44100))
  const mean = planes[0]!.map((_, n) => planes.reduce((sum, plane) => sum + plane[n]!, 0) / channels)
  const frames = Float32Array.from(
    { length: channels * 44100 },
    (_, n) => planes[n % channels]![Math.floor(n / channels)]!,
  )
  const resampler = createResampler(44100, channels)
  const got: number[] = []
  for (let frame = 0; frame < 44100; frame += 1009)
    got.push(...resampler.push(frames.subarray(frame * channels, Math.min(44100, frame + 1009) * channels)))
  got.push(...resampler.finish())
  const want = resample(mean, 44100)
  expect(got.length).toBe(want.length)
  for (const [n, sample] of got.entries()) expect(Math.abs(sample - want[n]!)).toBeLessThan(1e-6)
})
