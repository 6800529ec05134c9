/**
 * @file The sound on a raster of eight rows per beat of the slower octave: onsets per frequency group, band levels and chroma.
 * All later decisions (octave, half-beat, bar, phrase) use this small table, never the audio.
 * Conventions: rows are an eighth of a base beat long (68–136 ms); tables are row-major; levels are natural logs of compressed power.
 */
import type { MonoAudio } from '../audio/audio.ts'
import { countFrames } from '../audio/framing.ts'
import { eachPowerFrame, type Spectrogram } from '../audio/spectrogram.ts'
import type { Progress } from '../support/progress.ts'
import type { Seconds } from '../units/units.ts'
import type { OnsetStrength } from './onset-strength.ts'

export const ROWS_PER_BASE_BEAT = 8
export const LEVEL_BANDS = 12
const MEL_BANDS_PER_LEVEL = 3
export const CHROMA_BINS = 12
/** An onset belongs to a row when its peak lies this close to the row's start; the tolerance of beat scoring is 70 ms. */
const ONSET_REACH_SECONDS = 0.035

export type BeatRaster = {
  readonly rows: number
  /** Start time of each row and the end of the last, shape (rows + 1). */
  readonly rowSeconds: Float64Array
  /** Highest onset strength around the row's start: low, middle, high; shape (rows, 3). */
  readonly onsets: Float32Array
  /** Mean compressed level within the row, shape (rows, 12). */
  readonly levels: Float32Array
  /** When the first sound starts; null when the recording starts in the middle of a sound. */
  readonly soundStartSeconds: Seconds | null
  /** Mean chroma within the row, unit sum or all zero, shape (rows, 12). */
  readonly chroma: Float32Array
}

/** Frames of 186 ms resolve semitones from 220 Hz up. */
const CHROMA_FRAME_SAMPLES = 4096
const CHROMA_HOP_SAMPLES = 2048
const CHROMA_MIN_HZ = 110
const CHROMA_MAX_HZ = 2000
const REFERENCE_A_HZ = 440

/** @returns square root of power per pitch class (A = 0), shape (frames, 12). */
export const chromaFrames = (audio: MonoAudio, progress: Progress = {}): Float32Array => {
  const binHz = audio.sampleRate / CHROMA_FRAME_SAMPLES
  const firstBin = Math.ceil(CHROMA_MIN_HZ / binHz)
  const lastBin = Math.floor(CHROMA_MAX_HZ / binHz)
  const pitchClass = Uint8Array.from({ length: lastBin + 1 }, (_, bin) => {
    const semitones = Math.round(12 * Math.log2((bin * binHz) / REFERENCE_A_HZ))
    return bin === 0 ? 0 : ((semitones % 12) + 12) % 12
  })
  const rows = new Float32Array(countFrames(audio.samples.length, CHROMA_HOP_SAMPLES) * CHROMA_BINS)
  const shape = { ...progress, frameSize: CHROMA_FRAME_SAMPLES, hopSamples: CHROMA_HOP_SAMPLES }
  eachPowerFrame(audio, shape, (power, frame) => {
    for (let bin = firstBin; bin <= lastBin; bin++)
      rows[frame * CHROMA_BINS + pitchClass[bin]!]! += Math.sqrt(power[bin]!)
  })
  return rows
}

export type RasterSources = {
  readonly onsets: OnsetStrength
  readonly mel: Spectrogram
  readonly chroma: Float32Array
  readonly sampleRate: number
  readonly soundStartSeconds: Seconds | null
  /** Start times of the rows and the end of the last, shape (rows + 1). */
  readonly rowSeconds: Float64Array
}

