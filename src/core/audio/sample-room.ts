/**
 * @file Room in WebAssembly memory for a piece of a recording at its own rate, which all meters read in place, and the loops over
 * it with vector instructions: in plain JavaScript they take most of the time of an analysis (decision 0007). Source and
 * conventions of the loops: `recipes/sample-kernels/kernels.ts`.
 * Conventions: frames are interleaved; places are in bytes.
 */
import { compileKernels, createKernelMemory } from '../support/kernel-memory.ts'
import { SAMPLE_KERNELS_BASE64 } from './sample-kernels.wasm.ts'

type Kernels = {
  readonly scaleInt16: (from: number, to: number, vectors: number) => void
  readonly mixStereo: (from: number, to: number, vectors: number) => void
  readonly largestMagnitude: (from: number, vectors: number) => number
  readonly largestBetween: (from: number, vectors: number, stride: number, taps: number) => number
  readonly weighPair: (from: number, frames: number, stride: number, filter: number) => void
  readonly filterPhases: (
    ...values: [
      rows: number,
      vectors: number,
      from: number,
      to: number,
      count: number,
      phase: number,
      advance: number,
      part: number,
      phases: number,
    ]
  ) => void
  readonly filterHalfBand: (
    ...values: [taps: number, pairs: number, from: number, odd: number, to: number, count: number]
  ) => void
}

export type SampleRoom = {
  readonly channels: number
  readonly run: Kernels
  /** Where the frames of `load` lie; there is room for `MARGIN_FRAMES` more before and after them. */
  readonly framesAt: number
  /** Reserves zeroed memory and invalidates views fetched before. */
  readonly place: (bytes: number) => number
  /** The whole memory. */
  readonly samples: () => Float32Array
  readonly doubles: () => Float64Array
  /** Takes in at most `PIECE_FRAMES` frames. */
  readonly load: (frames: Float32Array) => void
  readonly loadInt16: (frames: Int16Array) => void
}

/** Frames processed at once: so many, with what is computed from them, stay in the processor's cache. */
export const PIECE_FRAMES = 8192
/** Frames that may surround a piece: what came before it, and what a vector reads beyond it. */
const MARGIN_FRAMES = 16

const VECTOR_BYTES = 16
const SAMPLE_BYTES = 4
const compiled = compileKernels(SAMPLE_KERNELS_BASE64)

export const createSampleRoom = (channels: number): SampleRoom => {
  const { run, place, floats, buffer } = createKernelMemory<Kernels>(compiled)
  const marginBytes = MARGIN_FRAMES * channels * SAMPLE_BYTES
  const pieceSamples = PIECE_FRAMES * channels
  const framesAt = place(2 * marginBytes + pieceSamples * SAMPLE_BYTES) + marginBytes
  const integersAt = place((pieceSamples * SAMPLE_BYTES) / 2 + VECTOR_BYTES)
  return {
    channels,
    run,
    framesAt,
    place,
    samples: floats,
    doubles: () => new Float64Array(buffer()),
    load: (frames) => floats().set(frames, framesAt / SAMPLE_BYTES),
    loadInt16: (frames) => {
      new Int16Array(buffer(), integersAt, pieceSamples).set(frames)
      run.scaleInt16(integersAt, framesAt, Math.ceil(frames.length / (2 * 4)))
    },
  }
}

/** Loads frames piece by piece for one reader. */
export const readPieces = (room: SampleRoom, frames: Float32Array, take: (count: number) => void): void => {
  const pieceSamples = PIECE_FRAMES * room.channels
  for (let at = 0; at < frames.length; at += pieceSamples) {
    const piece = frames.subarray(at, at + pieceSamples)
    room.load(piece)
    take(piece.length / room.channels)
  }
}
