import { rowSpecString } from '../../core/features/row-spec.ts'
import { digestOf } from '../../platform/store/digest.ts'
import { currentFeatureSpecDigest } from './feature-spec-digest.ts'

/** Models made before rows entered the digest carry that of the features alone; all of them were made on these rows. */
const ROWS_OF_OLD_MODELS = '62d137b73d3f303d2aa3fb4147b582bbec318a1b90213bb7652fd680df033e73'

/** @param rows digest of a `rowSpecString` */
export const modelSpecDigest = (features: string, rows: string): string =>
  rows === ROWS_OF_OLD_MODELS ? features : digestOf(`${features}\n${rows}`)

const ROWS = digestOf(rowSpecString())

/** Digest of the features that this version computes and the rows it makes of them; a model with the same one fits. */
export const currentModelSpecDigest = (): string => modelSpecDigest(currentFeatureSpecDigest(), ROWS)
