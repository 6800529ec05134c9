/**
 * @file The ends of many tracks and their sounds in memory that threads share: to copy the records of a large library from one thread to
 * another would keep everybody waiting.
 * Conventions: NaN is what is not known.
 */
import type { Sound, SoundScale } from '../similarity/sound-table.ts'
import type { ReachingTrack } from './beside-hand.ts'
import { type PairWish, scorePair } from './best-window.ts'
import { decodeJudged, type JudgedTrack, type SharedPlace } from './judged-track.ts'
import { byStyle, MIX_STYLES, type MixStyle } from './mix-styles.ts'
import { KEYS, type MixEnds, type MixTrack, mixFacts } from './transition-table.ts'
import { wayDistance } from './way-sounds.ts'

export type SoundingTrack = ReachingTrack & { readonly outSound: Sound; readonly inSound: Sound }
/** With all that its transitions are judged by. */
export type PackedTrack = SoundingTrack & { readonly judged: SharedPlace }

export type PackedPool = {
  readonly count: number
  /** Numbers of the two parts of a sound. */
  readonly widths: readonly [features: number, embedding: number]
  /** Shape (count, `TRACK_NUMBERS`). */
  readonly ends: Float64Array
  /** Shape (count, 2, features + embedding): the end of each track, then its beginning. */
  readonly sounds: Float32Array
  /** What sounds are measured by; null where the library is too small to tell. */
  readonly scale: SoundScale | null
  /** What tracks are judged by: memory, and for each track which of it, from where on and how long. */
  readonly memories: readonly SharedArrayBuffer[]
  readonly judged: Float64Array
}

const SIDES = ['out', 'into'] as const
/** Key, tempo and tuning of a track, and how long it is heard alone at least. */
const FACTS = 4
/** Bars of an end, 0 where there is none, its energy, voice and bass, and how far windows over it reach. */
const END_NUMBERS = 5
const TRACK_NUMBERS = FACTS + SIDES.length * MIX_STYLES.length * END_NUMBERS
const REACHES = { out: 'leavesAt', into: 'entersBy' } as const
const SOUND_SIDES = ['outSound', 'inSound'] as const

/** Which memory, from where on, how long. */
const JUDGED_NUMBERS = 3

const known = (value: number | null | undefined): number => value ?? Number.NaN
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** Room for the ends of so many tracks; `put` fills it one by one. */
export const packPool = (
  count: number,
  widths: PackedPool['widths'],
  scale: SoundScale | null,
): { readonly pool: PackedPool; readonly put: (at: number, track: PackedTrack) => void } => {
  const [features, embedding] = widths
  const width = features + embedding
  const ends = new Float64Array(new SharedArrayBuffer(count * TRACK_NUMBERS * Float64Array.BYTES_PER_ELEMENT)).fill(
    Number.NaN,
  )
  const sounds = new Float32Array(new SharedArrayBuffer(count * 2 * width * Float32Array.BYTES_PER_ELEMENT)).fill(
    Number.NaN,
  )
  const memories: SharedArrayBuffer[] = []
  const placeOf = new Map<SharedArrayBuffer, number>()
  const judged = new Float64Array(new SharedArrayBuffer(count * JUDGED_NUMBERS * Float64Array.BYTES_PER_ELEMENT))
  const put = (at: number, track: PackedTrack): void => {
    const { memory, first: begin, length } = track.judged
    if (!placeOf.has(memory)) placeOf.set(memory, memories.push(memory) - 1)
    judged.set([placeOf.get(memory)!, begin, length], at * JUDGED_NUMBERS)
    const facts = mixFacts(track)
    const numbers = SIDES.flatMap((side) =>
      MIX_STYLES.flatMap((style) => {
        const end = track[side][style]
        return [
          end?.bars ?? 0,
          known(end?.energy),
          known(end?.voice),
          known(end?.bass),
          known(track[REACHES[side]][style]),
        ]
      }),
    )
    const key = facts?.camelot ? KEYS.indexOf(facts.camelot.toUpperCase()) : -1
    ends.set([key, known(facts?.tempoBpm), known(facts?.tuningCents), track.aloneBeats, ...numbers], at * TRACK_NUMBERS)
    for (const [side, name] of SOUND_SIDES.entries()) {
      const first = (at * 2 + side) * width
      // A part of another length was made by another network or specification, and cannot be compared.
      if (track[name].features?.length === features) sounds.set(track[name].features, first)
      if (track[name].embedding?.length === embedding) sounds.set(track[name].embedding, first + features)
    }
  }
  return { pool: { count, widths, ends, sounds, scale, memories, judged }, put }
}

