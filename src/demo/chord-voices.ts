import type { NoteSound } from './bass-voices.ts'
import { type Clip, type EnvelopeShape, normalise, secondsOfSamples, shapePlane } from './clip.ts'
import { constantCutoff, filterPlane, glideCutoff } from './filter.ts'
import type { ChordVoice, LeadVoice } from './genre.ts'
import { addTone, DEMO_SAMPLE_RATE_HZ, type Waveform } from './oscillator.ts'

export type ChordSound = Omit<NoteSound, 'hertz'> & { readonly hertz: readonly number[] }

type Unison = {
  readonly waveform: Waveform
  /** Detuning of each voice in cents. */
  readonly cents: readonly number[]
}

const unison = (sound: ChordSound, tailSeconds: number, { waveform, cents }: Unison): Float32Array => {
  const plane = new Float32Array(secondsOfSamples(sound.seconds + tailSeconds))
  for (const [note, hertz] of sound.hertz.entries()) {
    for (const [voice, detune] of cents.entries()) {
      const phase = (0.31 * (voice + 1) + 0.17 * note) % 1
      addTone(plane, { waveform, frequency: hertz * 2 ** (detune / 1200), gain: 1, phase })
    }
  }
  return plane
}

const finish = (plane: Float32Array, cutoffHz: (sample: number) => number, envelope: EnvelopeShape): Clip => {
  filterPlane(plane, { mode: 'low-pass', cutoffHz, resonance: 0.9 })
  filterPlane(plane, { mode: 'high-pass', cutoffHz: constantCutoff(140), resonance: 0.7 })
  shapePlane(plane, envelope)
  return normalise(plane)
}

const held = (sound: ChordSound, attackSeconds: number, releaseSeconds: number): EnvelopeShape => ({
  attackSeconds,
  decaySeconds: Number.POSITIVE_INFINITY,
  sustain: 1,
  holdSeconds: sound.seconds,
  releaseSeconds,
})

const struck = (sound: ChordSound, decaySeconds: number, sustain: number): EnvelopeShape => ({
  attackSeconds: 0.003,
  decaySeconds,
  sustain,
  holdSeconds: sound.seconds,
  releaseSeconds: 0.12,
})

const stab = (sound: ChordSound): Clip =>
  finish(
    unison(sound, 0.15, { waveform: 'saw', cents: [-7, 7] }),
    glideCutoff(1200 + 5000 * sound.brightness * sound.velocity, 400, secondsOfSamples(0.25)),
    struck(sound, 0.18, 0.3),
  )

const organ = (sound: ChordSound): Clip =>
  finish(
    unison(sound, 0.1, { waveform: 'organ', cents: [-3, 3] }),
    constantCutoff(2000 + 4000 * sound.brightness),
    struck(sound, 0.4, 0.6),
  )

const supersaw = (sound: ChordSound): Clip =>
  finish(
    unison(sound, 0.2, { waveform: 'saw', cents: [-17, 17, -9, 8, 2, -3] }),
    constantCutoff(3500 + 8000 * sound.brightness),
    held(sound, 0.006, 0.18),
  )

/** A sine whose phase is modulated by a fading one an octave and a twelfth above: the electric piano of frequency modulation. */
const electricPiano = (sound: ChordSound): Clip => {
  const plane = new Float32Array(secondsOfSamples(sound.seconds + 0.15))
  for (const hertz of sound.hertz) {
    const turn = (2 * Math.PI * hertz) / DEMO_SAMPLE_RATE_HZ
    for (let n = 0; n < plane.length; n++) {
      const depth = (0.6 + 1.2 * sound.brightness * sound.velocity) * Math.exp(-n / DEMO_SAMPLE_RATE_HZ / 0.35)
      plane[n]! += Math.sin(turn * n + depth * Math.sin(turn * n * 3))
    }
  }
  shapePlane(plane, struck(sound, 0.7, 0.15))
  return normalise(plane)
}

const chordVoices: Readonly<Record<ChordVoice, (sound: ChordSound) => Clip>> = {
  stab,
  organ,
  supersaw,
  'electric-piano': electricPiano,
}

export const playChord = (voice: ChordVoice, sound: ChordSound): Clip => chordVoices[voice](sound)

export const playPad = (sound: ChordSound): Clip =>
  finish(
    unison(sound, 0.9, { waveform: 'saw', cents: [-9, 10, 3, -4] }),
    constantCutoff(900 + 2600 * sound.brightness),
    held(sound, Math.min(0.6, sound.seconds * 0.3), 0.9),
  )

/** A bell is two sines in no whole-number ratio; the others are detuned oscillators behind a filter. */
const bell = (sound: ChordSound): Clip => {
  const plane = new Float32Array(secondsOfSamples(sound.seconds + 0.5))
  for (const hertz of sound.hertz) {
    const turn = (2 * Math.PI * hertz) / DEMO_SAMPLE_RATE_HZ
    for (let n = 0; n < plane.length; n++) {
      const depth = 1.4 * Math.exp(-n / DEMO_SAMPLE_RATE_HZ / 0.25)
      plane[n]! += Math.sin(turn * n + depth * Math.sin(turn * n * 3.5)) * Math.exp(-n / DEMO_SAMPLE_RATE_HZ / 0.45)
    }
  }
  shapePlane(plane, { ...struck(sound, 5, 1), releaseSeconds: 0.5 })
  return normalise(plane)
}

const leadVoices: Readonly<Record<LeadVoice, (sound: ChordSound) => Clip>> = {
  bell,
  saw: (sound) =>
    finish(
      unison(sound, 0.15, { waveform: 'saw', cents: [-12, 12, 4, -5] }),
      constantCutoff(4000 + 7000 * sound.brightness),
      held(sound, 0.008, 0.15),
    ),
  square: (sound) =>
    finish(
      unison(sound, 0.12, { waveform: 'square', cents: [-4, 4] }),
      constantCutoff(2500 + 5000 * sound.brightness),
      struck(sound, 0.4, 0.6),
    ),
  pluck: (sound) =>
    finish(
      unison(sound, 0.15, { waveform: 'saw', cents: [-6, 6] }),
      glideCutoff(2500 + 7000 * sound.brightness * sound.velocity, 500, secondsOfSamples(0.18)),
      struck(sound, 0.12, 0.1),
    ),
}

export const playLead = (voice: LeadVoice, sound: ChordSound): Clip => leadVoices[voice](sound)
