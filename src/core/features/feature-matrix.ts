/**
 * @file The beat-synchronous feature matrix: a row for each beat of the track's grid, a column for each named feature.
 * It holds raw values only; context, contrasts and z-scores within the track are derived where they are used (`training/`, `models/`).
 */
import type { Column } from './column.ts'

export type FeatureMatrix = {
  /** Column names, in order; equal to the FeatureSpec's. */
  readonly columns: readonly string[]
  /** Number of rows: the grid's beatCount. */
  readonly beats: number
  /** Row-major, shape (beats, columns.length), finite. */
  readonly values: Float32Array
}

type Named = Pick<FeatureMatrix, 'columns'>

const missing = (name: string, asker: string): Error =>
  new Error(`${asker} asks for the column "${name}", which the matrix does not have`)

/** @param asker who needs the column @throws Error where it is missing: a matrix of another specification is a bug */
export const placeOf = ({ columns }: Named, name: string, asker: string): number => {
  const place = columns.indexOf(name)
  if (place < 0) throw missing(name, asker)
  return place
}

/** @throws as `placeOf` */
export const placesOf = ({ columns }: Named, wanted: readonly Column[], asker: string): readonly number[] => {
  const places = new Map(columns.map((name, place) => [name, place]))
  return wanted.map(({ name }) => {
    const place = places.get(name)
    if (place === undefined) throw missing(name, asker)
    return place
  })
}

/** A matrix of only these columns. @throws as `placeOf` */
export const pickColumns = (matrix: FeatureMatrix, columns: readonly Column[], asker: string): FeatureMatrix => {
  const { beats, values } = matrix
  const width = matrix.columns.length
  const places = placesOf(matrix, columns, asker)
  const picked = new Float32Array(beats * places.length)
  for (let beat = 0; beat < beats; beat++)
    for (let index = 0; index < places.length; index++)
      picked[beat * places.length + index] = values[beat * width + places[index]!]!
  return { columns: columns.map(({ name }) => name), beats, values: picked }
}
