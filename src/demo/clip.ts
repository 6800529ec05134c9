import { DEMO_SAMPLE_RATE_HZ } from './oscillator.ts'

/** A finished sound, ready to be added to a bus. */
export type Clip = Float32Array

export const secondsOfSamples = (seconds: number): number => Math.max(1, Math.round(seconds * DEMO_SAMPLE_RATE_HZ))

export type EnvelopeShape = {
  readonly attackSeconds: number
  /** Time constant of the fall to the sustain level; Infinity keeps full level. */
  readonly decaySeconds: number
  readonly sustain: number
  /** The note is held this long, then released. */
  readonly holdSeconds: number
  readonly releaseSeconds: number
}

/** Multiplies a plane by an attack–decay–sustain–release envelope, ending in silence. */
export const shapePlane = (plane: Float32Array, shape: EnvelopeShape): void => {
  const attack = secondsOfSamples(shape.attackSeconds)
  const hold = secondsOfSamples(shape.holdSeconds)
  const release = secondsOfSamples(shape.releaseSeconds)
  const decay = Number.isFinite(shape.decaySeconds) ? Math.exp(-1 / secondsOfSamples(shape.decaySeconds)) : 1
  let level = 0
  let fall = 1
  for (let n = 0; n < plane.length; n++) {
    if (n < attack) level = (n + 1) / attack
    else if (n < hold) {
      fall *= decay
      level = shape.sustain + (1 - shape.sustain) * fall
    }
    plane[n]! *= n < hold ? level : level * Math.max(0, 1 - (n - hold) / release) ** 2
  }
}

/** Scales a plane in place so that its largest sample is 1. */
export const normalise = (plane: Float32Array): Clip => {
  let peak = 1e-9
  for (const value of plane) if (Math.abs(value) > peak) peak = Math.abs(value)
  const gain = 1 / peak
  for (let n = 0; n < plane.length; n++) plane[n]! *= gain
  return plane
}

/** Lets the last samples fall to silence in a straight line. */
export const fadeOut = (plane: Float32Array, seconds: number): void => {
  const fade = Math.min(plane.length, secondsOfSamples(seconds))
  for (let n = 0; n < fade; n++) plane[plane.length - 1 - n]! *= n / fade
}

export const saturate = (plane: Float32Array, drive: number): void => {
  for (let n = 0; n < plane.length; n++) plane[n] = Math.tanh(drive * plane[n]!)
}
