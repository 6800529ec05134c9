/**
 * @file The inner loops over samples at the source's rate, as WebAssembly with vector instructions: in plain JavaScript they
 * take most of the time of an analysis (decision 0007). Source and conventions: `recipes/sample-kernels/kernels.ts`.
 */
import { SAMPLE_KERNELS_BASE64 } from './sample-kernels.wasm.ts'

type Kernels = {
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
}

export type SampleKernels = {
  readonly samples: Float32Array
  readonly doubles: Float64Array
  readonly run: Kernels
}

const PAGE_BYTES = 65536
const compiled = new WebAssembly.Module(Uint8Array.from(atob(SAMPLE_KERNELS_BASE64), (letter) => letter.charCodeAt(0)))

/** An instance with zeroed memory of its own, of at least `bytes`; it never grows, so that the views stay valid. */
export const createSampleKernels = (bytes: number): SampleKernels => {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) })
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } })
  return {
    samples: new Float32Array(memory.buffer),
    doubles: new Float64Array(memory.buffer),
    run: exports as unknown as Kernels,
  }
}
