/**
 * @file What a thread needs of a track to judge transitions as the track's own page does, as bytes that lie in memory which threads share.
 * Conventions: the length of a head, the head as JSON, then tables one behind the other, those of floats first and at whole words, so that
 * they are read where they lie; numbers as this machine has them.
 */
import type { Sound } from '../similarity/sound-table.ts'
import { BAR_TABLES, type BarSounds } from './bar-sounds.ts'
import type { MixProfile } from './mix-profile.ts'
import type { WaySounds } from './way-sounds.ts'

export type JudgedTrack = { readonly profile: MixProfile; readonly sounds: WaySounds }

const BAR_NAMES = Object.keys(BAR_TABLES) as readonly (keyof typeof BAR_TABLES)[]
const HEAD_BYTES = Uint32Array.BYTES_PER_ELEMENT
const WORD_BYTES = Float32Array.BYTES_PER_ELEMENT
const wholeWords = (bytes: number): number => WORD_BYTES * Math.ceil(bytes / WORD_BYTES)

type Head = Pick<MixProfile, 'grid' | 'camelot' | 'tuningCents' | 'gain' | 'parts' | 'places'> & {
  readonly bars: number | null
  /** Bytes of each table; null where there is none. */
  readonly lengths: readonly (number | null)[]
}

const bytesOf = (numbers: Float32Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
const numbersIn = ({ buffer, byteOffset, length }: Uint8Array): Float32Array =>
  new Float32Array(buffer, byteOffset, length / WORD_BYTES)

const soundTables = ({ out, into }: WaySounds): readonly (Uint8Array | null)[] =>
  [...out, ...into].flatMap((sound) => [
    sound?.features ? bytesOf(sound.features) : null,
    sound?.embedding ? bytesOf(sound.embedding) : null,
  ])

/** Of three ways out and two ways in, the features and the embedding. */
const SOUND_TABLES = 10

export const encodeJudged = ({ profile, sounds }: JudgedTrack): Uint8Array => {
  const { grid, camelot, tuningCents, gain, parts, places, energyCurve, fullBass, voice, sounds: bars } = profile
  const tables = [
    bytesOf(Float32Array.from(energyCurve)),
    ...soundTables(sounds),
    fullBass,
    voice,
    ...BAR_NAMES.map((name) => bars?.[name] ?? null),
  ]
  const lengths = tables.map((table) => table?.length ?? null)
  const head: Head = { grid, camelot, tuningCents, gain, parts, places, bars: bars?.bars ?? null, lengths }
  const json = new TextEncoder().encode(JSON.stringify(head))
  // A space behind JSON is none of its text.
  const text = new Uint8Array(wholeWords(json.length)).fill(0x20)
  text.set(json)
  const bytes = new Uint8Array(
    HEAD_BYTES + text.length + lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0),
  )
  new DataView(bytes.buffer).setUint32(0, text.length)
  bytes.set(text, HEAD_BYTES)
  let at = HEAD_BYTES + text.length
  for (const table of tables) {
    if (table) bytes.set(table, at)
    at += table?.length ?? 0
  }
  return bytes
}

export const decodeJudged = (bytes: Uint8Array): JudgedTrack => {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  let at = HEAD_BYTES + length
  // A decoder does not read memory that is shared.
  const { lengths, bars, ...head } = JSON.parse(new TextDecoder().decode(bytes.slice(HEAD_BYTES, at))) as Head
  const tables = lengths.map((long) => {
    if (long === null) return null
    at += long
    return bytes.subarray(at - long, at)
  })
  const energies = tables[0]!
  const [fullBass, voice, ...rest] = tables.slice(1 + SOUND_TABLES)
  const sounding = Object.fromEntries(BAR_NAMES.map((name, place) => [name, rest[place]])) as Omit<BarSounds, 'bars'>
  const soundAt = (nth: number): Sound | null => {
    const [features, embedding] = [1, 2].map((part) => tables[2 * nth + part] ?? null)
    return features || embedding
      ? { features: features ? numbersIn(features) : null, embedding: embedding ? numbersIn(embedding) : null }
      : null
  }
  return {
    profile: {
      ...head,
      energyCurve: [...numbersIn(energies)],
      fullBass: fullBass!,
      voice: voice!,
      sounds: bars === null ? null : { bars, ...sounding },
    },
    sounds: { out: [soundAt(0), soundAt(1), soundAt(2)], into: [soundAt(3), soundAt(4)] },
  }
}

/** Where bytes lie in shared memory. */
export type SharedPlace = { readonly memory: SharedArrayBuffer; readonly first: number; readonly length: number }

/** Of many small pieces, so that a thread is given few. */
const CHUNK_BYTES = 1 << 20

/** Memory that grows by chunks; a chunk lives as long as somebody holds a place in it. */
export const sharedMemory = (): ((bytes: Uint8Array) => SharedPlace) => {
  let [memory, end] = [new SharedArrayBuffer(0), 0]
  return (bytes) => {
    if (end + bytes.length > memory.byteLength)
      [memory, end] = [new SharedArrayBuffer(Math.max(CHUNK_BYTES, bytes.length)), 0]
    new Uint8Array(memory, end, bytes.length).set(bytes)
    const first = end
    end += wholeWords(bytes.length)
    return { memory, first, length: bytes.length }
  }
}
