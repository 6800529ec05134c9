/**
 * @file Where the tracks of a graph stand by what is known of each: by key, or by tempo and energy.
 * Method: tracks that agree stand in a round heap as seeds in a sunflower (Vogel 1979, https://doi.org/10.1016/0025-5564(79)90080-4), so that
 * none hides another; the heaps stand where the value says.
 * Conventions: x to the right and y up, in steps from one track to its neighbour; the places of track n are at 2n and 2n + 1.
 */
import { parseKey } from '../library/key-notation.ts'

export const GRAPH_PLACES = ['mix', 'sound', 'key', 'tempo'] as const
/** What decides where tracks stand: what mixes with what, how they sound, their keys, or their tempi and energies. */
export type GraphPlace = (typeof GRAPH_PLACES)[number]

export type PlacedTrack = {
  readonly camelot: string | null
  readonly tempoBpm: number | null
  readonly energy: number | null
}

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5))
/** Around a heap, as a part of its width. */
const ROOM = 1.15

const radiusOf = (count: number): number => Math.sqrt(count)

/** Places of a heap around a point, from its middle outwards. */
const heap = (places: Float64Array, tracks: readonly number[], [x, y]: readonly [number, number]): void => {
  for (const [nth, track] of tracks.entries()) {
    const [angle, radius] = [nth * GOLDEN_ANGLE, Math.sqrt(nth + 0.5)]
    places[2 * track] = x + Math.cos(angle) * radius
    places[2 * track + 1] = y + Math.sin(angle) * radius
  }
}

const grouped = <Name>(tracks: readonly PlacedTrack[], nameOf: (track: PlacedTrack) => Name): Map<Name, number[]> => {
  const groups = new Map<Name, number[]>()
  for (const [at, track] of tracks.entries()) {
    const name = nameOf(track)
    const group = groups.get(name)
    if (group === undefined) groups.set(name, [at])
    else group.push(at)
  }
  return groups
}

/** On the wheel of keys as it is drawn: 12 at the top, clockwise, minor keys inside; tracks without a key in the middle. */
export const placeByKey = (tracks: readonly PlacedTrack[]): Float64Array => {
  const places = new Float64Array(2 * tracks.length)
  const byTempo = (one: number, other: number): number =>
    (tracks[one]!.tempoBpm ?? 0) - (tracks[other]!.tempoBpm ?? 0) || one - other
  const groups = grouped(tracks, ({ camelot }) => (camelot === null ? null : parseKey(camelot)))
  const largest = (letter: string): number =>
    radiusOf(Math.max(1, ...[...groups].map(([key, { length }]) => (key?.endsWith(letter) ? length : 0))))
  const [minor, major] = [largest('A'), largest('B')]
  const middle = radiusOf(groups.get(null)?.length ?? 0)
  // Twelve heaps of this radius just fit on a wheel, and those of the middle within it.
  const fitting = (radius: number): number => (ROOM * radius) / Math.sin(Math.PI / 12)
  const inner = Math.max(fitting(minor), ROOM * (middle + minor))
  const outer = Math.max(fitting(major), inner + ROOM * (minor + major))
  for (const [key, group] of groups) {
    if (key === null) {
      heap(places, group.sort(byTempo), [0, 0])
      continue
    }
    const angle = (Math.PI * Number.parseInt(key, 10)) / 6
    const radius = key.endsWith('A') ? inner : outer
    heap(places, group.sort(byTempo), [Math.sin(angle) * radius, Math.cos(angle) * radius])
  }
  return places
}

/** Steps of energy in which heaps are told apart; they stand on a scale from 0 to 10. */
const ENERGIES = 10
const MIDDLE_ENERGY = 5.5
const SHAPE = 0.6

/** Slow on the left and fast on the right, calm below and energetic above; what has no tempo stands on the far left. */
export const placeByTempo = (tracks: readonly PlacedTrack[]): Float64Array => {
  const places = new Float64Array(2 * tracks.length)
  const tempi = tracks.flatMap(({ tempoBpm }) => (tempoBpm === null ? [] : [tempoBpm]))
  const [slowest, fastest] = tempi.reduce(([low, high], bpm) => [Math.min(low, bpm), Math.max(high, bpm)] as const, [
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
  ] as readonly [number, number])
  const groups = grouped(
    tracks,
    ({ tempoBpm, energy }) => `${tempoBpm === null ? '' : Math.round(tempoBpm)} ${energy ?? ''}`,
  )
  const widest = radiusOf(Math.max(1, ...[...groups.values()].map(({ length }) => length)))
  const span = Math.max(1, fastest - slowest)
  // As wide as the tracks need on the whole, but heaps of neighbouring tempi may touch.
  const width = Math.max(4 * widest, 3 * radiusOf(tracks.length))
  const height = Math.max(SHAPE * width, 2 * widest)
  const unknown = -width * SHAPE - 2 * widest
  for (const group of groups.values()) {
    const { tempoBpm, energy } = tracks[group[0]!]!
    const x = tempoBpm === null ? unknown : ((Math.round(tempoBpm) - slowest) / span - 0.5) * width
    const y = (((energy ?? MIDDLE_ENERGY) - MIDDLE_ENERGY) / ENERGIES) * height
    heap(places, group, [x, y])
  }
  return places
}

/** The same picture around 0, its longer side from −1 to 1. */
export const fitPlaces = (places: Float64Array): Float64Array => {
  const sides = [0, 1].map((axis) => {
    const values = places.filter((_, at) => at % 2 === axis)
    const [low, high] = [
      values.reduce((a, b) => Math.min(a, b), values[0] ?? 0),
      values.reduce((a, b) => Math.max(a, b), values[0] ?? 0),
    ]
    return { middle: (low + high) / 2, half: (high - low) / 2 }
  })
  const half = Math.max(...sides.map((side) => side.half)) || 1
  return places.map((value, at) => (value - sides[at % 2]!.middle) / half)
}
