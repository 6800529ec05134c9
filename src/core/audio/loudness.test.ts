import { describe, expect, test } from 'vitest'
import { createLoudnessMeter } from './loudness.ts'
import { createTruePeakMeter } from './true-peak.ts'

const tone = (levelDb: number, seconds: number, rate = 48000, hertz = 1000): Float32Array =>
  Float32Array.from(
    { length: seconds * rate },
    (_, n) => 10 ** (levelDb / 20) * Math.sin((2 * Math.PI * hertz * n) / rate),
  )
const interleave = (planes: readonly Float32Array[]): Float32Array =>
  Float32Array.from(
    { length: planes.length * planes[0]!.length },
    (_, n) => planes[n % planes.length]![Math.floor(n / planes.length)]!,
  )
const measure = (parts: readonly Float32Array[], channels = 2, rate = 48000): number | null => {
  const meter = createLoudnessMeter(rate, channels)
  for (const part of parts) meter.push(interleave(Array.from({ length: channels }, () => part)))
  return meter.integrated()
}

// EBU Tech 3341 (2023), table 1: minimum requirements test signals, tolerance ± 0.1 LU.
describe('EBU Tech 3341', () => {
  test('case 1: stereo sine at −23 dBFS', () => expect(measure([tone(-23, 20)])).toBeCloseTo(-23, 1))
  test('case 2: stereo sine at −33 dBFS', () => expect(measure([tone(-33, 20)])).toBeCloseTo(-33, 1))
  test('case 3: the relative gate leaves out −36 dBFS', () =>
    expect(measure([tone(-36, 10), tone(-23, 60), tone(-36, 10)])).toBeCloseTo(-23, 1))
  test('case 4: the absolute gate leaves out −72 dBFS', () =>
    expect(measure([tone(-72, 10), tone(-36, 10), tone(-23, 60), tone(-36, 10), tone(-72, 10)])).toBeCloseTo(-23, 1))
  test('case 5: −26, −20, −26 dBFS', () =>
    expect(measure([tone(-26, 20), tone(-20, 20.1), tone(-26, 20)])).toBeCloseTo(-23, 1))
  test('case 6: five channels, surround ones weigh 1.5 dB more', () => {
    const meter = createLoudnessMeter(48000, 6)
    const [front, centre, surround] = [tone(-28, 20), tone(-24, 20), tone(-30, 20)]
    meter.push(interleave([front, front, centre, new Float32Array(front.length), surround, surround]))
    expect(meter.integrated()).toBeCloseTo(-23, 1)
  })
})

test('other sample rates measure the same', () => {
  for (const rate of [22050, 44100, 96000]) expect(measure([tone(-23, 5, rate)], 2, rate)).toBeCloseTo(-23, 1)
})

test('blocks of any size measure the same', () => {
  const whole = tone(-20, 3)
  const pieces = [whole.subarray(0, 1), whole.subarray(1, 7000), whole.subarray(7000)]
  expect(measure(pieces)).toBe(measure([whole]))
})

test('silence has no loudness', () => expect(measure([new Float32Array(96000)])).toBeNull())

const peakOf = (samples: Float32Array): number => {
  const meter = createTruePeakMeter(1)
  meter.push(samples)
  return meter.peakDb()
}
const shifted = (samplesPerPeriod: number, degrees: number): Float32Array =>
  Float32Array.from({ length: 4800 }, (_, n) => {
    const fade = Math.min(1, n / 500, (4799 - n) / 500)
    return 0.5 * fade * Math.sin((2 * Math.PI * n) / samplesPerPeriod + (degrees * Math.PI) / 180)
  })

// EBU Tech 3341 cases 15–19: a sine of amplitude 0.5 between the samples peaks at −6 dBTP, tolerance +0.2 / −0.4 dB.
test.each([
  [4, 0],
  [4, 45],
  [6, 60],
  [8, 67.5],
])('true peak of a sine of %i samples a period at %d°', (period, degrees) => {
  const peak = peakOf(shifted(period, degrees))
  expect(peak).toBeGreaterThan(-6.42)
  expect(peak).toBeLessThan(-5.82)
})

test('skipping what cannot exceed the maximum finds the same peak as a plain, longer interpolation', () => {
  const wave = Float32Array.from(
    { length: 8000 },
    (_, n) =>
      (0.2 + 0.6 * Math.sin(n / 900) ** 2) *
      (Math.sin(n * 0.9) + 0.7 * Math.sin(n * 1.7 + 1) + 0.3 * Math.sin(n * 0.21)),
  )
  const meter = createTruePeakMeter(1)
  for (let start = 0; start < wave.length; start += 777) meter.push(wave.subarray(start, start + 777))
  let largest = 0
  for (let at = 100; at < wave.length - 100; at += 0.25) {
    let sum = 0
    for (let n = Math.ceil(at) - 64; n <= Math.floor(at) + 64; n++) {
      const x = Math.PI * (at - n)
      sum += wave[n]! * (x === 0 ? 1 : Math.sin(x) / x) * (0.5 + 0.5 * Math.cos(x / 65))
    }
    largest = Math.max(largest, Math.abs(sum))
  }
  expect(Math.abs(meter.peakDb() - 20 * Math.log10(largest))).toBeLessThan(0.1)
})

test.each([2, 3, 5])('the true peak of %i channels is that of the one that peaks highest', (channels) => {
  const planes = Array.from({ length: channels }, (_, channel) =>
    shifted(4 + channel, 45).map((sample) => sample * (channel === 1 ? 1 : 0.7)),
  )
  const meter = createTruePeakMeter(channels)
  meter.push(interleave(planes))
  expect(meter.peakDb()).toBeCloseTo(Math.max(...planes.map(peakOf)), 5)
})
