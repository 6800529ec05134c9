/**
 * @file How far apart two tempi are for someone who mixes them: 87 BPM goes with 174, so whole octaves do not count.
 * Conventions: per cent of the first tempo, positive where the other is faster; −29.3 to 41.4, half an octave either way.
 */
import type { Bpm } from '../units/units.ts'

export const tempoDifferencePercent = (from: Bpm, to: Bpm): number => {
  const octaves = Math.log2(to / from)
  return (2 ** (octaves - Math.round(octaves)) - 1) * 100
}

/** How many beats of the other tempo lie on a beat of the first: 1, or 2 or ½ where it is about twice or half as fast. */
export const beatsOnBeat = (from: Bpm, to: Bpm): number =>
  2 ** Math.max(-1, Math.min(1, Math.round(Math.log2(to / from))))
