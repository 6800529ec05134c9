/**
 * @file Takes what was measured of a layer of the sound out of a part of a track, or puts it there.
 * Method: within the part each column of the layer gets a level that it has elsewhere in the same track: that of its quiet beats, of its full
 * ones, or the one in the middle. Everything that is computed from the columns is computed anew.
 * Conventions: a layer is the columns that tell of one thing that a listener can hear.
 */
import type { Column } from '../features/column.ts'
import { type FeatureMatrix, placesOf } from '../features/feature-matrix.ts'
import { FEATURE_COLUMNS } from '../features/feature-spec.ts'
import type { Span } from '../labels/span.ts'

export type Layer = { readonly name: string; readonly columns: readonly Column[] }

const USED = FEATURE_COLUMNS.filter(({ roles }) => roles.length > 0)

const layer = (name: string, isOf: (column: Column) => boolean): Layer => ({ name, columns: USED.filter(isOf) })
const named =
  (word: string) =>
  ({ name }: Column): boolean =>
    name.split(' ').includes(word)
const grouped =
  (group: Column['group']) =>
  (column: Column): boolean =>
    column.group === group

/** What can be heard to be there or not, the narrower first. */
export const LAYERS: readonly Layer[] = [
  layer('the kick', named('kick')),
  layer('the snare', named('snare')),
  layer('the hats', named('hat')),
  layer('the bass', (column) => grouped('the bass')(column) || named('sub')(column)),
  layer('the drums', grouped('the drums')),
  layer('the voice', grouped('the voice')),
  layer('the rising or falling noise', grouped('rising or falling noise')),
]

/** Of the beats of a track, how many of a column lie below the level. */
const LEVELS = { away: 0.1, middle: 0.5, there: 0.9 } as const
export type MaskLevel = keyof typeof LEVELS

const ASKER = 'A masked layer'

/** @param columns that are set to a level of their own in the part */
export const maskColumns = (
  features: FeatureMatrix,
  { startBeat, endBeat }: Span,
  { columns, level }: { readonly columns: readonly Column[]; readonly level: MaskLevel },
): FeatureMatrix => {
  const width = features.columns.length
  const values = features.values.slice()
  for (const place of placesOf(features, columns, ASKER)) {
    const own = Float32Array.from(
      { length: features.beats },
      (_, beat) => features.values[beat * width + place]!,
    ).sort()
    const value = own[Math.round(LEVELS[level] * (own.length - 1))]!
    for (let beat = startBeat; beat < endBeat; beat++) values[beat * width + place] = value
  }
  return { ...features, values }
}

/** How far up its range in the track each column of a layer is, 0 to 1, on average over the layer and a part. */
export const layerLevel = (features: FeatureMatrix, { columns }: Layer, { startBeat, endBeat }: Span): number => {
  const width = features.columns.length
  const shares = placesOf(features, columns, ASKER).map((place) => {
    let [least, most, sum] = [Infinity, -Infinity, 0]
    for (let beat = 0; beat < features.beats; beat++) {
      const value = features.values[beat * width + place]!
      ;[least, most] = [Math.min(least, value), Math.max(most, value)]
      if (beat >= startBeat && beat < endBeat) sum += value
    }
    return most === least ? 0.5 : (sum / Math.max(1, endBeat - startBeat) - least) / (most - least)
  })
  return shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length)
}
