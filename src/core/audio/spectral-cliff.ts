/**
 * @file Where the spectrum of a recording ends in a cliff: the low-pass of an encoder at a low bit rate, or a raised sample rate.
 * Method: power of Hann windows in bands of 250 Hz; a cliff is a frequency below which a kilohertz lies `CLIFF_DB` above everything
 * beyond it, in the mean or in nearly all windows that sound there: moments that are clipped when they are decoded reach beyond it again.
 * Instruments fade out over several kilohertz, encoders within a few hundred hertz (measured on LAME, Vorbis and AAC).
 */

import type { Hertz } from '../units/units.ts'
import type { SpectralCliff } from './audio.ts'
import { eachPowerFrame } from './spectrogram.ts'

const BAND_HERTZ = 250
/** LAME ends at 5.3 kHz at 32 kbit/s and at 7.5 kHz at 48; instruments end lower. */
const LOWEST_HERTZ = 5000
/** Bands below an edge that are compared, and bands beyond it over which an encoder's filter falls. */
const BELOW_BANDS = 4
const FALL_BANDS = 3
const CLIFF_DB = 30
const POWER_FLOOR = 1e-15
/** Weaker bands may end anywhere: 16 bits leave −129 dB a band, so that nothing weaker can fall so far. */
const AUDIBLE_DB = -96
/** Share of the windows that sound below an edge which have to end there. */
const MOST_WINDOWS = 0.8
/** Fewer windows tell nothing. */
const LEAST_WINDOWS = 4
/**
 * Below this, the last kilohertz has to be filled as music and noise fill it (1 for white noise): the partials of a synthesizer may end
 * anywhere. Music that LAME cut off at 5 to 8 kHz measures .17 and more.
 */
const TONES_END_HERTZ = 8000
const FILLED_FLATNESS = 0.05

type Spectra = {
  /** Shape (windows, bands): power in dB re full scale, up to the last whole band. */
  readonly windows: readonly Float64Array[]
  /** Power of each bin, over all windows. */
  readonly bins: Float64Array
  readonly binsPerBand: number
}

const measure = (windows: readonly Float32Array[], sampleRate: Hertz): Spectra => {
  const frameSize = windows[0]!.length
  const samples = new Float32Array((windows.length + 0.5) * frameSize)
  for (const [index, window] of windows.entries()) samples.set(window, (index + 0.5) * frameSize)
  const binsPerBand = (BAND_HERTZ * frameSize) / sampleRate
  const bands = Math.floor(frameSize / 2 / binsPerBand)
  const bins = new Float64Array(frameSize / 2)
  const levels: Float64Array[] = []
  eachPowerFrame({ samples, sampleRate }, { frameSize, hopSamples: frameSize }, (power) => {
    if (levels.length === windows.length) return
    for (let bin = 0; bin < bins.length; bin++) bins[bin]! += power[bin]!
    levels.push(
      Float64Array.from({ length: bands }, (_, band) => {
        const [first, end] = [Math.round(band * binsPerBand), Math.round((band + 1) * binsPerBand)]
        let sum = 0
        for (let bin = first; bin < end; bin++) sum += power[bin]!
        return 10 * Math.log10(sum / (end - first) + POWER_FLOOR)
      }),
    )
  })
  return { windows: levels, bins, binsPerBand }
}

/** Geometric over arithmetic mean of the power in the kilohertz below an edge. */
const flatnessBelow = (edge: number, { bins, binsPerBand }: Spectra): number => {
  const part = bins.subarray(Math.round((edge - BELOW_BANDS) * binsPerBand), Math.round((edge - 1) * binsPerBand))
  const logMean = part.reduce((sum, power) => sum + Math.log(power + POWER_FLOOR), 0) / part.length
  const mean = part.reduce((sum, power) => sum + power + POWER_FLOOR, 0) / part.length
  return Math.exp(logMean) / mean
}

/** Shape (bands): the highest level of a window from each band on. */
const highestFrom = (levels: Float64Array): Float64Array => {
  const highest = Float64Array.from(levels)
  for (let band = highest.length - 2; band >= 0; band--) highest[band] = Math.max(highest[band]!, highest[band + 1]!)
  return highest
}

/** @param windows that are looked at one by one @param lowest band of an edge @returns the steepest cliff of nearly all, or null */
const steepest = (windows: readonly Float64Array[], lowest: number, spectra: Spectra): SpectralCliff | null => {
  const all = windows.map((levels) => ({ levels, beyond: highestFrom(levels) }))
  let found: SpectralCliff | null = null
  for (let edge = windows[0]!.length - 1 - FALL_BANDS; edge >= lowest; edge--) {
    let [sounding, ending, drops] = [0, 0, 0]
    for (const { levels, beyond } of all) {
      let below = 0
      for (let band = edge - BELOW_BANDS; band < edge; band++) below += levels[band]! / BELOW_BANDS
      if (below <= AUDIBLE_DB) continue
      sounding++
      const dropDb = below - beyond[edge + FALL_BANDS]!
      if (dropDb < CLIFF_DB) continue
      ending++
      drops += dropDb
    }
    const isEdge = sounding >= Math.min(LEAST_WINDOWS, windows.length) && ending > MOST_WINDOWS * sounding
    const dropDb = drops / ending
    if (!isEdge || dropDb <= (found?.dropDb ?? 0)) continue
    const hertz = edge * BAND_HERTZ
    if (hertz >= TONES_END_HERTZ || flatnessBelow(edge, spectra) >= FILLED_FLATNESS) found = { hertz, dropDb }
  }
  return found
}

/** @param windows of one length, a power of two; short ones are padded with zeros @returns the steepest cliff, or null */
export const findSpectralCliff = (windows: readonly Float32Array[], sampleRate: Hertz): SpectralCliff | null => {
  if (windows.length === 0) return null
  const spectra = measure(windows, sampleRate)
  // The mean shows what single windows are too noisy to show, unless some of them are clipped.
  return (
    steepest(spectra.windows, LOWEST_HERTZ / BAND_HERTZ, spectra) ??
    steepest([meanLevels(spectra.windows)], TONES_END_HERTZ / BAND_HERTZ, spectra)
  )
}

/** Shape (bands): mean power in dB. */
const meanLevels = (windows: readonly Float64Array[]): Float64Array =>
  windows[0]!.map((_, band) => {
    const sum = windows.reduce((total, levels) => total + 10 ** (levels[band]! / 10), 0)
    return 10 * Math.log10(sum / windows.length)
  })
