/**
 * @file Facts of a recording that its mono mix at the analysis rate no longer shows: flat tops, offset and likeness of the channels,
 * and where its spectrum ends. It streams, beside the meters of the same room.
 * Method: flat tops are runs of equal samples near full scale; offset and likeness are means over every fourth frame; the end of the
 * spectrum is a cliff in the mean power of windows two seconds apart (what an encoder's low-pass leaves; music fades out gradually).
 * Conventions: samples −1 to 1, frames interleaved; seconds from the first frame.
 */

import type { Hertz } from '../units/units.ts'
import type { SourceSignal } from './audio.ts'
import { createSampleRoom, readPieces, type SampleRoom } from './sample-room.ts'
import { findSpectralCliff } from './spectral-cliff.ts'

export type SourceSignalMeter = {
  readonly push: (frames: Float32Array) => void
  /** The same for `count` frames that the room holds already. */
  readonly take: (count: number) => void
  readonly finish: () => SourceSignal
}

/**
 * A clipped wave stays at its ceiling; the crest of an unclipped 30 Hz wave that just reaches it is level for up to
 * five 16-bit samples.
 */
const FLAT_SAMPLES = 6
const CEILING = 0.99
const LEVEL_STEP = 1e-6
const BLOCK_FRAMES = 512
const STRETCH_GAP_SECONDS = 1
const MOST_STRETCHES = 50
/** Means are taken over every fourth frame: enough remain to know a mean to a thousandth. */
const FRAME_STRIDE = 4
/** A channel is silent below this mean square (−90 dB). */
const SILENT_POWER = 1e-9
const SAMPLE_BYTES = 4
const LANES = 4
const WINDOW_FRAMES = 4096
const WINDOW_SPACING_SECONDS = 2
const MOST_WINDOWS = 256

type Stretch = { start: number; end: number }

/** @param sampleRate of the frames */
const createFlatTops = (sampleRate: Hertz, room: SampleRoom) => {
  const { channels, run, samples, framesAt } = room
  const lastValues = new Float32Array(channels)
  const runLengths = new Int32Array(channels)
  const stretches: Stretch[] = []
  let count = 0

  const found = (frame: number): void => {
    count++
    const seconds = frame / sampleRate
    const last = stretches.at(-1)
    if (last !== undefined && (seconds - last.end < STRETCH_GAP_SECONDS || stretches.length === MOST_STRETCHES))
      last.end = Math.max(last.end, seconds)
    else stretches.push({ start: Math.max(0, (frame - FLAT_SAMPLES) / sampleRate), end: seconds })
  }
  const scan = (at: number, length: number, firstFrame: number): void => {
    const memory = samples()
    for (let channel = 0; channel < channels; channel++) {
      let last = lastValues[channel]!
      let level = runLengths[channel]!
      for (let n = channel; n < length; n += channels) {
        const value = memory[at + n]!
        level = Math.abs(value) >= CEILING && Math.abs(value - last) <= LEVEL_STEP ? level + 1 : 1
        last = value
        if (level === FLAT_SAMPLES) found(firstFrame + Math.floor(n / channels))
      }
      lastValues[channel] = last
      runLengths[channel] = level
    }
  }
  const take = (frames: number, firstFrame: number): void => {
    for (let frame = 0; frame < frames; frame += BLOCK_FRAMES) {
      const length = Math.min(BLOCK_FRAMES, frames - frame) * channels
      const at = framesAt / SAMPLE_BYTES + frame * channels
      // Only whole vectors are read: at worst, the few samples beyond the block cause it to be looked at.
      if (run.largestMagnitude(at * SAMPLE_BYTES, Math.ceil(length / LANES)) >= CEILING)
        scan(at, length, firstFrame + frame)
      else runLengths.fill(0)
    }
  }
  return {
    take,
    count: () => count,
    stretches: () => stretches.map(({ start, end }) => [start, end] as const),
  }
}

/** Adds the sums of left, right, their squares, their product and their squared difference. It is compiled once for all files. */
const addStereo = (
  memory: Float32Array,
  [first, end, stride]: readonly [number, number, number],
  stereo: Float64Array,
): void => {
  let [ones, others, ofLeft, ofRight, both, apart] = [0, 0, 0, 0, 0, 0]
  for (let at = first; at < end; at += stride) {
    const one = memory[at]!
    const other = memory[at + 1]!
    ones += one
    others += other
    ofLeft += one * one
    ofRight += other * other
    both += one * other
    apart += (one - other) * (one - other)
  }
  for (const [n, sum] of [ones, others, ofLeft, ofRight, both, apart].entries()) stereo[n]! += sum
}

export const createSourceSignalMeter = (
  sampleRate: Hertz,
  channels: number,
  room: SampleRoom = createSampleRoom(channels),
): SourceSignalMeter => {
  const { samples, framesAt } = room
  const flatTops = createFlatTops(sampleRate, room)
  const sums = new Float64Array(channels)
  /** As `addStereo` sums them. */
  const stereo = new Float64Array(6)
  let [looked, received] = [0, 0]
  /** Half a window comes before the windows, because frames are centred (framing.ts). */
  const windows: Float32Array[] = []
  let filled = WINDOW_FRAMES
  const spacing = Math.round(WINDOW_SPACING_SECONDS * sampleRate)

  const addMeans = (first: number, count: number): void => {
    const memory = samples()
    const end = first + count * channels
    const stride = FRAME_STRIDE * channels
    looked += Math.ceil(count / FRAME_STRIDE)
    if (channels !== 2) {
      for (let channel = 0; channel < channels; channel++)
        for (let at = first + channel; at < end; at += stride) sums[channel]! += memory[at]!
      return
    }
    addStereo(memory, [first, end, stride], stereo)
  }
  /** Windows of the first channel begin every `spacing` frames. */
  const addWindows = (first: number, count: number): void => {
    const memory = samples()
    for (let frame = 0; frame < count; frame++) {
      if (filled === WINDOW_FRAMES) {
        const next = windows.length * spacing
        if (windows.length === MOST_WINDOWS || next >= received + count) return
        frame = Math.max(frame, next - received)
        windows.push(new Float32Array(WINDOW_FRAMES))
        filled = 0
      }
      windows.at(-1)![filled++] = memory[first + frame * channels]!
    }
  }
  const take = (count: number): void => {
    const first = framesAt / SAMPLE_BYTES
    flatTops.take(count, received)
    addMeans(first, count)
    addWindows(first, count)
    received += count
  }
  const finish = (): SourceSignal => {
    const [, , left, right, product, difference] = stereo as unknown as [number, number, number, number, number, number]
    const isStereo = channels === 2 && Math.min(left, right) > SILENT_POWER * looked
    if (channels === 2) sums.set(stereo.subarray(0, 2))
    return {
      flatTops: flatTops.count(),
      flatStretches: flatTops.stretches(),
      offset: sums.reduce((farthest, sum) => (Math.abs(sum) > Math.abs(farthest) ? sum : farthest), 0) / (looked || 1),
      correlation: isStereo ? product / Math.sqrt(left * right) : null,
      differenceShare: isStereo ? difference / (left + right) : null,
      cliff: findSpectralCliff(windows, sampleRate),
    }
  }
  return { push: (frames) => readPieces(room, frames, take), take, finish }
}
