/** The styles of dance music the generator knows. */
export const GENRES = [
  'house',
  'vocal-house',
  'tech-house',
  'techno',
  'acid-techno',
  'trance',
  'drum-and-bass',
  'dubstep',
  'breakbeat',
  'uk-garage',
  'hip-hop',
  'electro',
  'hardstyle',
  'electro-pop',
  'synth-pop',
] as const

export type Genre = (typeof GENRES)[number]

export type GrooveName = 'four' | 'two-step-fast' | 'half-time' | 'broken' | 'garage' | 'boom-bap' | 'electro'
export type BassVoice = 'pluck' | 'sub' | 'reese' | 'acid' | 'wobble' | 'reverse' | 'boom' | 'saw'
export type ChordVoice = 'stab' | 'organ' | 'supersaw' | 'electric-piano'
export type LeadVoice = 'saw' | 'square' | 'pluck' | 'bell'

/** What tracks of a genre have in common; a track draws from the lists and ranges. */
export type GenreStyle = {
  readonly tempoBpm: readonly [number, number]
  /** Delay of every second sixteenth, as a fraction of a sixteenth. */
  readonly swing: readonly [number, number]
  readonly form: 'club' | 'song'
  readonly groove: GrooveName
  /** Tracks of this genre have sections longer by this factor, so that they last as long as others. */
  readonly stretch: number
  readonly kicks: readonly string[]
  readonly snares: readonly string[]
  readonly basses: readonly (readonly [voice: BassVoice, patterns: readonly string[]])[]
  readonly chords: readonly ChordVoice[]
  readonly leads: readonly LeadVoice[]
  /** Depth of side-chain ducking, 0 to 1. */
  readonly pump: readonly [number, number]
  /** Beats a chord lasts; long ones make a static, hypnotic harmony. */
  readonly chordBeats: readonly number[]
  readonly majorShare: number
  /** Chance that a loop of a sampled break runs under the drums. */
  readonly breakLoopShare: number
}
