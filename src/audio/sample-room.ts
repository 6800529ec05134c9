/**
 * @file Room in WebAssembly memory for a piece of a recording at its own rate, which all meters read where it lies, and the loops
 * over it with vector instructions: in plain JavaScript they take most of the time of an analysis (decision 0007). Source and
 * conventions of the loops: `recipes/sample-kernels/kernels.ts`.
 * Conventions: frames are interleaved; places are in bytes.
 */
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
  /** Where the frames of `load` lie; in front of them and behind them is room for `MARGIN_FRAMES` more. */
  readonly framesAt: number
  /** Reserves zeroed memory; views fetched before are dead. */
  readonly place: (bytes: number) => number
  /** The whole memory. */
  readonly samples: () => Float32Array
  readonly doubles: () => Float64Array
  /** Takes in at most `PIECE_FRAMES` frames. */
  readonly load: (frames: Float32Array) => void
  readonly loadInt16: (frames: Int16Array) => void
}

/** Frames worked on at once: they and what is made of them stay in the processor's cache. */
export const PIECE_FRAMES = 8192
/** Frames that may stand around a piece: what came before it, and what a vector reads beyond it. */
export const MARGIN_FRAMES = 16

const PAGE_BYTES = 65536
const VECTOR_BYTES = 16
const SAMPLE_BYTES = 4
/** What the types of Node leave out. */
type GrowingMemory = WebAssembly.Memory & { readonly grow: (pages: number) => number }
const compiled = new WebAssembly.Module(Uint8Array.from(atob(SAMPLE_KERNELS_BASE64), (letter) => letter.charCodeAt(0)))

export const createSampleRoom = (channels: number): SampleRoom => {
  const memory = new WebAssembly.Memory({ initial: 1 }) as GrowingMemory
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } })
  const run = exports as unknown as Kernels
  let end = 0
  const place = (bytes: number): number => {
    const at = end
    end += VECTOR_BYTES * Math.ceil(bytes / VECTOR_BYTES)
    const missing = end - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES))
    return at
  }
  let floats = new Float32Array(memory.buffer)
  const samples = (): Float32Array => {
    if (floats.buffer !== memory.buffer) floats = new Float32Array(memory.buffer)
    return floats
  }
  const marginBytes = MARGIN_FRAMES * channels * SAMPLE_BYTES
  const pieceSamples = PIECE_FRAMES * channels
  const framesAt = place(2 * marginBytes + pieceSamples * SAMPLE_BYTES) + marginBytes
  const integersAt = place((pieceSamples * SAMPLE_BYTES) / 2 + VECTOR_BYTES)
  return {
    channels,
    run,
    framesAt,
    place,
    samples,
    doubles: () => new Float64Array(memory.buffer),
    load: (frames) => samples().set(frames, framesAt / SAMPLE_BYTES),
    loadInt16: (frames) => {
      new Int16Array(memory.buffer, integersAt, pieceSamples).set(frames)
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