const endsAt = (numbers: Float64Array, side: number): MixEnds => {
  const [key, tempo, cents] = numbers as unknown as [number, number, number]
  const facts = { tempoBpm: orNull(tempo), camelot: KEYS[key] ?? null, tuningCents: orNull(cents) }
  const endOf = (style: number): MixEnds[MixStyle] => {
    const first = FACTS + (side * MIX_STYLES.length + style) * END_NUMBERS
    const [bars, energy, voice, bass] = numbers.subarray(first, first + END_NUMBERS) as unknown as number[]
    return bars! > 0
      ? {
          ...facts,
          energy: orNull(energy!),
          voice: orNull(voice!),
          bass: orNull(bass!),
          bars: bars!,
        }
      : null
  }
  return Object.fromEntries(MIX_STYLES.map((style, at) => [style, endOf(at)])) as MixEnds
}

const reachAt = (numbers: Float64Array, side: number): SoundingTrack['leavesAt'] =>
  byStyle((_, at) => orNull(numbers[FACTS + (side * MIX_STYLES.length + at) * END_NUMBERS + END_NUMBERS - 1]!))

const partAt = (sounds: Float32Array, first: number, width: number): Float32Array | null =>
  width === 0 || Number.isNaN(sounds[first]) ? null : sounds.subarray(first, first + width)

/** The tracks of a pool; their sounds stay where they are. */
export const unpackPool = ({ count, widths, ends, sounds }: PackedPool): readonly SoundingTrack[] => {
  const [features, embedding] = widths
  const soundAt = (at: number, side: number): Sound => {
    const first = (at * 2 + side) * (features + embedding)
    return { features: partAt(sounds, first, features), embedding: partAt(sounds, first + features, embedding) }
  }
  return Array.from({ length: count }, (_, at) => {
    const numbers = ends.subarray(at * TRACK_NUMBERS, (at + 1) * TRACK_NUMBERS)
    return {
      out: endsAt(numbers, 0),
      into: endsAt(numbers, 1),
      leavesAt: reachAt(numbers, 0),
      entersBy: reachAt(numbers, 1),
      aloneBeats: numbers[FACTS - 1]!,
      outSound: soundAt(at, 0),
      inSound: soundAt(at, 1),
    }
  })
}

/** So many tracks are kept at hand. */
const MOST_DECODED = 2000

/** What each track of a pool is judged by. */
export const judgedTracks = ({ memories, judged }: PackedPool): ((track: number) => JudgedTrack) => {
  const decoded = new Map<number, JudgedTrack>()
  return (track) => {
    const before = decoded.get(track)
    if (before !== undefined) return before
    const [memory, first, length] = judged.subarray(track * JUDGED_NUMBERS, (track + 1) * JUDGED_NUMBERS)
    const found = decodeJudged(new Uint8Array(memories[memory!]!, first, length))
    decoded.set(track, found)
    if (decoded.size > MOST_DECODED) decoded.delete(decoded.keys().next().value!)
    return found
  }
}

/**
 * Scores transitions of a pool as each pair scores by itself; negative by `scoreOfObstacle` where none goes.
 * @param ways of the tracks that may be chosen; all where left out
 */
export const judgePairs = (
  pool: PackedPool,
  wish: Omit<PairWish, 'isOpen'> = {},
  ways?: readonly MixTrack[],
): ((from: number, to: number) => number) => {
  const judgedOf = judgedTracks(pool)
  return (from, to) => {
    const [one, other] = [judgedOf(from), judgedOf(to)]
    const isOpen = (style: MixStyle): boolean =>
      ways === undefined || (ways[from]!.out[style] !== null && ways[to]!.into[style] !== null)
    const distanceOf = (style: MixStyle): number | null => wayDistance(pool.scale, style, [one.sounds, other.sounds])
    return scorePair(one.profile, other.profile, distanceOf, { ...wish, isOpen })
  }
}
