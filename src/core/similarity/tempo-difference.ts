/**
 * @file How far apart two tempi are for someone who mixes them: 87 BPM goes with 174, so whole octaves do not count.
 * Conventions: per cent of the first tempo, positive where the other is faster; −29.3 to 41.4, half an octave either way.
 */
import type { Bpm } from '../units/units.ts'

export const tempoDifferencePercent = (from: Bpm, to: Bpm): number => {
  const octaves = Math.log2(to / from)
  return (2 ** (octaves - Math.round(octaves)) - 1) * 100
}
