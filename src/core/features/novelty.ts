/**
 * @file Novelty at each beat: how far the mean of the next 4, 8, 16 and 32 beats lies from the mean of as many before, in
 * timbre and in harmony (the checkerboard kernel of Foote 2000 in its cheap form, Serrà et al. 2014 §2).
 * Conventions: root mean square difference of z-scores; 0 at the first beat; windows shrink at the ends of the track.
 */
import { beatMeans, joinColumns } from './aggregate-beats.ts'
import { beatChroma } from './beat-chroma.ts'
import { standardise } from './beat-vectors.ts'
import { columnsNamed } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { FRAME_SHAPE } from './track-frames.ts'

const NOVELTY_BEATS = [4, 8, 16, 32] as const

/** Squares of how far the means of the rows `[beat, end)` lie from those of `[start, beat)`, summed over the columns. */
export const squaresBetween = (
  sums: Float64Array,
  width: number,
  [start, beat, end]: readonly [number, number, number],
): number => {
  let squares = 0
  for (let column = 0; column < width; column++) {
    const here = sums[beat * width + column]!
    const after = (sums[end * width + column]! - here) / (end - beat)
    const before = (here - sums[start * width + column]!) / (beat - start)
    squares += (after - before) ** 2
  }
  return squares
}

/** @param vectors shape (beats, width) */
const noveltyCurve = (vectors: Float32Array, width: number, reach: number): Float32Array => {
  const beats = vectors.length / width
  const sums = new Float64Array((beats + 1) * width)
  for (let at = 0; at < vectors.length; at++) sums[at + width] = sums[at]! + vectors[at]!
  return Float32Array.from({ length: beats }, (_, beat) => {
    if (beat === 0) return 0
    const start = Math.max(0, beat - reach)
    const end = Math.min(beats, beat + reach)
    // The mean of a short window is noisier, so its differences shrink as the standard error grows.
    const sure = Math.sqrt(Math.min(beat - start, end - beat) / reach)
    return sure * Math.sqrt(squaresBetween(sums, width, [start, beat, end]) / width)
  })
}

export const novelty: FeatureExtractor = {
  columns: columnsNamed(
    ['timbre', 'harmony'].flatMap((what) => NOVELTY_BEATS.map((beats) => `novelty ${what} ${beats}`)),
    { group: 'repetition and change', roles: ['compared', 'beat'] },
  ),
  parameters: { beats: NOVELTY_BEATS },
  extract: (track) => {
    const bands = FRAME_SHAPE.melBands
    const timbre = standardise(beatMeans(track, track.melDb, bands), bands)
    const chroma = standardise(beatChroma(track), 12)
    return joinColumns([
      ...NOVELTY_BEATS.map((beats) => noveltyCurve(timbre, bands, beats)),
      ...NOVELTY_BEATS.map((beats) => noveltyCurve(chroma, 12, beats)),
    ])
  },
}
