/**
 * @file Cuts a signal into overlapping frames.
 * Conventions: frame t is centred on sample t · hop; samples outside the signal are zero; there are as many frames as centres
 * inside the signal. The time of frame t is therefore exactly t · hop / sampleRate, whatever the frame size.
 */
export type FrameShape = { readonly frameSize: number; readonly hopSamples: number }

/** @returns the number of frames whose centre lies inside a signal of `sampleCount` samples. */
export const countFrames = (sampleCount: number, hopSamples: number): number =>
  sampleCount === 0 ? 0 : Math.floor((sampleCount - 1) / hopSamples) + 1

/** Periodic Hann window, shape (size), peak 1: its copies at a hop of size / 2 add up to 1. */
export const hannWindow = (size: number): Float32Array =>
  Float32Array.from({ length: size }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size))
