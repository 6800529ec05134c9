import type { MonoAudio } from '../audio/audio.ts'
import { addKick, addNoise, addTone, silence } from '../features/synthetic-audio.fixture.ts'

/** Three sounds: kicks with off-beat hats over a bass; a chord with hardly a pulse; broken kicks and snares. */
export const MATERIALS = ['club', 'chord', 'broken'] as const
type Material = (typeof MATERIALS)[number]

export type SoundAlike = {
  readonly material: Material
  readonly bpm: number
  /** Factor. @default 1 */
  readonly gain?: number
  readonly beats?: number
  readonly seed?: number
}

const club = (audio: MonoAudio, beatSeconds: number, beats: number, seed: number): void => {
  for (let beat = 0; beat < beats; beat++) {
    const from = beat * beatSeconds
    addKick(audio, from, 0.5)
    const hat = from + beatSeconds / 2
    addNoise(audio, { from: hat, to: hat + 0.1, gain: 0.15, decaySeconds: 0.02, seed: seed + beat })
    addTone(audio, { hertz: 110, from: from + beatSeconds / 4, to: from + beatSeconds, gain: 0.1, harmonics: 3 })
  }
}

const chord = (audio: MonoAudio, beatSeconds: number, beats: number, seed: number): void => {
  for (const hertz of [220, 277, 330]) addTone(audio, { hertz, gain: 0.08, harmonics: 6 })
  addNoise(audio, { gain: 0.003, seed })
  for (let beat = 0; beat < beats; beat++) addKick(audio, beat * beatSeconds, 0.08)
}

const broken = (audio: MonoAudio, beatSeconds: number, beats: number, seed: number): void => {
  for (let beat = 0; beat < beats; beat++) {
    const from = beat * beatSeconds
    if (beat % 2 === 0) addKick(audio, from, 0.6)
    else addNoise(audio, { from, to: from + 0.3, gain: 0.4, decaySeconds: 0.06, seed: seed + beat })
    if (beat % 4 === 2) addKick(audio, from + beatSeconds * 0.75, 0.5)
  }
}

const PLAYERS = { club, chord, broken } as const

/** Beats from 0 s on. */
export const soundAlike = ({ material, bpm, gain = 1, beats = 64, seed = 1 }: SoundAlike): MonoAudio => {
  const audio = silence((beats * 60) / bpm)
  PLAYERS[material](audio, 60 / bpm, beats, seed)
  for (const [index, sample] of audio.samples.entries()) audio.samples[index] = sample * gain
  return audio
}
