/**
 * @file Units as flavoured numbers: a plain number may enter, but Seconds cannot be passed where Beats are expected.
 */
declare const unit: unique symbol

export type Seconds = number & { readonly [unit]?: 'Seconds' }
/** Position or length on a track's beat grid; 0 is the first beat of the grid, fractions are allowed. */
export type Beats = number & { readonly [unit]?: 'Beats' }
export type Bpm = number & { readonly [unit]?: 'Bpm' }
/** Relative to full scale (dBFS) or to a reference that the name states (LUFS, dBTP). */
export type Decibels = number & { readonly [unit]?: 'Decibels' }
/** Index of a sample in a plane with a known sample rate. */
export type SampleIndex = number & { readonly [unit]?: 'SampleIndex' }
export type Hertz = number & { readonly [unit]?: 'Hertz' }

export const beatPeriod = (bpm: Bpm): Seconds => 60 / bpm
export const samplesToSeconds = (samples: SampleIndex, sampleRate: Hertz): Seconds => samples / sampleRate
export const secondsToSamples = (seconds: Seconds, sampleRate: Hertz): SampleIndex => Math.round(seconds * sampleRate)
/** 20·log10, floored at −120 dB so that silence stays finite. */
export const amplitudeToDecibels = (amplitude: number): Decibels => 20 * Math.log10(Math.max(amplitude, 1e-6))
export const powerToDecibels = (power: number): Decibels => 10 * Math.log10(Math.max(power, 1e-12))
