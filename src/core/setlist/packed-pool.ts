/**
 * @file The ends of many tracks and their sounds in memory that threads share: to copy the records of a large library from one thread to
 * another would keep everybody waiting.
 * Conventions: NaN is what is not known.
 */
import type { Sound } from '../similarity/sound-table.ts'
import type { ReachingTrack } from './beside-hand.ts'
import { byStyle, MIX_STYLES, type MixStyle } from './mix-styles.ts'
import { KEYS, type MixEnds, mixFacts } from './transition-table.ts'

export type SoundingTrack = ReachingTrack & { readonly outSound: Sound; readonly inSound: Sound }

export type PackedPool = {
  readonly count: number
  /** Numbers of the two parts of a sound. */
  readonly widths: readonly [features: number, embedding: number]
  /** Shape (count, `TRACK_NUMBERS`). */
  readonly ends: Float64Array
  /** Shape (count, 2, features + embedding): the end of each track, then its beginning. */
  readonly sounds: Float32Array
}

const SIDES = ['out', 'into'] as const
/** Key, tempo and tuning of a track, and how long it is heard alone at least. */
const FACTS = 4
/** Bars of an end, 0 where there is none, its energy, voice, bass and bars with a voice, and how far windows over it reach. */
const END_NUMBERS = 6
const TRACK_NUMBERS = FACTS + SIDES.length * MIX_STYLES.length * END_NUMBERS
const REACHES = { out: 'leavesAt', into: 'entersBy' } as const
const SOUND_SIDES = ['outSound', 'inSound'] as const

const known = (value: number | null | undefined): number => value ?? Number.NaN
const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)

/** Room for the ends of so many tracks; `put` fills it one by one. */
export const packPool = (
  count: number,
  widths: PackedPool['widths'],
): { readonly pool: PackedPool; readonly put: (at: number, track: SoundingTrack) => void } => {
  const [features, embedding] = widths
  const width = features + embedding
  const ends = new Float64Array(new SharedArrayBuffer(count * TRACK_NUMBERS * Float64Array.BYTES_PER_ELEMENT)).fill(
    Number.NaN,
  )
  const sounds = new Float32Array(new SharedArrayBuffer(count * 2 * width * Float32Array.BYTES_PER_ELEMENT)).fill(
    Number.NaN,
  )
  const put = (at: number, track: SoundingTrack): void => {
    const facts = mixFacts(track)
    const numbers = SIDES.flatMap((side) =>
      MIX_STYLES.flatMap((style) => {
        const end = track[side][style]
        return [
          end?.bars ?? 0,
          known(end?.energy),
          known(end?.voice),
          known(end?.bass),
          known(end?.voiceBars),
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
  return { pool: { count, widths, ends, sounds }, put }
}

const endsAt = (numbers: Float64Array, side: number): MixEnds => {
  const [key, tempo, cents] = numbers as unknown as [number, number, number]
  const facts = { tempoBpm: orNull(tempo), camelot: KEYS[key] ?? null, tuningCents: orNull(cents) }
  const endOf = (style: number): MixEnds[MixStyle] => {
    const first = FACTS + (side * MIX_STYLES.length + style) * END_NUMBERS
    const [bars, energy, voice, bass, voiceBars] = numbers.subarray(first, first + END_NUMBERS) as unknown as number[]
    return bars! > 0
      ? {
          ...facts,
          energy: orNull(energy!),
          voice: orNull(voice!),
          bass: orNull(bass!),
          bars: bars!,
          voiceBars: orNull(voiceBars!) ?? undefined,
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