export const observeRaster = (sources: RasterSources): BeatRaster => {
  const { onsets, mel, chroma, sampleRate, rowSeconds } = sources
  const rows = rowSeconds.length - 1
  const frameAt = (seconds: Seconds): number => Math.round(seconds * onsets.framesPerSecond)
  const reach = Math.round(ONSET_REACH_SECONDS * onsets.framesPerSecond)
  const raster: BeatRaster = {
    rows,
    rowSeconds,
    soundStartSeconds: sources.soundStartSeconds,
    onsets: new Float32Array(rows * 3),
    levels: new Float32Array(rows * LEVEL_BANDS),
    chroma: new Float32Array(rows * CHROMA_BINS),
  }
  for (let row = 0; row < rows; row++) {
    const first = Math.max(0, Math.min(mel.frames - 1, frameAt(rowSeconds[row]!)))
    const end = Math.max(first + 1, Math.min(mel.frames, frameAt(rowSeconds[row + 1]!)))
    for (let group = 0; group < 3; group++) {
      const strength = onsets.groups[group as 0 | 1 | 2]
      let peak = 0
      for (let frame = Math.max(0, first - reach); frame <= Math.min(mel.frames - 1, first + reach); frame++)
        peak = Math.max(peak, strength[frame]!)
      raster.onsets[row * 3 + group] = peak
    }
    const share = 1 / (MEL_BANDS_PER_LEVEL * (end - first))
    for (let level = 0; level < LEVEL_BANDS; level++) {
      let sum = 0
      for (let frame = first; frame < end; frame++)
        for (let n = 0; n < MEL_BANDS_PER_LEVEL; n++)
          sum += mel.values[frame * mel.bands + level * MEL_BANDS_PER_LEVEL + n]!
      raster.levels[row * LEVEL_BANDS + level] = sum * share
    }
    writeChroma(raster, row, { chroma, framesPerSecond: sampleRate / CHROMA_HOP_SAMPLES })
  }
  return raster
}

const writeChroma = (
  raster: BeatRaster,
  row: number,
  source: { readonly chroma: Float32Array; readonly framesPerSecond: number },
): void => {
  const frames = source.chroma.length / CHROMA_BINS
  const middle = ((raster.rowSeconds[row]! + raster.rowSeconds[row + 1]!) / 2) * source.framesPerSecond
  const frame = Math.max(0, Math.min(frames - 1, Math.round(middle)))
  let sum = 0
  for (let bin = 0; bin < CHROMA_BINS; bin++) sum += source.chroma[frame * CHROMA_BINS + bin]!
  if (sum <= 0) return
  for (let bin = 0; bin < CHROMA_BINS; bin++)
    raster.chroma[row * CHROMA_BINS + bin] = source.chroma[frame * CHROMA_BINS + bin]! / sum
}

/** @returns the raster of these rows one after the other. @param rowSeconds their starts and the end of the last */
export const takeRows = (raster: BeatRaster, rows: readonly number[], rowSeconds: Float64Array): BeatRaster => {
  const take = (table: Float32Array, width: number): Float32Array => {
    const taken = new Float32Array(rows.length * width)
    rows.forEach((row, at) => {
      taken.set(table.subarray(row * width, (row + 1) * width), at * width)
    })
    return taken
  }
  return {
    rows: rows.length,
    rowSeconds,
    soundStartSeconds: raster.soundStartSeconds,
    onsets: take(raster.onsets, 3),
    levels: take(raster.levels, LEVEL_BANDS),
    chroma: take(raster.chroma, CHROMA_BINS),
  }
}

/** @returns the raster of an excerpt that starts in the middle of the music; rows [firstRow, endRow). */
export const excerptRaster = (raster: BeatRaster, firstRow: number, endRow: number): BeatRaster => ({
  rows: endRow - firstRow,
  rowSeconds: raster.rowSeconds.slice(firstRow, endRow + 1),
  soundStartSeconds: null,
  onsets: raster.onsets.slice(firstRow * 3, endRow * 3),
  levels: raster.levels.slice(firstRow * LEVEL_BANDS, endRow * LEVEL_BANDS),
  chroma: raster.chroma.slice(firstRow * CHROMA_BINS, endRow * CHROMA_BINS),
})
