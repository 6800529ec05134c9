import type { Beats, Decibels } from '../core/units/units.ts'
import type { BusName } from './section-plan.ts'
import type { Vowel } from './vocal-voice.ts'

/** One or several pitches sounding together. Beats count on the track's grid and need not be whole. */
export type NoteEvent = {
  readonly part: 'bass' | 'pad' | 'chords' | 'arp' | 'lead'
  readonly beat: Beats
  readonly beats: Beats
  readonly midi: readonly number[]
  /** 0 to 1. */
  readonly velocity: number
  readonly gainDb: Decibels
}

export type HitEvent = {
  /** Name of a sample or of a synthesised drum. */
  readonly drum: string
  readonly bus: Extract<BusName, 'kick' | 'drums' | 'tops'>
  readonly beat: Beats
  readonly velocity: number
  readonly gainDb: Decibels
}

export type SyllableEvent = {
  readonly beat: Beats
  readonly beats: Beats
  readonly midi: number
  readonly vowel: Vowel
  readonly sibilant: boolean
  readonly gainDb: Decibels
}

export type EffectEvent = {
  readonly effect: 'riser' | 'downlifter' | 'impact' | 'atmosphere'
  readonly beat: Beats
  readonly beats: Beats
  readonly gainDb: Decibels
}

/** Everything that sounds in a track, as music rather than as sound. */
export type Score = {
  readonly notes: readonly NoteEvent[]
  readonly hits: readonly HitEvent[]
  readonly syllables: readonly SyllableEvent[]
  readonly effects: readonly EffectEvent[]
}
