import { type GraphPlace, placeByKey, placeByTempo } from '../../core/setlist/graph-places.ts'
import { landmarkRows, soundPlane } from '../../core/similarity/sound-plane.ts'
import { giveWay } from '../../core/support/give-way.ts'
import type { ComparedSounds } from '../sounds/similar-tracks.ts'
import type { MeasuredSounds } from '../sounds/sound-index.ts'
import type { GraphTrack } from './graph-tracks.ts'

/** Tracks that were not heard stand in a row below all others, apart by this part of the whole width. */
const BELOW = 0.15

/** By the sounds of whole tracks, all measured from some of them. */
const placeBySound = async ({ index }: ComparedSounds, ids: readonly number[]): Promise<Float64Array> => {
  const places = new Float64Array(2 * ids.length)
  const wanted = new Set(ids)
  const first = await index.measure('tracks', ({ trackId }) => wanted.has(trackId))
  const rowsOf = (measured: MeasuredSounds | null): ReadonlyMap<number, number> =>
    new Map(measured?.rows.map(({ trackId }, row) => [trackId, row]))
  let known = { rows: first?.rows, rowOf: rowsOf(first) }
  const heard = [...ids.keys()].filter((at) => known.rowOf.has(ids[at]!))
  const landmarks = landmarkRows(heard.length)
  const measured: Float32Array[] = []
  for (const landmark of landmarks) {
    const id = ids[heard[landmark]!]!
    const one = await index.measure('tracks', ({ trackId }) => trackId === id)
    // The library may change between two measurements.
    if (one?.rows !== known.rows) known = { rows: one?.rows, rowOf: rowsOf(one) }
    measured.push(Float32Array.from(heard, (at) => one?.distances[known.rowOf.get(ids[at]!) ?? -1] ?? 0))
  }
  await giveWay()
  const plane = soundPlane(measured, landmarks)
  await giveWay()
  for (const [row, at] of heard.entries()) places.set(plane.subarray(2 * row, 2 * row + 2), 2 * at)
  const [xs, ys] = [0, 1].map((axis) => heard.map((_, row) => plane[2 * row + axis]!))
  const least = (values: readonly number[]): number => values.reduce((low, value) => Math.min(low, value), 0)
  const [left, bottom] = [least(xs!), least(ys!)]
  const right = xs!.reduce((high, value) => Math.max(high, value), left + 1)
  const isHeard = new Set(heard)
  const unheard = [...ids.keys()].filter((at) => !isHeard.has(at))
  for (const [nth, at] of unheard.entries())
    places.set([left + ((nth + 0.5) / unheard.length) * (right - left), bottom - BELOW * (right - left)], 2 * at)
  return places
}

/** Where tracks stand before anything is known of their transitions. */
export const firstPlaces = (
  workspace: ComparedSounds,
  tracks: readonly GraphTrack[],
  by: GraphPlace,
): Promise<Float64Array> | Float64Array => {
  if (by === 'tempo') return placeByTempo(tracks)
  return by === 'sound'
    ? placeBySound(
        workspace,
        tracks.map(({ id }) => id),
      )
    : placeByKey(tracks)
}
