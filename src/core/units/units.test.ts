import { expect, test } from 'vitest'
import { amplitudeToDecibels, beatPeriod, powerToDecibels, samplesToSeconds, secondsToSamples } from './units.ts'

test('decibels of amplitude and power agree, and silence stays finite', () => {
  expect(amplitudeToDecibels(0.5)).toBeCloseTo(-6.0206, 4)
  expect(powerToDecibels(0.25)).toBeCloseTo(-6.0206, 4)
  expect(amplitudeToDecibels(0)).toBe(-120)
  expect(powerToDecibels(0)).toBe(-120)
})

test('a beat at 120 BPM lasts half a second', () => {
  expect(beatPeriod(120)).toBe(0.5)
})

test('samples and seconds convert both ways', () => {
  expect(samplesToSeconds(secondsToSamples(1.5, 22050), 22050)).toBe(1.5)
})
