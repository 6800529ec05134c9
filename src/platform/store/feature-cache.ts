import { join } from 'node:path'
import type { FeatureMatrix } from '../../core/features/feature-matrix.ts'
import { FEATURE_SPEC } from '../../core/features/feature-spec.ts'
import { DerivedFiles } from './derived-files.ts'
import { digestOf } from './digest.ts'

/** A matrix is valid for exactly these three; when one changes, the matrix is simply not found. */
export type FeatureKey = {
  readonly audioDigest: string
  readonly gridDigest: string
  readonly featureSpecDigest: string
}

type Header = { readonly columns: readonly string[]; readonly beats: number; readonly sha256: string }

const NEWLINE = 10
const bytesOf = (values: Float32Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength)

/** A line of JSON, then little-endian float32. */
export const encodeFeatures = ({ columns, beats, values }: FeatureMatrix): Uint8Array => {
  const header: Header = { columns, beats, sha256: digestOf(bytesOf(values)) }
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), bytesOf(values)])
}

/** @returns null for what is damaged, or has the columns of another version */
export const decodeFeatures = (bytes: Buffer): FeatureMatrix | null => {
  const split = bytes.indexOf(NEWLINE)
  if (split < 0) return null
  const values = new Uint8Array(bytes.subarray(split + 1))
  const header = parseHeader(bytes.toString('utf8', 0, split))
  if (header === null || header.sha256 !== digestOf(values) || !isOfThisVersion(header)) return null
  return { columns: header.columns, beats: header.beats, values: new Float32Array(values.buffer) }
}

/** Keeps feature matrices in files, as `encodeFeatures` writes them. The folder may be deleted at any time. */
export class FeatureCache {
  readonly #files: DerivedFiles

  constructor(cacheFolder: string) {
    this.#files = new DerivedFiles(join(cacheFolder, 'features'))
  }

  has(key: FeatureKey): boolean {
    return this.#files.has(nameOf(key))
  }

  /** @returns null when the file is missing, damaged, or has the columns of another version */
  read(key: FeatureKey): FeatureMatrix | null {
    const bytes = this.#files.read(nameOf(key))
    return bytes && decodeFeatures(bytes)
  }

  write(key: FeatureKey, features: FeatureMatrix): void {
    this.#files.write(nameOf(key), encodeFeatures(features))
  }

  /** Every file in the folder, whole or not. */
  files(): readonly string[] {
    return this.#files.paths()
  }

  /** Removes files that an interrupted process left. */
  sweep(): void {
    this.#files.sweep()
  }

  pathOf(key: FeatureKey): string {
    return this.#files.pathOf(nameOf(key))
  }
}

const nameOf = ({ audioDigest, gridDigest, featureSpecDigest }: FeatureKey): string =>
  `${digestOf(`${audioDigest}\n${gridDigest}\n${featureSpecDigest}`)}.features`

/** An analysis that is out of date leads to the matrix of the version that made it: nobody could ask it for the columns of this one. */
const isOfThisVersion = ({ columns }: Header): boolean =>
  columns.length === FEATURE_SPEC.columns.length && columns.every((name, place) => name === FEATURE_SPEC.columns[place])

const parseHeader = (line: string): Header | null => {
  try {
    return JSON.parse(line) as Header
  } catch {
    // A damaged file counts as missing: it is made again.
    return null
  }
}
