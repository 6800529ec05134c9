/**
 * @file The rows that models are trained on: everything besides the features that decides what a column of a span or beat row means.
 * Conventions: the store hashes the string; a model reads only rows of its own. Raise VERSION whenever the computation changes in a way
 * that the names do not show.
 */
import { BEAT_COLUMNS } from './beat-context.ts'
import { SPAN_COLUMNS } from './span-features.ts'

const VERSION = 1

/** @returns a string that is equal for equal rows */
export const rowSpecString = (): string =>
  JSON.stringify([VERSION, SPAN_COLUMNS.map(({ name }) => name), BEAT_COLUMNS.map(({ name }) => name)])
