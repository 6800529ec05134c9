/**
 * @file Tuning of a track: how many cents its notes lie above or below equal temperament at a' = 440 Hz.
 * Method: circular mean of the spectral peaks' deviations from the nearest semitone, weighted by amplitude. Peaks above
 * 2 kHz are left out, because partials drift sharp and the fifth partial of a note is 14 cents flat (Gómez 2006, §3.2).
 * Conventions: −50 (inclusive) to 50 cents; 0 when there are no peaks.
 */
import { hertzToSemitones, type PitchPeaks } from './pitch-peaks.ts'

export const TUNING_RANGE_HZ = [110, 2000] as const

export const estimateTuning = (peaks: PitchPeaks): number => {
  const [low, high] = [hertzToSemitones(TUNING_RANGE_HZ[0]), hertzToSemitones(TUNING_RANGE_HZ[1])]
  let real = 0
  let imaginary = 0
  for (let peak = 0; peak < peaks.powers.length; peak++) {
    const semitone = peaks.semitones[peak]!
    if (semitone < low || semitone > high) continue
    const weight = Math.sqrt(peaks.powers[peak]!)
    const angle = 2 * Math.PI * semitone
    real += weight * Math.cos(angle)
    imaginary += weight * Math.sin(angle)
  }
  const cents = (100 * Math.atan2(imaginary, real)) / (2 * Math.PI)
  return cents >= 50 ? -50 : cents
}
