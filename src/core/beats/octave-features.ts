/**
 * @file Evidence that a level of the metrical hierarchy is the beat: how well the onsets repeat after one beat compared with half,
 * two and four beats, in the middle and high group (snare, clap, hat); and the tempo itself, because dance music clusters around
 * 125–140 BPM. The level is compared with the ones half and twice as fast, so that every track of known tempo teaches both
 * decisions, at whatever tempo. and how much beats alternate (decision 0035).
 * Conventions: one vector per level; correlations −1 to 1; tempo in octaves from 120 BPM.
 */
import type { Bpm } from '../units/units.ts'
import type { BeatRaster } from './beat-raster.ts'
import type { Thirds } from './tempo-families.ts'

export const CENTRE_BPM = 120
const GROUPS = 3
const USED_GROUPS = [0, 1, 2] as const

/** What is known of a track before its octave. */
type Heard = { readonly raster: BeatRaster; readonly thirds: Thirds }
/** A fast beat has four rows; thirds are known from half of one on. */
const ROWS_OF_FIRST_THIRDS = 2

export const thirdsLevel = (rowsPerBeat: number): number => Math.log2(rowsPerBeat / ROWS_OF_FIRST_THIRDS)

/** @returns features of the hypothesis that a beat lasts `rowsPerBeat` rows (2 … 16) and the tempo is `bpm`. */
export const octaveFeatures = ({ raster, thirds }: Heard, rowsPerBeat: number, bpm: Bpm): Float64Array => {
  const features: number[] = []
  for (const group of USED_GROUPS) {
    const onsets = centredRoots(raster, group)
    const [half, one, two, four] = [rowsPerBeat / 2, rowsPerBeat, 2 * rowsPerBeat, 4 * rowsPerBeat].map((lag) =>
      correlationAtLag(onsets, lag),
    )
    features.push(one! - two!, one! - half!, four! - two!)
    const [cycle, alternating, bars] = [1, 2, 4].map((beats) => explainedByFold(onsets, beats * rowsPerBeat))
    features.push(alternating! - cycle!, bars! - alternating!)
  }
  const level = thirdsLevel(rowsPerBeat)
  features.push(thirds.one[level]!, thirds.two[level]!)
  const octaves = Math.log2(bpm / CENTRE_BPM)
  features.push(octaves, octaves * octaves, Math.max(0, octaves) ** 2)
  return Float64Array.from(features)
}

/** Square roots of the onsets of a group, less their mean. */
const centredRoots = ({ rows, onsets }: BeatRaster, group: number): Float64Array => {
  const values = new Float64Array(rows)
  let sum = 0
  for (let row = 0; row < rows; row++) {
    values[row] = Math.sqrt(onsets[row * GROUPS + group]!)
    sum += values[row]!
  }
  const mean = sum / rows
  for (let row = 0; row < rows; row++) values[row] = values[row]! - mean
  return values
}

/** Share of the variance between the places of a cycle of so many rows. @param values without their mean */
const explainedByFold = (values: Float64Array, period: number): number => {
  const sums = new Float64Array(period)
  let total = 1e-9
  for (let row = 0; row < values.length; row++) {
    sums[row % period]! += values[row]!
    total += values[row]! ** 2
  }
  return sums.reduce((sum, value) => sum + value * value, 0) / (values.length / period) / total
}

/** @param values without their mean */
const correlationAtLag = (values: Float64Array, lag: number): number => {
  let [product, power] = [0, 1e-9]
  for (let n = 0; n + lag < values.length; n++) {
    product += values[n]! * values[n + lag]!
    power += values[n]! ** 2
  }
  return product / power
}
