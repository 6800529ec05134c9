/**
 * @file Mel-frequency cepstral coefficients: the cosine transform of the mel levels, whose first few give the shape of the
 * spectrum without its level (Davis & Mermelstein 1980). Coefficient 0, the level, is left out.
 * Conventions: orthonormal DCT-II of levels in dB.
 */
import { beatMeans } from './aggregate-beats.ts'
import { columnsNamed } from './column.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { FRAME_SHAPE } from './track-frames.ts'

const CEPSTRUM_COEFFICIENTS = 12

const cosines = (bands: number, coefficients: number): Float32Array =>
  Float32Array.from({ length: coefficients * bands }, (_, at) => {
    const coefficient = Math.floor(at / bands) + 1
    return Math.sqrt(2 / bands) * Math.cos((Math.PI * coefficient * ((at % bands) + 0.5)) / bands)
  })

/** A function of its own is compiled once for all tracks; inside a loop it would be compiled anew for each. */
const product = (table: Float32Array, from: number, levels: Float32Array, at: number, bands: number): number => {
  let sum = 0
  for (let band = 0; band < bands; band++) sum += table[from + band]! * levels[at + band]!
  return sum
}

/** @param levels shape (rows, bands) @returns shape (rows, coefficients), the first one being coefficient 1. */
export const cepstrum = (levels: Float32Array, bands: number, coefficients: number): Float32Array => {
  const table = cosines(bands, coefficients)
  const rows = levels.length / bands
  const result = new Float32Array(rows * coefficients)
  for (let row = 0; row < rows; row++)
    for (let coefficient = 0; coefficient < coefficients; coefficient++)
      result[row * coefficients + coefficient] = product(table, coefficient * bands, levels, row * bands, bands)
  return result
}

export const cepstrumShape: FeatureExtractor = {
  columns: columnsNamed(
    Array.from({ length: CEPSTRUM_COEFFICIENTS }, (_, coefficient) => `mfcc ${coefficient + 1}`),
    { group: 'the tone colour', roles: ['beat', 'vector'] },
  ),
  parameters: { coefficients: CEPSTRUM_COEFFICIENTS },
  extract: (track) =>
    cepstrum(beatMeans(track, track.melDb, FRAME_SHAPE.melBands), FRAME_SHAPE.melBands, CEPSTRUM_COEFFICIENTS),
}
