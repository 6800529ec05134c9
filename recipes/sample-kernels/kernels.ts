/**
 * The inner loops over samples at the source's rate, four or two numbers at a time. AssemblyScript, compiled by build.ts.
 * Conventions: addresses in bytes into the instance's memory; samples are float32; counts are at least 1. Reading may go up to
 * one vector beyond what is asked for.
 */
const VECTOR: usize = 16
const SAMPLE: usize = 4
/** Taps of the true-peak interpolator per phase. */
const PEAK_TAPS: usize = 12

/** Mean of left and right of interleaved stereo, four frames for each of `vectors`. */
export function mixStereo(from: usize, to: usize, vectors: i32): void {
  const half = f32x4.splat(0.5)
  for (let n = 0; n < vectors; n++) {
    const early = v128.load(from)
    const late = v128.load(from, 16)
    const left = v128.shuffle<f32>(early, late, 0, 2, 4, 6)
    const right = v128.shuffle<f32>(early, late, 1, 3, 5, 7)
    v128.store(to, f32x4.mul(f32x4.add(left, right), half))
    from += 2 * VECTOR
    to += VECTOR
  }
}

/** Samples of 16 bits as parts of full scale, eight for each of `vectors`. */
export function scaleInt16(from: usize, to: usize, vectors: i32): void {
  const scale = f32x4.splat(1.0 / 32768.0)
  for (let n = 0; n < vectors; n++) {
    const eight = v128.load(from)
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(eight)), scale))
    v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(eight)), scale), 16)
    from += VECTOR
    to += 2 * VECTOR
  }
}

function largestLane(values: v128): f32 {
  return max(
    max(f32x4.extract_lane(values, 0), f32x4.extract_lane(values, 1)),
    max(f32x4.extract_lane(values, 2), f32x4.extract_lane(values, 3)),
  )
}

/** Largest magnitude of `vectors` vectors; NaN when a sample is NaN. */
export function largestMagnitude(from: usize, vectors: i32): f32 {
  // Magnitudes are in the same order as their bits read as whole numbers, NaN above all: one instruction instead of six.
  let largest = i32x4.splat(0)
  for (let n = 0; n < vectors; n++) {
    largest = i32x4.max_s(largest, f32x4.abs(v128.load(from)))
    from += VECTOR
  }
  return largestLane(largest)
}

/**
 * Largest magnitude of three interpolated phases at `vectors` vectors of interleaved samples, `stride` bytes from one frame to
 * the next. At `taps` lie the first phase's taps, then the first half of the middle (symmetric) phase's; the third mirrors the first.
 */
export function largestBetween(from: usize, vectors: i32, stride: usize, taps: usize): f32 {
  let largest = f32x4.splat(0)
  for (let n = 0; n < vectors; n++) {
    let first = f32x4.splat(0)
    let middle = f32x4.splat(0)
    let last = f32x4.splat(0)
    let early = from
    let late = from + (PEAK_TAPS - 1) * stride
    for (let tap = taps; tap < taps + (PEAK_TAPS / 2) * SAMPLE; tap += SAMPLE) {
      const one = v128.load(early)
      const other = v128.load(late)
      const near = v128.load32_splat(tap)
      // The mirrored tap lies as far from the row's end as this one from its start.
      const far = v128.load32_splat(2 * taps + (PEAK_TAPS - 1) * SAMPLE - tap)
      first = f32x4.add(first, f32x4.add(f32x4.mul(near, one), f32x4.mul(far, other)))
      last = f32x4.add(last, f32x4.add(f32x4.mul(far, one), f32x4.mul(near, other)))
      middle = f32x4.add(middle, f32x4.mul(v128.load32_splat(tap + PEAK_TAPS * SAMPLE), f32x4.add(one, other)))
      early += stride
      late -= stride
    }
    largest = f32x4.max(largest, f32x4.max(f32x4.abs(first), f32x4.max(f32x4.abs(middle), f32x4.abs(last))))
    from += VECTOR
  }
  return largestLane(largest)
}

/**
 * Runs two channels, neighbours in memory, through a biquad b0 b1 b2 / a1 a2 and then one with numerator 1 −2 1 over c1 c2,
 * adding the squares of what comes out to an energy. `stride` is in bytes from frame to frame. Direct form I: from one frame to the
 * next only a product and a difference wait for each other.
 * At `filter` lie pairs of float64: the last two values in, between and out, and the energy, which change; then b0 b1 b2 a1 a2 c1 c2.
 */
