import { expect, test } from 'vitest'
import { countFrames, hannWindow } from './framing.ts'
import { createMelFilterbank, hertzToMel, melToHertz } from './mel.ts'
import { eachPowerFrame, melSpectrogram } from './spectrogram.ts'

const SAMPLE_RATE = 22050
const sine = (hertz: number, seconds: number): Float32Array =>
  Float32Array.from({ length: seconds * SAMPLE_RATE }, (_, n) => Math.sin((2 * Math.PI * hertz * n) / SAMPLE_RATE))

test('a full-scale sine at a bin centre has power 1 in that bin', () => {
  const hertz = (40 * SAMPLE_RATE) / 1024
  const audio = { samples: sine(hertz, 1), sampleRate: SAMPLE_RATE }
  const peaks: number[] = []
  let seen = 0
  eachPowerFrame(audio, { frameSize: 1024, hopSamples: 256 }, (power, frame) => {
    seen++
    if (frame >= 2 && frame < 80) peaks.push(power[40]!)
  })
  expect(seen).toBe(countFrames(audio.samples.length, 256))
  for (const peak of peaks) expect(peak).toBeCloseTo(1, 3)
})

test('frame t is centred on sample t · hop: a click shows strongest in the frame at its place', () => {
  const samples = new Float32Array(SAMPLE_RATE)
  samples[128 * 50] = 1
  const energy: number[] = []
  eachPowerFrame({ samples, sampleRate: SAMPLE_RATE }, { frameSize: 512, hopSamples: 128 }, (power) =>
    energy.push(power.reduce((sum, value) => sum + value, 0)),
  )
  expect(energy.indexOf(Math.max(...energy))).toBe(50)
})

test('frames as many as centres inside the signal', () => {
  expect([0, 1, 128, 129, 256].map((samples) => countFrames(samples, 128))).toEqual([0, 1, 1, 2, 2])
})

test('Hann windows at half overlap add up to one', () => {
  const window = hannWindow(512)
  for (let n = 0; n < 256; n++) expect(window[n]! + window[n + 256]!).toBeCloseTo(1, 6)
})

test('the mel scale has its inverse and each band holds its centre and sums to one', () => {
  for (const hertz of [0, 100, 1000, 8000]) expect(melToHertz(hertzToMel(hertz))).toBeCloseTo(hertz, 6)
  const bank = createMelFilterbank({ sampleRate: SAMPLE_RATE, frameSize: 1024, bands: 36, minHz: 30, maxHz: 10000 })
  bank.weights.forEach((weights, band) => {
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5)
    const centreBin = bank.centresHz[band]! / (SAMPLE_RATE / 1024)
    expect(bank.firstBins[band]!).toBeLessThanOrEqual(Math.ceil(centreBin))
    expect(bank.firstBins[band]! + weights.length).toBeGreaterThanOrEqual(Math.floor(centreBin))
  })
})

test('a sine lands in the band of its frequency', () => {
  const shape = { frameSize: 2048, hopSamples: 1024, bands: 24, minHz: 50, maxHz: 10000 }
  const bank = createMelFilterbank({ ...shape, sampleRate: SAMPLE_RATE })
  for (const band of [3, 12, 20]) {
    const { values } = melSpectrogram({ samples: sine(bank.centresHz[band]!, 1), sampleRate: SAMPLE_RATE }, shape)
    const row = [...values.subarray(10 * 24, 11 * 24)]
    expect(row.indexOf(Math.max(...row))).toBe(band)
  }
})

test('an abort stops the transform with its reason', () => {
  const audio = { samples: new Float32Array(SAMPLE_RATE), sampleRate: SAMPLE_RATE }
  const signal = AbortSignal.abort(new Error('enough'))
  expect(() => eachPowerFrame(audio, { frameSize: 512, hopSamples: 128, signal }, () => {})).toThrow('enough')
})

test('progress rises from 0 to 1', () => {
  const fractions: number[] = []
  const audio = { samples: new Float32Array(10 * SAMPLE_RATE), sampleRate: SAMPLE_RATE }
  const shape = { frameSize: 512, hopSamples: 128, onProgress: (fraction: number) => void fractions.push(fraction) }
  eachPowerFrame(audio, shape, () => {})
  expect(fractions[0]).toBe(0)
  expect(fractions.at(-1)).toBe(1)
  expect([...fractions].sort((a, b) => a - b)).toEqual(fractions)
})
