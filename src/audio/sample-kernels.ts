/**
 * @file The inner loops over samples at the source's rate, on vectors: these take most of the time of decoding.
 * Conventions: addresses in bytes into the instance's memory; samples are float32; counts are at least 1. Each has its plain
 * counterpart in the test.
 */
import { type Code, defineFunction, encodeModule, f32, f32x4, f64x2, i32, repeat, v128, when } from './wasm-code.ts'

/** Bytes of a vector, and of the samples it holds. */
const VECTOR_BYTES = 16
const SAMPLE_BYTES = 4
/** Taps of the true-peak interpolator per phase. */
export const PEAK_TAPS = 12

const next = (address: Code, step: Code = i32.const(VECTOR_BYTES)): Code => i32.add(address, step)
const largestLane = (value: Code): Code =>
  f32.max(
    f32.max(f32x4.lane(0, value), f32x4.lane(1, value)),
    f32.max(f32x4.lane(2, value), f32x4.lane(3, value)),
  )

/** Four 16-bit samples each of `vectors` become float32 in [−1, 1); `scale` is the address of 1 / 32,768. */
const convertInt16 = defineFunction(
  { params: { from: 'i32', to: 'i32', vectors: 'i32', scale: 'i32' }, locals: { factor: 'v128' } },
  ({ from, to, vectors, scale, factor }) => [
    factor.set(v128.load32Splat(scale.get)),
    repeat(vectors, [
      v128.store(to.get, f32x4.mul(f32x4.fromInt32(v128.load16x4(from.get)), factor.get)),
      from.set(next(from.get, i32.const(8))),
      to.set(next(to.get)),
    ]),
  ],
)

/** Mean of left and right of interleaved stereo, four frames each of `vectors`; `half` is the address of 0.5. */
const mixStereo = defineFunction(
  {
    params: { from: 'i32', to: 'i32', vectors: 'i32', half: 'i32' },
    locals: { factor: 'v128', early: 'v128', late: 'v128' },
  },
  ({ from, to, vectors, half, factor, early, late }) => [
    factor.set(v128.load32Splat(half.get)),
    repeat(vectors, [
      early.set(v128.load(from.get)),
      late.set(v128.load(from.get, VECTOR_BYTES)),
      v128.store(
        to.get,
        f32x4.mul(
          f32x4.add(
            f32x4.shuffle([0, 2, 4, 6], early.get, late.get),
            f32x4.shuffle([1, 3, 5, 7], early.get, late.get),
          ),
          factor.get,
        ),
      ),
      from.set(next(from.get, i32.const(2 * VECTOR_BYTES))),
      to.set(next(to.get)),
    ]),
  ],
)

/** Largest magnitude of `vectors` vectors; NaN when a sample is NaN. */
const largestMagnitude = defineFunction(
  { params: { from: 'i32', vectors: 'i32' }, locals: { largest: 'v128' }, result: 'f32' },
  ({ from, vectors, largest }) => [
    repeat(vectors, [
      largest.set(f32x4.max(largest.get, f32x4.abs(v128.load(from.get)))),
      from.set(next(from.get)),
    ]),
    largestLane(largest.get),
  ],
)

const TAP_INDICES = Array.from({ length: PEAK_TAPS }, (_, tap) => tap)
const tapVariables = Object.fromEntries(TAP_INDICES.map((tap) => [`x${tap}`, 'v128' as const]))

/**
 * Largest magnitude of three interpolated phases at `vectors` vectors of interleaved samples, `stride` bytes from one frame to
 * the next. At `taps` lie the first phase's taps, then the first half of the middle (symmetric) phase's; the third mirrors the first.
 */
const largestBetween = defineFunction(
  {
    params: { from: 'i32', vectors: 'i32', stride: 'i32', taps: 'i32' },
    locals: { at: 'i32', largest: 'v128', first: 'v128', middle: 'v128', last: 'v128', tap: 'v128', ...tapVariables },
    result: 'f32',
  },
  (variables) => {
    const { from, vectors, stride, taps, at, largest, first, middle, last, tap } = variables
    const x = TAP_INDICES.map((index) => variables[`x${index}`]!)
    const add = (sum: typeof first, value: Code): Code => sum.set(f32x4.add(sum.get, f32x4.mul(tap.get, value)))
    return [
      repeat(vectors, [
        at.set(from.get),
        ...x.flatMap((sample) => [sample.set(v128.load(at.get)), at.set(i32.add(at.get, stride.get))]),
        first.set(v128.zero),
        middle.set(v128.zero),
        last.set(v128.zero),
        ...TAP_INDICES.flatMap((index) => [
          tap.set(v128.load32Splat(taps.get, index * SAMPLE_BYTES)),
          add(first, x[index]!.get),
          add(last, x[PEAK_TAPS - 1 - index]!.get),
        ]),
        ...TAP_INDICES.slice(0, PEAK_TAPS / 2).flatMap((index) => [
          tap.set(v128.load32Splat(taps.get, (PEAK_TAPS + index) * SAMPLE_BYTES)),
          add(middle, f32x4.add(x[index]!.get, x[PEAK_TAPS - 1 - index]!.get)),
        ]),
        largest.set(f32x4.max(largest.get, f32x4.abs(first.get))),
        largest.set(f32x4.max(largest.get, f32x4.abs(middle.get))),
        largest.set(f32x4.max(largest.get, f32x4.abs(last.get))),
        from.set(next(from.get)),
      ]),
      largestLane(largest.get),
    ]
  },
)

