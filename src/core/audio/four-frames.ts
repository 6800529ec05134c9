/**
 * @file Power spectra of four neighbouring frames at once, by WebAssembly with vector instructions (decision 0007). Window,
 * transform, powers and mel bands never leave its memory. Source and method: `recipes/sample-kernels/spectrum.ts`.
 * Conventions: frames as in framing.ts; power is scaled so that a full-scale sine at a bin's centre gives 1.
 */

import { compileKernels, createKernelMemory } from '../support/kernel-memory.ts'
import { type FrameShape, hannWindow } from './framing.ts'
import type { MelFilterbank } from './mel.ts'
import { SPECTRUM_KERNELS_BASE64 } from './spectrum-kernels.wasm.ts'

type Kernels = {
  readonly powerSpectra: (
    ...values: [from: number, hop: number, window: number, size: number, turns: number, work: number, powers: number]
  ) => void
  readonly lanesToRows: (from: number, vectors: number, to: number, rowBytes: number) => void
  readonly sumBands: (powers: number, runs: number, bands: number, weights: number, to: number) => void
}

/** Frames measured at once. */
export const FOUR = 4
const SAMPLE_BYTES = 4
const VECTOR_BYTES = 16
/** Samples copied in at once, or more where four frames need more; so many stay in the processor's cache. */
const PIECE_SAMPLES = 16384
const LONGEST_FRAME = 2 ** 16

const compiled = compileKernels(SPECTRUM_KERNELS_BASE64)

/** The turns e^(−2πi · n / of) as float32 pairs. */
const turnsOf = (count: number, of: number): Float32Array =>
  Float32Array.from({ length: 2 * count }, (_, at) => {
    const angle = (2 * Math.PI * (at >> 1)) / of
    return at % 2 === 0 ? Math.cos(angle) : -Math.sin(angle)
  })

const upToFour = (count: number): number => FOUR * Math.ceil(count / FOUR)

export type FourFrames = {
  /** Measures frames `first` … `first` + 3; `first` is a multiple of 4 and rises from call to call. */
  readonly measure: (first: number) => void
  /** The measured frames' powers, each of shape (frameSize / 2 + 1), valid until the next call. */
  readonly readPowers: () => readonly Float32Array[]
  /** The measured frames' bands, each of shape (bands), valid until the next call; empty without a filterbank. */
  readonly readBands: () => readonly Float32Array[]
}

export const createFourFrames = (
  samples: Float32Array,
  { frameSize, hopSamples, filterbank }: FrameShape & { readonly filterbank?: MelFilterbank },
): FourFrames => {
  if (frameSize < 16 || frameSize > LONGEST_FRAME || (frameSize & (frameSize - 1)) !== 0)
    throw new Error(`Frames of ${frameSize} samples: only powers of two from 16 to ${LONGEST_FRAME} are possible`)
  const half = frameSize >> 1
  const bands = filterbank?.bands ?? 0
  const pieceFrames = Math.max(FOUR, upToFour(PIECE_SAMPLES / hopSamples))
  const pieceSamples = (pieceFrames - 1) * hopSamples + frameSize
  const powerVectors = upToFour(half + 1)
  const bandVectors = upToFour(bands)
  const weights = filterbank?.weights ?? []
  const { run, place, buffer } = createKernelMemory<Kernels>(compiled)
  const windowAt = place(frameSize * SAMPLE_BYTES)
  const turnsAt = place((half + (half >> 1) + 1) * 2 * SAMPLE_BYTES)
  const workAt = place(2 * frameSize * VECTOR_BYTES)
  const powersAt = place(powerVectors * VECTOR_BYTES)
  const powerRowsAt = place(powerVectors * VECTOR_BYTES)
  const runsAt = place(2 * bands * SAMPLE_BYTES)
  const weightsAt = place(weights.reduce((sum, { length }) => sum + length, 0) * SAMPLE_BYTES)
  const bandsAt = place(bandVectors * VECTOR_BYTES)
  const bandRowsAt = place(bandVectors * VECTOR_BYTES)
  const pieceAt = place(pieceSamples * SAMPLE_BYTES)

  const floats = (at: number, count: number): Float32Array => new Float32Array(buffer(), at, count)
  const rows = (at: number, vectors: number, width: number): readonly Float32Array[] =>
    Array.from({ length: FOUR }, (_, lane) => floats(at + lane * vectors * SAMPLE_BYTES, width))
  // A full-scale sine has a magnitude of frameSize / 4 under this window; the kernel wants half of it.
  floats(windowAt, frameSize).set(hannWindow(frameSize).map((value) => (value * 2) / frameSize))
  floats(turnsAt, 2 * half).set(turnsOf(half, half))
  floats(turnsAt + 2 * half * SAMPLE_BYTES, half + 2).set(turnsOf((half >> 1) + 1, frameSize))
  new Int32Array(buffer(), runsAt, 2 * bands).set(
    weights.flatMap(({ length }, band) => [filterbank!.firstBins[band]!, length]),
  )
  let weightAt = weightsAt
  for (const values of weights) {
    floats(weightAt, values.length).set(values)
    weightAt += values.length * SAMPLE_BYTES
  }
  const powers = rows(powerRowsAt, powerVectors, half + 1)
  const bandRows = rows(bandRowsAt, bandVectors, bands)
  const piece = floats(pieceAt, pieceSamples)
  let pieceFirst = Number.NEGATIVE_INFINITY

  const loadPiece = (first: number): void => {
    const start = first * hopSamples - half
    const held = samples.subarray(Math.max(0, start), Math.max(0, start + pieceSamples))
    const before = Math.max(0, -start)
    piece.fill(0, 0, before)
    piece.set(held, before)
    piece.fill(0, before + held.length)
    pieceFirst = first
  }
  const measure = (first: number): void => {
    if (first + FOUR > pieceFirst + pieceFrames) loadPiece(first)
    const from = pieceAt + (first - pieceFirst) * hopSamples * SAMPLE_BYTES
    run.powerSpectra(from, hopSamples * SAMPLE_BYTES, windowAt, frameSize, turnsAt, workAt, powersAt)
    if (bands > 0) run.sumBands(powersAt, runsAt, bands, weightsAt, bandsAt)
  }
  const readPowers = (): readonly Float32Array[] => {
    run.lanesToRows(powersAt, powerVectors / FOUR, powerRowsAt, powerVectors * SAMPLE_BYTES)
    return powers
  }
  const readBands = (): readonly Float32Array[] => {
    run.lanesToRows(bandsAt, bandVectors / FOUR, bandRowsAt, bandVectors * SAMPLE_BYTES)
    return bandRows
  }
  return { measure, readPowers, readBands }
}
