/** What a MIDI file says of the tags of its rendering. */
import { DRUM_GROUPS, FAMILIES, FIRST_DRUM_KEY, INSTRUMENTS, PERCUSSION } from './general-midi-names.ts'
import type { MidiFacts } from './midi-facts.ts'
import type { Tag, Truth } from './truth.ts'

type Sounds = { readonly is: readonly number[]; readonly maybe?: readonly number[] }
const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at)
const CHOIRS = range(52, 54)
/** Programs that listeners call by these names, and those that some would. */
const HEARD_AS: Readonly<Record<string, Sounds>> = {
  piano: { is: range(0, 3), maybe: range(4, 7) },
  guitar: { is: range(24, 30), maybe: [31, 120] },
  violin: { is: [40, 110], maybe: [41, 44, 45, 48, 49] },
  cello: { is: [42], maybe: [41, 43, 48, 49] },
  strings: { is: [...range(40, 45), 48, 49], maybe: [50, 51, 110] },
  flute: { is: [72, 73, 74, 75, 77], maybe: [76, 78, 79] },
  harp: { is: [46], maybe: [15, 107, 108] },
  sitar: { is: [104], maybe: [105, 106, 107] },
  synth: { is: [38, 39, 50, 51, 62, 63, ...range(80, 103)], maybe: [5, 54] },
  ...Object.fromEntries(['choir', 'choral'].map((name) => [name, { is: [52, 53], maybe: [54, 85, 91] }])),
  ...Object.fromEntries(
    ['vocal', 'vocals', 'voice', 'singing', 'opera', 'male', 'man', 'male vocal', 'male voice', 'male vocalists'].map(
      (name) => [name, { is: [], maybe: [...CHOIRS, 85, 91] }],
    ),
  ),
  ...Object.fromEntries(
    ['female vocal', 'female vocalist', 'female vocalists'].map((name) => [
      name,
      { is: [], maybe: [...CHOIRS, 85, 91] },
    ]),
  ),
}
const DRUMS = ['drums', 'beat', 'beats']
/** Styles that the name of a piece gives away. */
const STYLE_WORDS = ['jazz', 'rock', 'blues', 'country', 'folk', 'metal', 'funk', 'soul', 'punk', 'pop', 'classical']
const DANCE_WORDS = /house|techno|trance|dance|disco|club|beat|hop|rap|electro|synth/i
/** Synthesisers of the generators sound much like these programs. */
const SYNTHESISED = [38, 39, 50, 51, 54, 62, 63, ...range(80, 103)]
/** What these events sound like is an instrument too. */
const EVENT_PROGRAMS: Readonly<Record<string, readonly number[]>> = {
  'reverse cymbal swell': [119],
  'impact hit': [55, 116, 118, 127],
  'noise burst': [121, 122, 127],
  'laser zap': [103, 118],
  'siren synth': [103],
  riser: [95, 119, 122],
}
/** A reverberating hall is part of the renderer, and pauses and levels are part of music. */
const UNKNOWN_EFFECTS = ['reverberant', 'echo', 'quiet recording', 'silence gap', 'stutter', 'side-chain pumping']

const uses = (used: readonly number[], wanted: readonly number[]): boolean => wanted.some((one) => used.includes(one))

const musicTruth = (name: string, { programs, drumKeys }: MidiFacts, id: string): Truth => {
  const sounds = HEARD_AS[name]
  if (sounds) return uses(programs, sounds.is) || (uses(programs, sounds.maybe ?? []) ? null : false)
  if (DRUMS.includes(name)) return drumKeys.length > 0
  if (name === 'instrumental' || name === 'no voice') return uses(programs, [...CHOIRS, 85, 91]) ? null : true
  if (STYLE_WORDS.includes(name)) return new RegExp(name, 'i').test(id) || null
  if (['techno', 'house', 'indian', 'hip-hop'].includes(name)) return DANCE_WORDS.test(id) ? null : false
  return null
}

export const scoreTruth = ({ name, group }: Tag, facts: MidiFacts, id: string): Truth => {
  const { programs, drumKeys } = facts
  switch (group) {
    case 'gm':
      return programs.includes(INSTRUMENTS.indexOf(name))
    case 'family':
      return programs.some((program) => FAMILIES[program >> 3] === name)
    case 'drum': {
      const places = DRUM_GROUPS[name] ?? [PERCUSSION.indexOf(name)]
      return uses(
        drumKeys,
        places.map((place) => place + FIRST_DRUM_KEY),
      )
    }
    case 'pattern':
      if (drumKeys.length === 0) return false
      return name === 'drum loop' ? true : null
    case 'synth':
      return uses(programs, SYNTHESISED) ? null : false
    case 'event':
    case 'effect':
      if (UNKNOWN_EFFECTS.includes(name)) return null
      if (['distorted', 'clipped'].includes(name) && uses(programs, [29, 30, 84])) return null
      if (name === 'tremolo' && uses(programs, [44, ...range(16, 20)])) return null
      return uses(programs, EVENT_PROGRAMS[name] ?? []) ? null : false
    case 'sound':
    case 'speech':
      return uses(programs, range(120, 127)) ? null : false
    case 'music':
      return musicTruth(name, facts, id)
    default:
      return null
  }
}
