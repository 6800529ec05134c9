/**
 * @file Loops over the values of a whole track as WebAssembly with vector instructions (decision 0007). They run once a track, so
 * JavaScript's compiler would hardly get round to optimising them. Source: `recipes/sample-kernels/series.ts`.
 */
import { compileKernels, createKernelMemory, type KernelMemory } from '../support/kernel-memory.ts'
import { SERIES_KERNELS_BASE64 } from './series-kernels.wasm.ts'

type Kernels = {
  readonly widenExtremes: (from: number, vectors: number, to: number) => void
  readonly measureHops: (from: number, hops: number, vectors: number, to: number) => void
  readonly scaleToLogarithms: (
    ...values: [at: number, vectors: number, gain: number, offset: number, factor: number]
  ) => void
  readonly slideMedians: (
    ...values: [from: number, to: number, length: number, stride: number, window: number, sorted: number]
  ) => void
  readonly rowsToLanes: (from: number, rowBytes: number, vectors: number, to: number) => void
  readonly lanesToRows: (from: number, vectors: number, to: number, rowBytes: number) => void
  readonly filterBands: (from: number, count: number, filters: number) => void
  readonly multiplyRows: (...values: [rows: number, vectors: number, apart: number, count: number, to: number]) => void
}

const compiled = compileKernels(SERIES_KERNELS_BASE64)

export const createSeriesMemory = (): KernelMemory<Kernels> => createKernelMemory<Kernels>(compiled)

/** Values processed at once: so many stay in the processor's cache. */
export const PIECE_VALUES = 16384
export const LANES = 4
export const FLOAT_BYTES = 4
