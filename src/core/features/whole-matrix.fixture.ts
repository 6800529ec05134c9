import type { Column } from './column.ts'
import type { FeatureMatrix } from './feature-matrix.ts'
import { FEATURE_COLUMNS } from './feature-spec.ts'

/** A matrix of all columns of the specification. */
export const wholeMatrix = (beats: number, valueAt: (beat: number, column: Column) => number): FeatureMatrix => {
  const width = FEATURE_COLUMNS.length
  const values = new Float32Array(beats * width)
  for (let beat = 0; beat < beats; beat++)
    for (const [place, column] of FEATURE_COLUMNS.entries()) values[beat * width + place] = valueAt(beat, column)
  return { columns: FEATURE_COLUMNS.map(({ name }) => name), beats, values }
}
