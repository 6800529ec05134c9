/**
 * @file What the network of form sees of a track: every beat with its surroundings, relative to the track alone.
 * Method: all feature columns as z-scores within the track, the change of each over 8 and 16 beats (the windows of Foote's novelty, ICME 2000),
 * how new the sound is at several scales, by all columns together and by a checkerboard on their self-similarity, and the place in bar, phrase and track.
 * Conventions: shape (channels, beats), as a convolution over beats reads it; whoever changes a channel trains the network anew.
 */
import { BARS_PER_PHRASE, phraseStartAt } from '../beats/beat-grid.ts'
import { type FeatureMatrix, pickColumns } from '../features/feature-matrix.ts'
import { FEATURE_COLUMNS } from '../features/feature-spec.ts'
import { HEARD_STYLES } from '../features/heard-levels.ts'
import { squaresBetween } from '../features/novelty.ts'
import type { TrackContext } from '../features/track-context.ts'
import { sumWindows, type WindowSums } from '../features/window-sums.ts'
import { modulo } from '../units/modulo.ts'

/** Half the width of the windows of a change. */
const CHANGE_BEATS = [8, 16] as const
const NOVELTY_BEATS = [4, 8, 16, 32] as const
/** Rare outliers would drown the rest. */
const MOST_DEVIATIONS = 4
const PLACE_CHANNELS = 11

/** Styles tell of the whole track what it is, and of a beat nothing. */
const COLUMNS = FEATURE_COLUMNS.filter(({ name }) => !(name in HEARD_STYLES))

export const FORM_CHANNELS = COLUMNS.length * (1 + CHANGE_BEATS.length) + 2 * NOVELTY_BEATS.length + PLACE_CHANNELS

export type FormInput = { readonly beats: number; readonly values: Float32Array<ArrayBuffer> }

const clamp = (value: number): number => Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, value))

/** Of one beat, as `windowMean` of the window that is this beat alone. */
const zScore = ({ sums, width }: WindowSums, column: number, beat: number): number =>
  sums[(beat + 1) * width + column]! - sums[beat * width + column]!

/** Writes each beat's change from the `reach` beats before to as many from it on; the first beat has none. */
const writeChanges = (to: Float32Array, whole: WindowSums, column: number, reach: number): void => {
  const { sums, width, beats } = whole
  for (let beat = 1; beat < beats; beat++) {
    const start = Math.max(0, beat - reach)
    const end = Math.min(beats, beat + reach)
    const here = sums[beat * width + column]!
    const after = (sums[end * width + column]! - here) / (end - beat)
    const before = (here - sums[start * width + column]!) / (beat - start)
    to[beat] = clamp(after - before)
  }
}

/** Each beat's z-scores at length 1: distances of their means are what a checkerboard on the cosine similarities measures. */
const unitRows = (whole: WindowSums, columns: readonly string[]): FeatureMatrix => {
  const { beats, width } = whole
  const values = new Float32Array(beats * width)
  for (let beat = 0; beat < beats; beat++) {
    let squares = 0
    for (let column = 0; column < width; column++) {
      const z = zScore(whole, column, beat)
      values[beat * width + column] = z
      squares += z * z
    }
    const length = Math.sqrt(squares) || 1
    for (let column = 0; column < width; column++) values[beat * width + column]! /= length
  }
  return { columns, beats, values }
}

/** Prefix sums of rows that are used as they are. */
const plainSums = ({ beats, columns, values }: FeatureMatrix): Float64Array => {
  const width = columns.length
  const sums = new Float64Array((beats + 1) * width)
  for (let index = 0; index < beats * width; index++) sums[index + width] = sums[index]! + values[index]!
  return sums
}

/** Root mean square over the columns of what changes at each beat, as z-scores within the track; the ends have none. */
const noveltyOf = (sums: Float64Array, beats: number, reach: number): Float32Array => {
  const width = sums.length / (beats + 1)
  const novelty = new Float32Array(beats)
  for (let beat = 1; beat < beats; beat++) {
    const around = [Math.max(0, beat - reach), beat, Math.min(beats, beat + reach)] as const
    novelty[beat] = Math.sqrt(squaresBetween(sums, width, around) / width)
  }
  const mean = novelty.reduce((sum, value) => sum + value, 0) / Math.max(1, beats)
  const spread = Math.sqrt(novelty.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, beats)) || 1
  return novelty.map((value) => clamp((value - mean) / spread))
}

const placeOf = (beat: number, beats: number, grid: TrackContext['grid']): readonly number[] => {
  const { beatsPerBar, firstDownbeat } = grid
  const phrase = BARS_PER_PHRASE * beatsPerBar
  const inBar = modulo(beat - firstDownbeat, beatsPerBar)
  const inPhrase = modulo(beat - phraseStartAt(grid, beat), phrase)
  const turn = (part: number): readonly number[] => [Math.cos(2 * Math.PI * part), Math.sin(2 * Math.PI * part)]
  return [
    ...turn(inBar / beatsPerBar),
    inBar === 0 ? 1 : 0,
    ...turn(inPhrase / phrase),
    inPhrase === 0 ? 1 : 0,
    inPhrase % (2 * beatsPerBar) === 0 ? 1 : 0,
    beat / beats,
    Math.log2(1 + beat / 16) / 4,
    Math.log2(1 + (beats - beat) / 16) / 4,
    beats / 1000,
  ]
}

/** @param all columns of the features */
export const formInput = (all: FeatureMatrix, grid: TrackContext['grid']): FormInput => {
  const features = pickColumns(all, COLUMNS, 'The network of form')
  const whole = sumWindows(features)
  const { beats, width } = whole
  const values = new Float32Array(FORM_CHANNELS * beats)
  let channel = 0
  for (let column = 0; column < width; column++, channel++)
    for (let beat = 0; beat < beats; beat++) values[channel * beats + beat] = clamp(zScore(whole, column, beat))
  for (const reach of CHANGE_BEATS)
    for (let column = 0; column < width; column++, channel++)
      writeChanges(values.subarray(channel * beats, (channel + 1) * beats), whole, column, reach)
  const units = plainSums(unitRows(whole, features.columns))
  for (const sums of [whole.sums, units])
    for (const reach of NOVELTY_BEATS) values.set(noveltyOf(sums, beats, reach), channel++ * beats)
  for (let beat = 0; beat < beats; beat++)
    placeOf(beat, beats, grid).forEach((value, at) => {
      values[(channel + at) * beats + beat] = value
    })
  return { beats, values }
}
