import type { MonoAudio } from '../audio/audio.ts'
import { createRandom, type Random } from '../support/random.ts'

const SAMPLE_RATE = 22050

/** One bar, four steps a beat unless the track says otherwise; `x` strikes. The bass note changes every bar, the chord every fourth bar, and a crash marks every eighth. */
export type DrumPattern = {
  readonly kick: string
  readonly snare: string
  readonly hat: string
  readonly bass: string
}

export const HOUSE: DrumPattern = {
  kick: 'x...x...x...x...',
  snare: '....x.......x...',
  hat: '..x...x...x...x.',
  bass: '..x...x...x...x.',
}

export const BREAKS: DrumPattern = {
  kick: 'x.........x.....',
  snare: '....x.......x...',
  hat: 'x.x.x.x.x.x.x.x.',
  bass: 'x..x..x...x.....',
}

/** In 3/4. */
export const WALTZ: DrumPattern = {
  kick: 'x...........',
  snare: '....x...x...',
  hat: 'x.x.x.x.x.x.',
  bass: 'x...........',
}

/** Three steps a beat: the off-beats come at two thirds. */
export const SHUFFLE: DrumPattern = {
  kick: 'x..x..x..x..',
  snare: '...x.....x..',
  hat: 'x.xx.xx.xx.x',
  bass: '..x..x..x..x',
}

export const FAST_FIVE: DrumPattern = {
  kick: 'x.....x.............',
  snare: '............x.......',
  hat: 'x...x...x...x...x...',
  bass: 'x...........x.......',
}

/** Six steps a beat, which divides by three; two beats a bar. */
export const SLOW_SIX_EIGHT: DrumPattern = {
  kick: 'x.......x...',
  snare: '......x.....',
  hat: 'xx.xx.xx.xx.',
  bass: 'x.....x.....',
}

export const SIX_EIGHT_ON_EIGHTHS: DrumPattern = {
  kick: 'x.......x...',
  snare: '......x.....',
  hat: 'x.x.xxx.x.xx',
  bass: 'x...x.x...x.',
}

export type DrumTrack = {
  readonly pattern: DrumPattern
  readonly bpm: number
  readonly seconds: number
  readonly offsetSeconds?: number
  /** Delay of every second step as a fraction of a step. */
  readonly swing?: number
  readonly seed?: number
  /** @default 4 */
  readonly stepsPerBeat?: number
  /** Where a time of the steady track comes to lie, so that the tempo can drift. @default where it is */
  readonly warp?: (seconds: number) => number
}

type Voice = {
  readonly level: number
  /** Falls by this many nepers a second. */
  readonly decay: number
  /** From −1 to 1, by the time since the strike. */
  readonly wave: (time: number) => number
}

const strike = (samples: Float32Array, seconds: number, { level, decay, wave }: Voice): void => {
  const start = Math.max(0, Math.ceil(seconds * SAMPLE_RATE))
  const end = Math.min(samples.length, Math.ceil(seconds * SAMPLE_RATE) + 0.25 * SAMPLE_RATE)
  // Minutes of strikes are drawn: what falls evenly is multiplied along.
  const fall = Math.exp(-decay / SAMPLE_RATE)
  let loudness = level * Math.exp(-decay * (start / SAMPLE_RATE - seconds))
  for (let n = start; n < end; n++) {
    samples[n]! += loudness * wave(n / SAMPLE_RATE - seconds)
    loudness *= fall
  }
}

const kick: Voice = {
  level: 0.8,
  decay: 18,
  wave: (time) => Math.sin(2 * Math.PI * (50 * time + 3 * (1 - Math.exp(-time * 40)))),
}
const noise = (random: Random, level: number, decay: number): Voice => ({ level, decay, wave: () => 2 * random() - 1 })
const tone = (hertz: number, level: number): Voice => ({
  level,
  decay: 12,
  wave: (time) => Math.sin(2 * Math.PI * hertz * time),
})

const ROOTS_HZ = [55, 65.4, 49, 73.4] as const

/** A dance loop with exactly known beats; the first step of the first bar is at the offset. */
export const drumTrack = (options: DrumTrack): MonoAudio => {
  const { pattern, bpm, seconds, offsetSeconds = 0, swing = 0, seed = 1, warp = (time) => time } = options
  const random = createRandom(seed)
  const samples = new Float32Array(Math.round(seconds * SAMPLE_RATE))
  const stepSeconds = 60 / bpm / (options.stepsPerBeat ?? 4)
  const stepsPerBar = pattern.kick.length
  for (let step = 0; offsetSeconds + step * stepSeconds < seconds; step++) {
    const time = warp(offsetSeconds + (step + (step % 2 === 1 ? swing : 0)) * stepSeconds)
    const place = step % stepsPerBar
    const bar = Math.floor(step / stepsPerBar)
    if (pattern.kick[place] === 'x') strike(samples, time, kick)
    if (pattern.snare[place] === 'x') strike(samples, time, noise(random, 0.4, 25))
    if (pattern.hat[place] === 'x') strike(samples, time, noise(random, 0.12, 70))
    if (pattern.bass[place] === 'x') strike(samples, time, tone(ROOTS_HZ[bar % 4]!, 0.3))
    if (place === 0 && bar % 8 === 0) strike(samples, time, noise(random, 0.3, 8))
    if (place === 0) for (const ratio of [4, 5, 6]) strike(samples, time, tone(ROOTS_HZ[bar % 4]! * ratio, 0.08))
  }
  return { samples, sampleRate: SAMPLE_RATE }
}

/** Joins the parts end to end. */
export const joinAudio = (parts: readonly MonoAudio[]): MonoAudio => {
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.samples.length, 0))
  let at = 0
  for (const part of parts) {
    samples.set(part.samples, at)
    at += part.samples.length
  }
  return { samples, sampleRate: SAMPLE_RATE }
}
