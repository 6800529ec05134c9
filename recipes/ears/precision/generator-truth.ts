/** What the plan of a generated track says of its tags. */
import type { Tag, Truth } from './truth.ts'

/** Whether one of the sounds begins with one of the words. */
const has = (sounds: readonly string[], ...words: readonly string[]): boolean =>
  sounds.some((sound) => words.some((word) => sound.startsWith(word)))

type Asked = (sounds: readonly string[]) => Truth
const when =
  (...words: readonly string[]): Asked =>
  (sounds) =>
    has(sounds, ...words)
/** True with some sounds, not known with others, false with neither. */
const between =
  (yes: readonly string[], maybe: readonly string[]): Asked =>
  (sounds) =>
    has(sounds, ...yes) || (has(sounds, ...maybe) ? null : false)
const never: Asked = () => false
const always: Asked = () => true
const unknown: Asked = () => null

const DRUM_BUSES = ['kick', 'drums', 'tops']
const TOMS = ['drums drum_tom', 'tops drum_tom']
const TABLA = ['tops tabla']
const BREAK = ['tops loop_amen']
const CLUB = ['house', 'tech-house', 'vocal-house', 'techno', 'acid-techno', 'trance', 'hardstyle']
const genres = (names: readonly string[]): readonly string[] => names.map((name) => `genre ${name}`)

/** Tags of styles, of which drums are a part. */
const GENRE_TAGS: Readonly<Record<string, Asked>> = {
  electronic: between(genres(CLUB), ['genre']),
  techno: between(
    genres(['techno', 'acid-techno']),
    genres(['trance', 'hardstyle', 'tech-house', 'electro', 'breakbeat']),
  ),
  house: between(genres(['house', 'tech-house', 'vocal-house']), genres(['uk-garage', 'techno', 'electro-pop'])),
  dance: between(
    genres([...CLUB, 'electro-pop']),
    genres(['uk-garage', 'electro', 'synth-pop', 'breakbeat', 'drum-and-bass']),
  ),
  'hip-hop': between(genres(['hip-hop']), genres(['breakbeat', 'electro', 'dubstep'])),
  electro: between(genres(['electro', 'electro-pop']), ['genre']),
  pop: between(genres(['electro-pop', 'synth-pop']), genres(['vocal-house', 'uk-garage', 'hip-hop'])),
}

