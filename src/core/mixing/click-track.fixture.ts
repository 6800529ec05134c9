import { type BeatGrid, beatsToSeconds } from '../beats/beat-grid.ts'
import type { StereoBlock, StereoSource } from './deck-reader.ts'

const CLICK_SECONDS = 0.004
/** High enough that no two parts of a time-stretch agree on it by chance. */
const CLICK_HZ = 3000

/** A short click on each beat of a grid, at the very time that the grid says, and silence between them. */
export const clickTrack = (grid: BeatGrid, sampleRate: number): StereoSource => {
  const samples = new Float32Array(Math.ceil(beatsToSeconds(grid, grid.beatCount) * sampleRate))
  for (let beat = 0; beat < grid.beatCount; beat++) {
    const at = beatsToSeconds(grid, beat) * sampleRate
    for (let n = Math.ceil(at); n < at + CLICK_SECONDS * sampleRate && n < samples.length; n++) {
      const seconds = (n - at) / sampleRate
      samples[n] = 0.8 * Math.exp(-1500 * seconds) * Math.sin(2 * Math.PI * CLICK_HZ * seconds)
    }
  }
  const read = (from: number, frames: number): StereoBlock => {
    const plane = Float32Array.from({ length: frames }, (_, n) => samples[from + n] ?? 0)
    return [plane, plane.slice()]
  }
  return { read }
}

/** A click is as loud as half of the loudest sample around it. */
const LOUD_SHARE = 0.5

/** Of the click that is nearest to a time: when its first loud sample sounds, in seconds; null where there is none within `within`. */
export const clickNear = (
  plane: Float32Array,
  { seconds, within, sampleRate }: { readonly seconds: number; readonly within: number; readonly sampleRate: number },
): number | null => {
  const [first, last] = [Math.floor((seconds - within) * sampleRate), Math.ceil((seconds + within) * sampleRate)]
  const part = plane.subarray(Math.max(0, first), last)
  const loudest = part.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  if (loudest < 0.05) return null
  const found = part.findIndex((value) => Math.abs(value) >= LOUD_SHARE * loudest)
  return (Math.max(0, first) + found) / sampleRate
}
