import type { Random } from '../core/support/random.ts'
import { type Clip, normalise, secondsOfSamples, shapePlane } from './clip.ts'
import { constantCutoff, filterPlane } from './filter.ts'
import { whiteNoise } from './noise.ts'
import { addTone, DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'

export const VOWELS = ['a', 'e', 'i', 'o', 'u'] as const
export type Vowel = (typeof VOWELS)[number]

/** Centre (Hz), width (Hz) and level (dB) of a tenor's first four formants: Csound manual, appendix "Formant values". */
const FORMANTS: Readonly<Record<Vowel, readonly (readonly [number, number, number])[]>> = {
  a: [
    [650, 80, 0],
    [1080, 90, -6],
    [2650, 120, -7],
    [2900, 130, -8],
  ],
  e: [
    [400, 70, 0],
    [1700, 80, -14],
    [2600, 100, -12],
    [3200, 120, -14],
  ],
  i: [
    [290, 40, 0],
    [1870, 90, -15],
    [2800, 100, -18],
    [3250, 120, -20],
  ],
  o: [
    [400, 40, 0],
    [800, 80, -10],
    [2600, 100, -12],
    [2800, 120, -12],
  ],
  u: [
    [350, 40, 0],
    [600, 60, -20],
    [2700, 100, -17],
    [2900, 120, -14],
  ],
}

export type SyllableSound = {
  readonly hertz: number
  readonly seconds: number
  readonly vowel: Vowel
  /** Starts with a hiss (s, sh) rather than softly. */
  readonly sibilant: boolean
}

/** Vibrato sets in after the start; the pitch slides up into the note, as singers do. */
const bend = (samples: number): Float32Array =>
  Float32Array.from({ length: samples }, (_, n) => {
    const seconds = n / DEMO_SAMPLE_RATE_HZ
    const vibrato = 0.006 * Math.min(1, seconds / 0.4) * Math.sin(2 * Math.PI * 5.6 * seconds)
    return 1 + vibrato - 0.03 * Math.exp(-seconds / 0.03)
  })

/** A sung syllable: a larynx-like tone and breath through the formants of a vowel, a consonant before it. */
export const singSyllable = (sound: SyllableSound, random: Random): Clip => {
  const samples = secondsOfSamples(sound.seconds + 0.08)
  const larynx = new Float32Array(samples)
  addTone(larynx, { waveform: 'voice', frequency: sound.hertz, gain: 1, phase: 0, bend: bend(samples) })
  const breath = whiteNoise(samples, random)
  for (let n = 0; n < samples; n++) larynx[n]! += 0.02 * breath[n]!
  const sung = new Float32Array(samples)
  for (const [centre, width, levelDb] of FORMANTS[sound.vowel]) {
    const band = larynx.slice()
    filterPlane(band, { mode: 'band-pass', cutoffHz: constantCutoff(centre), resonance: centre / width / 2 })
    // The larynx falls by 12 dB an octave; what speech loses at the lips is given back here.
    const gain = 10 ** (levelDb / 20) * Math.sqrt(centre / 400)
    for (let n = 0; n < samples; n++) sung[n]! += gain * band[n]!
  }
  shapePlane(sung, {
    attackSeconds: sound.sibilant ? 0.045 : 0.02,
    decaySeconds: 0.5,
    sustain: 0.75,
    holdSeconds: sound.seconds,
    releaseSeconds: 0.08,
  })
  normalise(sung)
  const hissSamples = Math.min(samples, secondsOfSamples(sound.sibilant ? 0.07 : 0.018))
  const hiss = whiteNoise(hissSamples, random)
  for (let n = 0; n < hissSamples; n++) hiss[n]! *= Math.sin((Math.PI * n) / hissSamples)
  filterPlane(hiss, { mode: 'high-pass', cutoffHz: constantCutoff(sound.sibilant ? 4500 : 2500), resonance: 0.8 })
  for (let n = 0; n < hissSamples; n++) sung[n]! += 0.3 * hiss[n]!
  return normalise(sung)
}
