/** PSSI: the phrases that rekordbox's own analysis finds. Drives have it garbled by a mask that the number of phrases shifts. */
import type { SectionKind } from '../../../labels/section-kind.ts'
import type { Beats, Seconds } from '../../../units/units.ts'
import { ByteReader } from '../byte-reader.ts'
import type { ForeignPhrase } from '../foreign-library.ts'
import type { WarningTally } from '../warning-tally.ts'
import type { AnlzPart } from './anlz-file.ts'

const MASK = [
  0xcb, 0xe1, 0xee, 0xfa, 0xe5, 0xee, 0xad, 0xee, 0xe9, 0xd2, 0xe9, 0xeb, 0xe1, 0xe9, 0xf3, 0xe8, 0xe9, 0xf4, 0xe1,
] as const
const MASK_FROM = 0x12
const FIRST_PHRASE_AT = 0x20
const LEAST_PHRASE_BYTES = 24
const HIGH_MOOD = 1
const MID_MOOD = 2
const LOW_MOOD = 3
/** How often each mood's names meant the kind: the reference of formats, 1.0. */
const CONFIDENCE_HIGH_MOOD = 0.6
const CONFIDENCE_OTHER_MOODS = 0.45

type Phrase = { readonly name: string; readonly kind: SectionKind | null }
type Flags = { readonly k1: number; readonly k2: number; readonly k3: number }

const numbered = (name: string, { k1 }: Flags): string => `${name} ${k1 === 1 ? 1 : 2}`

const HIGH_MOOD_PHRASES: Readonly<Record<number, (flags: Flags) => Phrase>> = {
  1: (flags) => ({ name: numbered('Intro', flags), kind: 'intro' }),
  2: ({ k2, k3 }) => ({ name: `Up ${k2 === 1 ? 3 : k3 === 1 ? 2 : 1}`, kind: 'build' }),
  3: () => ({ name: 'Down', kind: 'break' }),
  5: (flags) => ({ name: numbered('Chorus', flags), kind: 'drop' }),
  6: (flags) => ({ name: numbered('Outro', flags), kind: 'outro' }),
}
const OTHER_PHRASES: Readonly<Record<number, (mood: number) => Phrase>> = {
  1: () => ({ name: 'Intro', kind: 'intro' }),
  ...Object.fromEntries(
    [2, 3, 4, 5, 6, 7].map((verse) => [
      verse,
      (mood: number) => ({ name: `Verse ${mood === MID_MOOD ? verse - 1 : verse <= 4 ? 1 : 2}`, kind: 'verse' }),
    ]),
  ),
  8: () => ({ name: 'Bridge', kind: 'break' }),
  9: () => ({ name: 'Chorus', kind: 'chorus' }),
  10: () => ({ name: 'Outro', kind: 'outro' }),
}

const phraseOf = (mood: number, number: number, flags: Flags): Phrase =>
  (mood === HIGH_MOOD ? HIGH_MOOD_PHRASES[number]?.(flags) : OTHER_PHRASES[number]?.(mood)) ?? {
    name: `Phrase ${number}`,
    kind: null,
  }

const isMood = (mood: number): boolean => mood >= HIGH_MOOD && mood <= LOW_MOOD

/** @returns the part without the mask, where it has one */
const unmask = (reader: ByteReader): ByteReader => {
  if (isMood(reader.u16(MASK_FROM))) return reader
  const count = reader.u16(0x10)
  const plain = reader.bytes.map((byte, at) =>
    at < MASK_FROM ? byte : byte ^ ((MASK[(at - MASK_FROM) % MASK.length]! + count) & 0xff),
  )
  return new ByteReader(plain, 'big')
}

/** Where beat N, from 1, lies; beats past the last go on at the last interval. */
const secondsOf = (beats: readonly Seconds[], beat: number): Seconds => {
  const [last, before] = [beats.at(-1)!, beats.at(-2)!]
  return beats[beat - 1] ?? last + (beat - beats.length) * (last - before)
}

type Start = Phrase & { readonly beat: Beats }

const readStarts = (reader: ByteReader, count: number, stride: number, mood: number): Start[] =>
  Array.from({ length: count }, (_, index) => {
    const at = FIRST_PHRASE_AT + index * stride
    const flags = { k1: reader.u8(at + 7), k2: reader.u8(at + 9), k3: reader.u8(at + 0x13) }
    return { beat: reader.u16(at + 2), ...phraseOf(mood, reader.u16(at + 4), flags) }
  })

/** @param beats of the same track's grid: phrases count them from 1 */
export const anlzPhrases = (
  parts: readonly AnlzPart[],
  beats: readonly Seconds[],
  place: string,
  warnings: WarningTally,
): ForeignPhrase[] => {
  const masked = parts.find(({ name }) => name === 'PSSI')?.reader
  if (masked === undefined || !masked.has(0, FIRST_PHRASE_AT)) return []
  if (beats.length < 2) {
    warnings.add('Phrases are left out, because their track has no grid.', place)
    return []
  }
  const reader = unmask(masked)
  const mood = reader.u16(MASK_FROM)
  if (!isMood(mood)) {
    warnings.add('Phrases are left out, because they have no mood that is known.', place)
    return []
  }
  const promised = reader.u16(0x10)
  const stride = Math.max(LEAST_PHRASE_BYTES, reader.u32(0x0c))
  const count = Math.min(promised, Math.floor((reader.length - FIRST_PHRASE_AT) / stride))
  if (count < promised) warnings.add('A track has fewer phrases than it says.', place)
  const starts = readStarts(reader, count, stride, mood).toSorted((a, b) => a.beat - b.beat)
  return starts.flatMap(({ beat, name, kind }, index) => {
    const end = starts[index + 1]?.beat ?? reader.u16(0x1a)
    if (beat < 1 || end <= beat) {
      warnings.add('A phrase that is empty is left out.', place)
      return []
    }
    return {
      startBeat: beat - 1,
      endBeat: end - 1,
      startSeconds: secondsOf(beats, beat),
      endSeconds: secondsOf(beats, end),
      name,
      kind,
      confidence: mood === HIGH_MOOD ? CONFIDENCE_HIGH_MOOD : CONFIDENCE_OTHER_MOODS,
    }
  })
}