/** State and coefficients of two biquads for two channels at once, in this order, each a pair of float64. */
export const BIQUAD_PAIR_FIELDS = ['s1', 's2', 'p1', 'p2', 'energy', 'b0', 'b1', 'b2', 'a1', 'a2', 'c1', 'c2'] as const
type BiquadField = (typeof BIQUAD_PAIR_FIELDS)[number]
const STATE_FIELDS = 5
const biquadVariables = Object.fromEntries(BIQUAD_PAIR_FIELDS.map((field) => [field, 'v128'])) as Record<
  BiquadField,
  'v128'
>

/**
 * Runs two channels, neighbours in memory, through a biquad b0 b1 b2 / a1 a2 and then one with numerator 1 −2 1 over c1 c2
 * (transposed direct form II), adding the squares of what comes out to `energy`. `stride` is in bytes from frame to frame.
 */
const weighPair = defineFunction(
  {
    params: { from: 'i32', frames: 'i32', stride: 'i32', filter: 'i32' },
    locals: { x: 'v128', y: 'v128', z: 'v128', ...biquadVariables },
  },
  (variables) => {
    const { from, frames, stride, filter, x, y, z, s1, s2, p1, p2, energy, b0, b1, b2, a1, a2, c1, c2 } = variables
    const { add, sub, mul } = f64x2
    return [
      ...BIQUAD_PAIR_FIELDS.map((field, n) => variables[field].set(v128.load(filter.get, n * VECTOR_BYTES))),
      repeat(frames, [
        x.set(f64x2.fromLowerFloats(v128.load64(from.get))),
        y.set(add(mul(b0.get, x.get), s1.get)),
        s1.set(sub(add(mul(b1.get, x.get), s2.get), mul(a1.get, y.get))),
        s2.set(sub(mul(b2.get, x.get), mul(a2.get, y.get))),
        z.set(add(y.get, p1.get)),
        p1.set(sub(sub(p2.get, add(y.get, y.get)), mul(c1.get, z.get))),
        p2.set(sub(y.get, mul(c2.get, z.get))),
        energy.set(add(energy.get, mul(z.get, z.get))),
        from.set(i32.add(from.get, stride.get)),
      ]),
      ...BIQUAD_PAIR_FIELDS.slice(0, STATE_FIELDS).map((field, n) =>
        v128.store(filter.get, variables[field].get, n * VECTOR_BYTES),
      ),
    ]
  },
)

/**
 * `count` outputs of a polyphase FIR: each the product of a row of taps with the samples from its position on. A row has
 * `vectors` × 8 taps. After each output the position moves by `advance` bytes and the phase by `part`, carrying over at `phases`.
 */
const filterPhases = defineFunction(
  {
    params: {
      rows: 'i32',
      vectors: 'i32',
      from: 'i32',
      to: 'i32',
      count: 'i32',
      phase: 'i32',
      advance: 'i32',
      part: 'i32',
      phases: 'i32',
    },
    locals: { rowBytes: 'i32', tap: 'i32', sample: 'i32', left: 'i32', even: 'v128', odd: 'v128' },
  },
  ({ rows, vectors, from, to, count, phase, advance, part, phases, rowBytes, tap, sample, left, even, odd }) => {
    const product = (offset: number): Code => f32x4.mul(v128.load(tap.get, offset), v128.load(sample.get, offset))
    return [
      rowBytes.set(i32.mul(vectors.get, i32.const(2 * VECTOR_BYTES))),
      repeat(count, [
        tap.set(i32.add(rows.get, i32.mul(phase.get, rowBytes.get))),
        sample.set(from.get),
        left.set(vectors.get),
        even.set(v128.zero),
        odd.set(v128.zero),
        repeat(left, [
          even.set(f32x4.add(even.get, product(0))),
          odd.set(f32x4.add(odd.get, product(VECTOR_BYTES))),
          tap.set(next(tap.get, i32.const(2 * VECTOR_BYTES))),
          sample.set(next(sample.get, i32.const(2 * VECTOR_BYTES))),
        ]),
        even.set(f32x4.add(even.get, odd.get)),
        even.set(f32x4.add(even.get, f32x4.shuffle([2, 3, 0, 1], even.get, even.get))),
        v128.storeLane0(to.get, f32x4.add(even.get, f32x4.shuffle([1, 0, 3, 2], even.get, even.get))),
        to.set(next(to.get, i32.const(SAMPLE_BYTES))),
        from.set(i32.add(from.get, advance.get)),
        phase.set(i32.add(phase.get, part.get)),
        when(i32.ge(phase.get, phases.get), [
          phase.set(i32.sub(phase.get, phases.get)),
          from.set(next(from.get, i32.const(SAMPLE_BYTES))),
        ]),
      ]),
    ]
  },
)

const functions = { convertInt16, mixStereo, largestMagnitude, largestBetween, weighPair, filterPhases }
const module = new WebAssembly.Module(encodeModule(functions))

export type SampleKernels = {
  readonly bytes: Uint8Array
  readonly samples: Float32Array
  readonly doubles: Float64Array
  readonly run: Readonly<Record<keyof typeof functions, (...values: number[]) => number>>
}

const PAGE_BYTES = 65536

/** An instance with zeroed memory of its own, of at least `bytes`; it never grows, so that the views stay valid. */
export const createSampleKernels = (bytes: number): SampleKernels => {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) })
  const { exports } = new WebAssembly.Instance(module, { env: { memory } })
  return {
    bytes: new Uint8Array(memory.buffer),
    samples: new Float32Array(memory.buffer),
    doubles: new Float64Array(memory.buffer),
    run: exports as SampleKernels['run'],
  }
}
