/**
 * @file Where the spectrum of a recording ends in a cliff: the low-pass of an encoder at a low bit rate, or a raised sample rate.
 * Method: mean power of Hann windows in bands of 250 Hz; a cliff is a frequency below which a kilohertz lies `CLIFF_DB` above
 * everything beyond it. Instruments fade out over several kilohertz, encoders within a few hundred hertz (measured on LAME, Vorbis and AAC).
 */

import type { Hertz } from '../units/units.ts'
import type { SpectralCliff } from './audio.ts'
import { eachPowerFrame } from './spectrogram.ts'

const BAND_HERTZ = 250
const LOWEST_HERTZ = 8000
/** Bands below an edge that are compared, and bands beyond it over which an encoder's filter falls. */
const BELOW_BANDS = 4
const FALL_BANDS = 3
const CLIFF_DB = 30
const POWER_FLOOR = 1e-15
/** Weaker bands may end anywhere. */
const AUDIBLE_DB = -105

/** Shape (bands): mean power in dB re full scale, up to the last whole band. */
const bandLevels = (windows: readonly Float32Array[], sampleRate: Hertz): Float64Array => {
  const frameSize = windows[0]!.length
  const samples = new Float32Array((windows.length + 0.5) * frameSize)
  for (const [index, window] of windows.entries()) samples.set(window, (index + 0.5) * frameSize)
  const binsPerBand = (BAND_HERTZ * frameSize) / sampleRate
  const levels = new Float64Array(Math.floor(frameSize / 2 / binsPerBand))
  eachPowerFrame({ samples, sampleRate }, { frameSize, hopSamples: frameSize }, (power) => {
    for (let band = 0; band < levels.length; band++) {
      const [first, end] = [Math.round(band * binsPerBand), Math.round((band + 1) * binsPerBand)]
      let sum = 0
      for (let bin = first; bin < end; bin++) sum += power[bin]!
      levels[band]! += sum / (end - first) / windows.length
    }
  })
  return levels.map((power) => 10 * Math.log10(power + POWER_FLOOR))
}

/** @param windows of one length, a power of two; short ones are padded with zeros @returns the steepest cliff, or null */
export const findSpectralCliff = (windows: readonly Float32Array[], sampleRate: Hertz): SpectralCliff | null => {
  if (windows.length === 0) return null
  const levels = bandLevels(windows, sampleRate)
  let found: SpectralCliff | null = null
  let beyond = Number.NEGATIVE_INFINITY
  for (let edge = levels.length - 1 - FALL_BANDS; edge * BAND_HERTZ >= LOWEST_HERTZ; edge--) {
    beyond = Math.max(beyond, levels[edge + FALL_BANDS]!)
    const below = levels.subarray(edge - BELOW_BANDS, edge).reduce((sum, level) => sum + level, 0) / BELOW_BANDS
    const dropDb = below - beyond
    if (below > AUDIBLE_DB && dropDb >= CLIFF_DB && dropDb > (found?.dropDb ?? 0))
      found = { hertz: edge * BAND_HERTZ, dropDb }
  }
  return found
}