export function weighPair(from: usize, frames: i32, stride: usize, filter: usize): void {
  let x1 = v128.load(filter)
  let x2 = v128.load(filter, 16)
  let y1 = v128.load(filter, 32)
  let y2 = v128.load(filter, 48)
  let z1 = v128.load(filter, 64)
  let z2 = v128.load(filter, 80)
  let energy = v128.load(filter, 96)
  const b0 = v128.load(filter, 112)
  const b1 = v128.load(filter, 128)
  const b2 = v128.load(filter, 144)
  const a1 = v128.load(filter, 160)
  const a2 = v128.load(filter, 176)
  const c1 = v128.load(filter, 192)
  const c2 = v128.load(filter, 208)
  for (let n = 0; n < frames; n++) {
    const x = f64x2.promote_low_f32x4(v128.load64_zero(from))
    const into = f64x2.add(f64x2.mul(b0, x), f64x2.add(f64x2.mul(b1, x1), f64x2.mul(b2, x2)))
    const y = f64x2.sub(f64x2.sub(into, f64x2.mul(a2, y2)), f64x2.mul(a1, y1))
    const between = f64x2.sub(f64x2.add(y, y2), f64x2.add(y1, y1))
    const z = f64x2.sub(f64x2.sub(between, f64x2.mul(c2, z2)), f64x2.mul(c1, z1))
    energy = f64x2.add(energy, f64x2.mul(z, z))
    x2 = x1
    x1 = x
    y2 = y1
    y1 = y
    z2 = z1
    z1 = z
    from += stride
  }
  v128.store(filter, x1)
  v128.store(filter, x2, 16)
  v128.store(filter, y1, 32)
  v128.store(filter, y2, 48)
  v128.store(filter, z1, 64)
  v128.store(filter, z2, 80)
  v128.store(filter, energy, 96)
}

/**
 * `count` outputs of a polyphase FIR: each the product of a row of taps with the samples from its position on. A row has
 * `vectors` × 4 taps. After each output the position moves by `advance` samples and the phase by `part`, carrying over at `phases`.
 */
export function filterPhases(
  rows: usize,
  vectors: usize,
  from: usize,
  to: usize,
  count: i32,
  phase: i32,
  advance: usize,
  part: i32,
  phases: i32,
): void {
  const rowBytes = vectors * VECTOR
  for (let n = 0; n < count; n++) {
    const row = rows + <usize>phase * rowBytes
    let sum = f32x4.splat(0)
    for (let at: usize = 0; at < rowBytes; at += VECTOR)
      sum = f32x4.add(sum, f32x4.mul(v128.load(row + at), v128.load(from + at)))
    sum = f32x4.add(sum, v128.shuffle<f32>(sum, sum, 2, 3, 0, 1))
    f32.store(to, f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1))
    to += SAMPLE
    from += advance * SAMPLE
    phase += part
    if (phase >= phases) {
      phase -= phases
      from += SAMPLE
    }
  }
}

/**
 * `count` outputs, rounded up to fours, of a FIR that halves the rate and whose taps at even distances from the middle are zero.
 * At `taps` lie the middle one and those at the odd distances 1, 3 …, `pairs` of them; `from` is the sample in the middle of the
 * first output. `odd` has room for `count` + 2 · `pairs` + 8 samples.
 */
export function filterHalfBand(taps: usize, pairs: i32, from: usize, odd: usize, to: usize, count: i32): void {
  let sample = from - <usize>(2 * pairs - 1) * SAMPLE
  const oddEnd = odd + <usize>(count + 2 * pairs + 3) * SAMPLE
  for (let at = odd; at < oddEnd; at += VECTOR) {
    v128.store(at, v128.shuffle<f32>(v128.load(sample), v128.load(sample, 16), 0, 2, 4, 6))
    sample += 2 * VECTOR
  }
  const middle = v128.load32_splat(taps)
  const tapsEnd = taps + <usize>(pairs + 1) * SAMPLE
  let left = odd + <usize>(pairs - 1) * SAMPLE
  for (let n = 0; n < count; n += 4) {
    let sum = f32x4.mul(middle, v128.shuffle<f32>(v128.load(from), v128.load(from, 16), 0, 2, 4, 6))
    let before = left
    let after = left + SAMPLE
    for (let tap = taps + SAMPLE; tap < tapsEnd; tap += SAMPLE) {
      sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(tap), f32x4.add(v128.load(before), v128.load(after))))
      before -= SAMPLE
      after += SAMPLE
    }
    v128.store(to, sum)
    to += VECTOR
    from += 2 * VECTOR
    left += VECTOR
  }
}
