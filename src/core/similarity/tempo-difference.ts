/**
 * @file How far apart two tempi are for someone who mixes them: 87 BPM goes with 174, so half and double time do not count. Of tempi further
 * apart nobody plays the beats together, so 31 BPM is not 124.
 * Conventions: per cent of the first tempo, positive where the other is faster; −29.3 to 41.4, half an octave either way, up to one and a half
 * octaves, and more beyond.
 */
import type { Bpm } from '../units/units.ts'

/** The octave, of the same, half and double time, at which two tempi lie nearest. @param octaves from the one up to the other */
export const nearestOctave = (octaves: number): number => Math.max(-1, Math.min(1, Math.round(octaves)))

export const tempoDifferencePercent = (from: Bpm, to: Bpm): number => {
  const octaves = Math.log2(to / from)
  return (2 ** (octaves - nearestOctave(octaves)) - 1) * 100
}

/** How many beats of the other tempo lie on a beat of the first: 1, or 2 or ½ where it is about twice or half as fast. */
export const beatsOnBeat = (from: Bpm, to: Bpm): number => 2 ** nearestOctave(Math.log2(to / from))
