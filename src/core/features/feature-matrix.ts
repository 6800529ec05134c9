/**
 * @file The beat-synchronous feature matrix: one row a beat of the track's grid, one column a named feature.
 * Raw values only; context, contrasts and z-scores within the track are derived where they are used (`training/`, `models/`).
 */
export type FeatureMatrix = {
  /** Column names, in order; equal to the FeatureSpec's. */
  readonly columns: readonly string[]
  /** Number of rows: the grid's beatCount. */
  readonly beats: number
  /** Row-major, shape (beats, columns.length), finite. */
  readonly values: Float32Array
}
