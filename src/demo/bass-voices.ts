import { type Clip, normalise, saturate, secondsOfSamples, shapePlane } from './clip.ts'
import { constantCutoff, filterPlane, glideCutoff } from './filter.ts'
import type { BassVoice } from './genre.ts'
import { addTone, DEMO_SAMPLE_RATE_HZ, type Waveform } from './oscillator.ts'

/** What a note of any voice needs besides its voice. */
export type NoteSound = {
  readonly hertz: number
  readonly seconds: number
  /** 0 dark to 1 bright. */
  readonly brightness: number
  /** Duration of a beat, for what moves in time with the music. */
  readonly beatSeconds: number
  /** 0 to 1; louder notes are brighter too. */
  readonly velocity: number
}

const tones = (
  note: NoteSound,
  waveforms: readonly (readonly [Waveform, ratio: number, gain: number])[],
): Float32Array => {
  const plane = new Float32Array(secondsOfSamples(note.seconds + 0.06))
  for (const [index, [waveform, ratio, gain]] of waveforms.entries())
    addTone(plane, { waveform, frequency: note.hertz * ratio, gain, phase: (0.37 * index) % 1 })
  return plane
}

const gate = (plane: Float32Array, note: NoteSound, decaySeconds: number, sustain: number): void =>
  shapePlane(plane, { attackSeconds: 0.003, decaySeconds, sustain, holdSeconds: note.seconds, releaseSeconds: 0.05 })

const pluck = (note: NoteSound): Float32Array => {
  const plane = tones(note, [
    ['saw', 1, 0.6],
    ['square', 1, 0.4],
    ['triangle', 0.5, 0.5],
  ])
  const peak = 500 + 1800 * note.brightness * note.velocity
  filterPlane(plane, { mode: 'low-pass', cutoffHz: glideCutoff(peak, 160, secondsOfSamples(0.16)), resonance: 1.4 })
  gate(plane, note, 0.14, 0.45)
  return plane
}

const sub = (note: NoteSound): Float32Array => {
  const plane = tones(note, [['triangle', 1, 1]])
  saturate(plane, 1.2 + 1.6 * note.brightness)
  filterPlane(plane, { mode: 'low-pass', cutoffHz: constantCutoff(320), resonance: 0.7 })
  gate(plane, note, 0.6, 0.8)
  return plane
}

const reese = (note: NoteSound): Float32Array => {
  const plane = tones(note, [
    ['saw', 1, 0.5],
    ['saw', 1.009, 0.5],
    ['saw', 0.992, 0.4],
    ['triangle', 0.5, 0.5],
  ])
  const centre = 350 + 900 * note.brightness
  const periodSamples = secondsOfSamples(note.beatSeconds * 4)
  const cutoffHz = (sample: number): number => centre * 2 ** (0.8 * Math.sin((2 * Math.PI * sample) / periodSamples))
  filterPlane(plane, { mode: 'low-pass', cutoffHz, resonance: 1.1 })
  gate(plane, note, 1, 0.9)
  return plane
}

const acid = (note: NoteSound): Float32Array => {
  const plane = tones(note, [['saw', 1, 1]])
  const peak = (600 + 2600 * note.brightness) * (0.4 + note.velocity)
  const cutoffHz = glideCutoff(peak, 220, secondsOfSamples(0.13))
  filterPlane(plane, { mode: 'low-pass', cutoffHz, resonance: 5 })
  filterPlane(plane, { mode: 'low-pass', cutoffHz, resonance: 1.5 })
  saturate(plane, 2.5)
  gate(plane, note, 0.2, 0.6)
  return plane
}

const wobble = (note: NoteSound): Float32Array => {
  const plane = tones(note, [
    ['saw', 1, 0.5],
    ['square', 1.005, 0.4],
    ['saw', 2, 0.25],
    ['triangle', 0.5, 0.8],
  ])
  // Louder notes wobble in triplets, softer ones in eighths.
  const rateHz = (note.velocity > 0.8 ? 3 : 2) / note.beatSeconds
  const depth = 2.2 + 1.5 * note.brightness
  const cutoffHz = (sample: number): number =>
    220 * 2 ** (depth * (0.5 - 0.5 * Math.cos((2 * Math.PI * rateHz * sample) / DEMO_SAMPLE_RATE_HZ)))
  filterPlane(plane, { mode: 'low-pass', cutoffHz, resonance: 2.5 })
  saturate(plane, 2)
  gate(plane, note, 1, 0.9)
  return plane
}

/** The rising off-beat bass of hardstyle. */
const reverse = (note: NoteSound): Float32Array => {
  const plane = tones(note, [
    ['saw', 1, 0.8],
    ['triangle', 0.5, 0.6],
  ])
  filterPlane(plane, {
    mode: 'low-pass',
    cutoffHz: glideCutoff(200, 900 + 1600 * note.brightness, secondsOfSamples(note.seconds)),
    resonance: 1.2,
  })
  saturate(plane, 4)
  shapePlane(plane, {
    attackSeconds: note.seconds * 0.6,
    decaySeconds: 1,
    sustain: 1,
    holdSeconds: note.seconds,
    releaseSeconds: 0.02,
  })
  return plane
}

/** The long falling sine of a drum machine. */
const boom = (note: NoteSound): Float32Array => {
  const plane = new Float32Array(secondsOfSamples(note.seconds + 0.06))
  let phase = 0
  for (let n = 0; n < plane.length; n++) {
    phase += (note.hertz * (1 + 0.6 * Math.exp(-n / DEMO_SAMPLE_RATE_HZ / 0.02))) / DEMO_SAMPLE_RATE_HZ
    plane[n] = Math.sin(2 * Math.PI * phase)
  }
  saturate(plane, 1.3 + note.brightness)
  gate(plane, note, 0.5, 0.3)
  return plane
}

const saw = (note: NoteSound): Float32Array => {
  const plane = tones(note, [
    ['saw', 1, 0.7],
    ['saw', 1.006, 0.4],
    ['square', 0.5, 0.3],
  ])
  filterPlane(plane, {
    mode: 'low-pass',
    cutoffHz: glideCutoff(900 + 2200 * note.brightness * note.velocity, 350, secondsOfSamples(0.2)),
    resonance: 1.2,
  })
  gate(plane, note, 0.25, 0.6)
  return plane
}

const voices: Readonly<Record<BassVoice, (note: NoteSound) => Float32Array>> = {
  pluck,
  sub,
  reese,
  acid,
  wobble,
  reverse,
  boom,
  saw,
}

export const playBass = (voice: BassVoice, note: NoteSound): Clip => normalise(voices[voice](note))
