/**
 * @file The feature specification: everything that decides what a column means, as one canonical string.
 * Conventions: the store hashes the string; two analyses may be mixed only if their strings are equal. Raise `version`
 * whenever the computation changes in a way that neither the parameters nor the column names show.
 */
import { bandLevels } from './band-levels.ts'
import { harmony } from './beat-chroma.ts'
import { cepstrumShape } from './cepstrum.ts'
import type { Column, ColumnRole } from './column.ts'
import { TUNING_RANGE_HZ } from './estimate-tuning.ts'
import type { FeatureExtractor } from './feature-extractor.ts'
import { HEARD_GROUPS, heardLevels } from './heard-levels.ts'
import { loudnessShape } from './loudness-shape.ts'
import { melLevels } from './mel-levels.ts'
import { noiseSweep } from './noise-sweep.ts'
import { novelty } from './novelty.ts'
import { onsetActivity } from './onset-activity.ts'
import { onsetPattern } from './onset-pattern.ts'
import { ONSET_SHAPE } from './onset-strength-bands.ts'
import { GLIDE_SHAPE } from './partial-glides.ts'
import { percussiveShare } from './percussive-share.ts'
import { PITCH_SHAPE } from './pitch-peaks.ts'
import { repetition } from './repetition.ts'
import { spectralShape } from './spectral-shape.ts'
import { FRAME_SHAPE } from './track-frames.ts'
import { voiceLikeness } from './voice-likeness.ts'

/** All extractors, in the order of their columns. */
export const EXTRACTORS: readonly FeatureExtractor[] = [
  loudnessShape,
  bandLevels,
  spectralShape,
  percussiveShare,
  onsetActivity,
  onsetPattern,
  voiceLikeness,
  noiseSweep,
  harmony,
  repetition,
  novelty,
  cepstrumShape,
  melLevels,
  heardLevels,
]

/** All columns, in the order of the matrix. */
export const FEATURE_COLUMNS: readonly Column[] = EXTRACTORS.flatMap((extractor) => extractor.columns)

/** @param asker who needs the column @throws Error for a name that no extractor declares */
export const columnNamed = (name: string, asker: string): Column => {
  const found = FEATURE_COLUMNS.find((column) => column.name === name)
  if (found === undefined) throw new Error(`${asker} asks for the column "${name}", which no extractor declares`)
  return found
}

/** Columns with a role, in the order of the matrix. @param first columns that come before the others because older data has them first */
export const columnsWithRole = (role: ColumnRole, first: readonly Column[] = []): readonly Column[] =>
  [...new Set([...first, ...FEATURE_COLUMNS])].filter(({ roles }) => roles.includes(role))

type Parameters = Readonly<Record<string, number | readonly number[]>>

export type FeatureSpec = {
  readonly version: number
  readonly frames: Parameters
  readonly pitches: Parameters
  readonly glides: Parameters
  readonly onsets: Parameters
  readonly tuning: Parameters
  /** Tags by the column that they are the mean of. */
  readonly heard: Readonly<Record<string, readonly string[]>>
  readonly extractors: readonly Parameters[]
  readonly columns: readonly string[]
}

export const FEATURE_SPEC: FeatureSpec = {
  version: 5,
  frames: FRAME_SHAPE,
  pitches: PITCH_SHAPE,
  glides: GLIDE_SHAPE,
  onsets: ONSET_SHAPE,
  tuning: { rangeHz: TUNING_RANGE_HZ },
  heard: HEARD_GROUPS,
  extractors: EXTRACTORS.map((extractor) => extractor.parameters),
  columns: FEATURE_COLUMNS.map(({ name }) => name),
}

const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (typeof value === 'object' && value !== null)
    return `{${Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`)
      .join(',')}}`
  return JSON.stringify(value)
}

/** @returns the spec as a string that is equal for equal specs: keys sorted, arrays in order, no white space. */
export const featureSpecString = (spec: FeatureSpec = FEATURE_SPEC): string => canonical(spec)
