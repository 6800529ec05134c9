/** The packages of Debian main whose music is heard, and what is known of the music in some of them. */

/** Renderings of their scores: what plays is known note by note. */
export const SCORES = ['mma-grooves', 'freedoom', 'openttd-openmsx', 'kobodeluxe-data', 'liquidwar-data'] as const

const ROCK = ['rock', 'alternative rock', 'classic rock', 'indie rock', 'hard rock', 'punk', 'metal', 'heavy metal']
const CLUB = ['techno', 'house', 'dance', 'electro', 'hip-hop', 'electronic', 'electronica']
/** Of a singer, an ensemble or a place that machine-made dance music has not. */
const ACOUSTIC = [
  ...[
    'opera',
    'choral',
    'classical',
    'classic',
    'country',
    'folk',
    'blues',
    'jazz',
    'soul',
    'acoustic',
    'oldies',
    'indian',
  ],
  ...['sitar', 'violin', 'cello', 'harp', 'flute', 'easy listening', '60s', '70s', 'indie pop', 'progressive rock'],
]

type Style = {
  readonly is: readonly string[]
  readonly cannotBe: readonly string[]
  /** Whether it is made for dancing, as what DJs play is. */
  readonly dance: boolean
}

export const STYLES = {
  /** Techno, drum and bass, trance and breakbeat without singers. */
  electronic: {
    is: ['electronic', 'synth', 'beat'],
    cannotBe: [...ACOUSTIC, 'classic rock', 'country', 'punk', 'hard rock', 'male vocalists', 'female vocalists'],
    dance: true,
  },
  /** Modules of the demo scene: samples of anything, sequenced. */
  tracker: { is: [], cannotBe: ['opera', 'country', 'choral', 'male vocalists', 'female vocalists'], dance: true },
  /** Scores for films and games: an orchestra, real or sampled, at times with a choir. */
  orchestral: {
    is: ['classical', 'instrumental'],
    cannotBe: [
      ...CLUB,
      ...ROCK,
      'blues',
      'country',
      'soul',
      'funk',
      'rnb',
      'reggaeton beat',
      'trap beat',
      'four on the floor',
    ],
    dance: false,
  },
  metal: {
    is: ['metal', 'rock', 'hard rock', 'heavy metal', 'guitar', 'drums', 'loud'],
    cannotBe: [...CLUB, ...ACOUSTIC, 'ambient', 'funk', 'rnb', 'new age', 'chillout', 'chill', 'choir', 'piano'],
    dance: false,
  },
} as const satisfies Readonly<Record<string, Style>>
export type StyleName = keyof typeof STYLES

/** Null where the pieces differ, or where nobody says what they are. */
export const PACKAGES: Readonly<Record<string, StyleName | null>> = {
  ...Object.fromEntries(
    [
      ...[
        'gunroar-data',
        'mu-cade-data',
        'noiz2sa-data',
        'parsec47-data',
        'rrootage-data',
        'titanion-data',
        'torus-trooper-data',
      ],
      ...['val-and-rick-data', 'nexuiz-music', 'wizznic-data'],
    ].map((name) => [name, 'electronic'] as const),
  ),
  ...Object.fromEntries(
    [
      ...[
        'bomberclone-data',
        'criticalmass-data',
        'heroes-sound-tracks',
        'ironseed-data',
        'pekka-kana-2-data',
        'pingus-data',
      ],
      ...['rafkill-data', 'tecnoballz-data'],
    ].map((name) => [name, 'tracker'] as const),
  ),
  ...Object.fromEntries(
    ['wesnoth-1.16-music', 'lordsawar-data', 'unknown-horizons', 'widelands-data', 'freecol'].map(
      (name) => [name, 'orchestral'] as const,
    ),
  ),
  ...Object.fromEntries(
    ['fretsonfire-songs-muldjord', 'fretsonfire-songs-sectoid'].map((name) => [name, 'metal'] as const),
  ),
  ...Object.fromEntries(
    [
      ...[
        'alienblaster-data',
        'amoebax-data',
        'angrydd',
        'ardentryst',
        'asc-music',
        'asterisk-moh-opsound-wav',
        'boswars-data',
      ],
      ...[
        'brainparty-data',
        'btanks-data',
        'bzflag-data',
        'caveexpress-data',
        'chromium-bsu-data',
        'colobot-common-sounds',
      ],
      ...[
        'cube2-data',
        'davegnukem-data',
        'dustracing2d-data',
        'endless-sky-data',
        'enigma-data',
        'extremetuxracer-data',
      ],
      ...[
        'fb-music-high',
        'fillets-ng-data',
        'flare-game',
        'freedroidrpg-data',
        'freeorion-data',
        'frozen-bubble-data',
      ],
      ...['garden-of-coloured-lights-data', 'gigalomania-data', 'gl-117-data', 'hedgewars-data', 'hex-a-hop-data'],
      ...[
        'holotz-castle-data',
        'hyperrogue-music',
        'lincity-ng-data',
        'lugaru-data',
        'marsshooter-data',
        'megaglest-data',
      ],
      ...[
        'minetest-data',
        'mirrormagic-data',
        'naev-data',
        'neverball-data',
        'openarena-data',
        'openclonk-data',
        'pathological',
      ],
      ...[
        'pax-britannica-data',
        'planetblupi-music-ogg',
        'plee-the-bear-data',
        'pokerth-data',
        'powermanga-data',
        'pushover-data',
      ],
      ...[
        'raincat-data',
        'scorched3d-data',
        'seahorse-adventures',
        'singularity-music',
        'slimevolley-data',
        'starfighter-data',
      ],
      ...['supertux-data', 'supertuxkart-data', 'torcs-data', 'trackballs-data', 'tumiki-fighters-data', 'tuxfootball'],
      ...['tuxmath-data', 'tuxtype-data', 'ufoai-music', 'warmux-data', 'warzone2100-music', 'xmoto-data', 'zaz-data'],
      ...[
        'frogatto-data',
        'opensurge-data',
        'funguloids-data',
        'xonotic-data',
        'teeworlds-data',
        'rocksndiamonds-data',
        'berusky2-data',
      ],
    ].map((name) => [name, null] as const),
  ),
}

export const styleOf = (source: string): StyleName | null => PACKAGES[source] ?? null
export const isDance = (source: string): boolean => {
  const style = styleOf(source)
  return style !== null && STYLES[style].dance
}
