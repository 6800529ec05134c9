/**
 * `npm run evaluate -- DIR … --styles`: where the curves that tell songs from dance music have their middles (`song-likeness.ts`, `name-loud-parts.ts`).
 * A middle lies halfway between the medians of both sides, over whole tracks; what the curves say at it shows that it is the one in use.
 */
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { placeBars } from '../../src/core/beats/place-bars.ts'
import { type FeatureMatrix, placeOf } from '../../src/core/features/feature-matrix.ts'
import { songLikeness } from '../../src/core/features/song-likeness.ts'
import { oddsOfUnsung } from '../../src/core/sections/name-loud-parts.ts'
import { median } from '../speed/figures.ts'
import type { Prepared } from './folds.ts'
import { meanOf } from './mean-of.ts'
import { alignColumns } from './table.ts'

type Tracks = readonly { readonly isSong: boolean; readonly features: FeatureMatrix }[]
type Curve = {
  readonly name: string
  /** Their mean is what the curve is over. */
  readonly columns: readonly string[]
  /** What the curve says of a matrix, in words: an even chance at its middle. */
  readonly said: (matrix: FeatureMatrix) => number
}

const CURVES: readonly Curve[] = [
  { name: 'rock: a song', columns: ['heard rock'], said: songLikeness },
  {
    name: 'rock and voice: sung',
    columns: ['heard rock', 'heard voice'],
    said: (matrix) => 1 / (1 + Math.exp(oddsOfUnsung(matrix))),
  },
]

const heardMean = (matrix: FeatureMatrix, columns: readonly string[]): number => {
  const places = columns.map((name) => placeOf(matrix, name, 'The styles'))
  const beats = Array.from({ length: matrix.beats }, (_, beat) =>
    meanOf(places.map((place) => matrix.values[beat * matrix.columns.length + place]!)),
  )
  return meanOf(beats)
}

/** Chance that a song has more of it than a piece of dance music. */
const areaOf = (songs: readonly number[], dance: readonly number[]): number =>
  meanOf(songs.flatMap((song) => dance.map((other) => (song > other ? 1 : song === other ? 0.5 : 0))))

/** Two beats that are `value` on the whole; a track without any change counts as one that nothing has heard. */
const matrixAt = (columns: readonly string[], value: number): FeatureMatrix => ({
  columns,
  beats: 2,
  values: Float32Array.from({ length: 2 * columns.length }, (_, at) => value + (at < columns.length ? -1 : 1)),
})

const lineOf = ({ name, columns, said }: Curve, tracks: Tracks): readonly string[] => {
  const of = (isSong: boolean): readonly number[] =>
    tracks.filter((track) => track.isSong === isSong).map(({ features }) => heardMean(features, columns))
  const [dance, songs] = [of(false), of(true)]
  const middle = (median(dance) + median(songs)) / 2
  return [
    name,
    ...[median(dance), median(songs), middle].map((value) => value.toFixed(2)),
    areaOf(songs, dance).toFixed(3),
    said(matrixAt(columns, middle)).toFixed(2),
  ]
}

export const formatStyles = (tracks: Tracks): string =>
  alignColumns([
    ['curve', 'median of dance music', 'of songs', 'middle', 'area under the curve', 'what it says at the middle'],
    ...CURVES.map((curve) => lineOf(curve, tracks)),
  ])

export const evaluateStyles = async ({ tracks, features }: Prepared): Promise<string> => {
  const heard = await Promise.all(
    tracks.map(async ({ track, tracking, pace }) => {
      const grid = placeBars(tracking, shippedBarPhaseModel, { heard: pace })
      return { isSong: track.isSong, features: await features(track.audioPath, grid) }
    }),
  )
  return formatStyles(heard)
}
