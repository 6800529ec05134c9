/**
 * @file Fourier transform of real frames by PFFFT (J. Pommier, https://bitbucket.org/jpommier/pffft), the SIMD WebAssembly build.
 * Conventions: unscaled (a forward transform sums, it does not divide by the size); the spectrum holds `size / 2` complex
 * bins as [Re 0, Re size/2, Re 1, Im 1, Re 2, Im 2, …]: the two real-valued bins share the first pair, as PFFFT orders them.
 */
import loadPffft from '@echogarden/pffft-wasm/simd'

const pffft = await loadPffft()
const PFFFT_REAL = 0
const PFFFT_FORWARD = 0
const BYTES_PER_FLOAT = 4

/**
 * A plan for one size with its own buffers in the WebAssembly heap. Fetch `input()` and `output()` anew before each use,
 * because creating another plan may grow the heap and detach older views.
 */
export type RealFft = {
  readonly size: number
  /** Shape (size). Write the frame here. */
  readonly input: () => Float32Array
  /** Transforms the input and returns the spectrum, shape (size), valid until the next call. */
  readonly transform: () => Float32Array
}

const plans = new Map<number, RealFft>()

const isPossibleSize = (size: number): boolean => {
  if (size < 32 || size % 32 !== 0) return false
  let rest = size
  for (const factor of [2, 3, 5]) while (rest % factor === 0) rest /= factor
  return rest === 1
}

const createPlan = (size: number): RealFft => {
  // PFFFT aborts the whole WebAssembly instance on a size that it does not support, so such a size must not reach it.
  if (!isPossibleSize(size)) throw new Error(`FFT size ${size} must be a multiple of 32 with factors 2, 3 and 5 only`)
  const setup = pffft._pffft_new_setup(size, PFFFT_REAL)
  const allocate = (): number => pffft._pffft_aligned_malloc(size * BYTES_PER_FLOAT)
  const [inputPointer, outputPointer, workPointer] = [allocate(), allocate(), allocate()]
  const createView = (pointer: number): (() => Float32Array) => {
    let view: Float32Array = new Float32Array(0)
    return () => {
      if (view.buffer !== pffft.HEAPF32.buffer) view = new Float32Array(pffft.HEAPF32.buffer, pointer, size)
      return view
    }
  }
  const output = createView(outputPointer)
  return {
    size,
    input: createView(inputPointer),
    transform: () => {
      pffft._pffft_transform_ordered(setup, inputPointer, outputPointer, workPointer, PFFFT_FORWARD)
      return output()
    },
  }
}

/** @returns the plan for a size; plans are shared and live as long as the process, so callers must not keep spectra across calls. */
export const realFft = (size: number): RealFft => {
  const known = plans.get(size)
  if (known) return known
  const created = createPlan(size)
  plans.set(size, created)
  return created
}