/** Of the tags in a group; what is not named is not there, for the generator has a score for all it plays. */
const GROUPS: Readonly<Record<string, { readonly rest: Asked; readonly tags: Readonly<Record<string, Asked>> }>> = {
  drum: {
    rest: never,
    tags: {
      'any drums': when(...DRUM_BUSES),
      'kick drum': when('kick'),
      'bass drum': when('kick'),
      'acoustic bass drum': between(['kick drum_'], ['kick', ...BREAK]),
      'snare drum': between(['drums sn_', 'drums drum_snare', 'drums elec_'], ['drums synth-clap', ...BREAK]),
      'acoustic snare': between(['drums drum_snare'], ['drums', ...BREAK]),
      'electric snare': between(['drums elec_', 'drums sn_'], ['drums', ...BREAK]),
      'hand clap': between(['drums synth-clap'], ['drums sn_', 'tops perc_snap']),
      'hi-hats': when('tops hat_', 'tops drum_cymbal', 'tops synth-open-hat'),
      ...Object.fromEntries(['closed hi-hat', 'open hi-hat', 'pedal hi-hat'].map((name) => [name, unknown])),
      cymbals: when('tops ride', 'tops drum_splash', 'tops drum_cymbal_soft'),
      ...Object.fromEntries(
        ['crash cymbal 1', 'crash cymbal 2', 'splash cymbal', 'chinese cymbal'].map((name) => [
          name,
          between([], ['tops drum_splash', ...BREAK]),
        ]),
      ),
      ...Object.fromEntries(
        ['ride cymbal 1', 'ride cymbal 2', 'ride bell'].map((name) => [name, between([], ['tops ride', ...BREAK])]),
      ),
      toms: between(TOMS, [...TABLA, ...BREAK, 'tops elec_plip']),
      ...Object.fromEntries(
        ['low floor tom', 'high floor tom', 'low tom', 'low-mid tom', 'high-mid tom', 'high tom'].map((name) => [
          name,
          between([], TOMS),
        ]),
      ),
      cowbell: between(['tops drum_cowbell'], ['tops elec_']),
      ...Object.fromEntries(
        ['hand drums', 'high bongo', 'low bongo', 'low conga', 'open high conga', 'muted high conga'].map((name) => [
          name,
          between([], [...TABLA, 'tops drum_tom', 'tops elec_']),
        ]),
      ),
      ...Object.fromEntries(
        ['triangles', 'open triangle', 'muted triangle'].map((name) => [
          name,
          between([], ['tops elec_triangle', 'tops elec_']),
        ]),
      ),
      ...Object.fromEntries(
        ['wood percussion', 'claves', 'high wood block', 'low wood block', 'side stick'].map((name) => [
          name,
          between([], ['tops elec_', 'tops perc_snap']),
        ]),
      ),
    },
  },
  gm: {
    // Its synthesised voices are like some programs of General MIDI; the acoustic ones it cannot play.
    rest: never,
    tags: {
      ...Object.fromEntries(
        [
          ...[
            'electric piano 1',
            'electric piano 2',
            'drawbar organ',
            'percussive organ',
            'synth bass 1',
            'synth bass 2',
          ],
          ...[
            'square lead',
            'brightness effect',
            'synth drum',
            'voice oohs',
            'choir aahs',
            'synth brass 1',
            'echoes effect',
          ],
          ...['fingered bass', 'picked bass', 'slap bass 1', 'slap bass 2', 'taiko drum', 'clavinet', 'melodic tom'],
        ].map((name) => [name, unknown]),
      ),
    },
  },
  family: {
    rest: unknown,
    tags: Object.fromEntries(
      ['guitars', 'brass', 'reeds', 'pipes', 'solo strings', 'ethnic instruments', 'sound effects'].map((name) => [
        name,
        never,
      ]),
    ),
  },
  synth: {
    rest: never,
    tags: {
      'sub bass': between(['bass sub', 'bass boom'], ['bass']),
      'reese bass': between(['bass reese'], ['bass saw', 'bass wobble']),
      'wobble bass': when('bass wobble'),
      'acid line': when('bass acid'),
      'fm bass': unknown,
      supersaw: between(['chords supersaw'], ['lead saw']),
      'synth pad': when('pad'),
      'synth pluck': between(['lead pluck', 'arp'], ['bass pluck', 'chords stab']),
      'synth arpeggio': when('arp'),
      'chord stab': when('chords stab'),
      'square lead synth': when('lead square'),
      'saw lead synth': between(['lead saw'], ['chords supersaw']),
      'fm bell': between(['lead bell'], ['chords electric-piano']),
      'formant voice synth': when('voice'),
      'organ synth': when('chords organ'),
    },
  },
  event: {
    rest: never,
    tags: {
      riser: when('effect riser'),
      downlifter: when('effect downlifter'),
      'impact hit': when('effect impact'),
      'build-up roll': when('roll'),
      'filter sweep up': between(['sweep low-pass-hz up'], ['sweep high-pass-hz']),
      'filter sweep down': between(['sweep low-pass-hz down'], ['sweep high-pass-hz']),
      'side-chain pumping': between([], ['kick']),
      ...Object.fromEntries(
        ['stutter', 'silence gap', 'noise burst', 'vinyl crackle', 'trance gate'].map((name) => [name, unknown]),
      ),
    },
  },
  effect: {
    rest: never,
    tags: Object.fromEntries(
      [
        'reverberant',
        'echo',
        'distorted',
        'clipped',
        'low-passed',
        'high-passed',
        'reversed audio',
        'noisy recording',
        'tremolo',
        'quiet recording',
      ].map((name) => [name, unknown]),
    ),
  },
  pattern: {
    rest: unknown,
    tags: {
      'drum loop': when(...DRUM_BUSES),
      'boom bap beat': when('genre hip-hop'),
      breakbeat: between(['genre breakbeat', ...BREAK], ['genre drum-and-bass', 'genre electro', 'genre uk-garage']),
      'drum and bass beat': when('genre drum-and-bass'),
      'half-time beat': when('genre dubstep'),
      'two-step beat': between(['genre uk-garage'], ['genre drum-and-bass']),
      'trap beat': between([], ['genre hip-hop', 'genre dubstep']),
      'reggaeton beat': never,
      'snare roll': when('roll'),
    },
  },
  sound: { rest: never, tags: {} },
  speech: { rest: between([], ['voice']), tags: {} },
  music: {
    rest: unknown,
    tags: {
      ...Object.fromEntries(
        [
          ...[
            'rock',
            'alternative',
            'indie',
            'alternative rock',
            'jazz',
            'metal',
            'classic rock',
            'indie rock',
            'folk',
            'punk',
            'oldies',
            'blues',
          ],
          ...[
            'hard rock',
            'acoustic',
            'guitar',
            'country',
            'heavy metal',
            'progressive rock',
            'classical',
            'classic',
            'opera',
            'indian',
            'sitar',
          ],
          ...['violin', 'cello', 'harp', 'flute', 'choral', 'strings', 'new age'],
        ].map((name) => [name, never]),
      ),
      ...GENRE_TAGS,
      synth: always,
      ...Object.fromEntries(['drums', 'beat', 'beats'].map((name) => [name, when(...DRUM_BUSES)])),
      piano: between([], ['chords electric-piano']),
      ...Object.fromEntries(['vocal', 'vocals', 'voice', 'singing'].map((name) => [name, when('voice')])),
      ...Object.fromEntries(
        [
          ...[
            'female vocalists',
            'female vocalist',
            'female vocal',
            'male vocalists',
            'male vocal',
            'male voice',
            'male',
            'man',
            'choir',
          ],
        ].map((name) => [name, between([], ['voice'])]),
      ),
      ...Object.fromEntries(
        ['instrumental', 'no voice'].map((name) => [name, (sounds: readonly string[]) => !has(sounds, 'voice')]),
      ),
    },
  },
}

export const generatorTruth = ({ name, group }: Tag, sounds: readonly string[]): Truth => {
  const known = GROUPS[group]
  if (known === undefined) return null
  const truth = (known.tags[name] ?? known.rest)(sounds)
  if (has(sounds, ...DRUM_BUSES)) return truth
  // Without its drums a track has no pattern of them, and its style is in doubt.
  if (group === 'pattern') return false
  return truth === true && name in GENRE_TAGS ? null : truth
}
