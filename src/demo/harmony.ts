import type { Random } from '../core/support/random.ts'
import { chance, pick } from './draw.ts'

/** Pitch class of the tonic, 0 = C, and the mode. */
export type MusicalKey = { readonly tonic: number; readonly mode: 'major' | 'minor' }

/** A chord on a scale degree (0 = tonic); `notes` are semitones above the tonic, root first, not folded into an octave. */
export type Chord = { readonly degree: number; readonly notes: readonly number[] }

const SCALES = { major: [0, 2, 4, 5, 7, 9, 11], minor: [0, 2, 3, 5, 7, 8, 10] } as const

/*
 * Progressions that begin on the tonic and weigh it: i–VI–III–VII and its like are left out because they are the relative
 * major's vi–IV–I–V, so that the key of the truth would be a matter of taste.
 */
const PROGRESSIONS: Readonly<Record<MusicalKey['mode'], readonly (readonly number[])[]>> = {
  minor: [
    [0, 5, 0, 6],
    [0, 3, 0, 4],
    [0, 0, 5, 4],
    [0, 0, 3, 4],
    [0, 6, 5, 4],
    [0, 5, 3, 4],
    [0, 0, 0, 6],
  ],
  major: [
    [0, 3, 0, 4],
    [0, 4, 0, 3],
    [0, 5, 3, 4],
    [0, 0, 3, 4],
    [0, 3, 4, 0],
  ],
}

const NOTE_NAMES = ['C', 'C#', 'D', 'Eb', 'E', 'F', 'F#', 'G', 'Ab', 'A', 'Bb', 'B']

/** As tags write it: "F#m", "C". */
export const formatKey = (key: MusicalKey): string => `${NOTE_NAMES[key.tonic]}${key.mode === 'minor' ? 'm' : ''}`

/** @returns semitones above the tonic of a scale degree; degrees beyond 0–6 are octaves up or down. */
export const degreeToSemitones = (mode: MusicalKey['mode'], degree: number): number => {
  const octave = Math.floor(degree / 7)
  return SCALES[mode][degree - 7 * octave]! + 12 * octave
}

export const scalePitchClasses = (key: MusicalKey): readonly number[] =>
  SCALES[key.mode].map((step) => (step + key.tonic) % 12)

const chordOn = (mode: MusicalKey['mode'], degree: number, seventh: boolean): Chord => {
  const stack = seventh ? [0, 2, 4, 6] : [0, 2, 4]
  return { degree, notes: stack.map((third) => degreeToSemitones(mode, degree + third)) }
}

/** Static styles (chords of four bars and more) stay on the tonic and one neighbour. */
export const drawProgression = (mode: MusicalKey['mode'], chordBeats: number, random: Random): readonly Chord[] => {
  const degrees =
    chordBeats >= 16 ? pick([[0], [0, 0, 0, 5], [0, 6], [0, 0, 3, 0]], random) : pick(PROGRESSIONS[mode], random)
  const seventh = chance(0.35, random)
  return degrees.map((degree) => chordOn(mode, degree, seventh && degree !== 4))
}

/** Inverts a chord so that its notes lie around a centre: smooth voice leading without big leaps. @returns MIDI notes, rising. */
export const voiceChord = (chord: Chord, tonic: number, centreMidi: number): readonly number[] =>
  chord.notes
    .map((semitones) => {
      const pitchClass = (((tonic + semitones) % 12) + 12) % 12
      const lowest = centreMidi - 6
      return lowest + ((((pitchClass - lowest) % 12) + 12) % 12)
    })
    .sort((a, b) => a - b)
