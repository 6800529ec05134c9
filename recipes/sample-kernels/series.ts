/**
 * Loops over the values of a whole track: at the analysis rate, a frame or a beat. AssemblyScript, compiled by build.ts;
 * conventions as in kernels.ts.
 */
const VECTOR: usize = 16
const SAMPLE: usize = 4
const DOUBLE: usize = 8

/** Writes the lowest and highest of 0 and `vectors` × 4 samples as float32, then their sum as float64, to what lies at `to`. */
export function widenExtremes(from: usize, vectors: i32, to: usize): void {
  let lowest = v128.load32_splat(to)
  let highest = v128.load32_splat(to, 4)
  let sum = f64x2.splat(0)
  for (let n = 0; n < vectors; n++) {
    const four = v128.load(from)
    lowest = f32x4.pmin(lowest, four)
    highest = f32x4.pmax(highest, four)
    sum = f64x2.add(sum, f64x2.promote_low_f32x4(four))
    sum = f64x2.add(sum, f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3)))
    from += VECTOR
  }
  lowest = f32x4.pmin(lowest, v128.shuffle<f32>(lowest, lowest, 2, 3, 0, 1))
  highest = f32x4.pmax(highest, v128.shuffle<f32>(highest, highest, 2, 3, 0, 1))
  f32.store(to, min(f32x4.extract_lane(lowest, 0), f32x4.extract_lane(lowest, 1)))
  f32.store(to, max(f32x4.extract_lane(highest, 0), f32x4.extract_lane(highest, 1)), 4)
  f64.store(to, f64.load(to, 8) + f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1), 8)
}

/**
 * For each hop of `vectors` × 4 samples a record of 16 bytes: sum of squares (float64), largest magnitude (float32) and how often
 * the sign changes from one sample to the next, the one before the hop included (int32).
 */
export function measureHops(from: usize, hops: i32, vectors: i32, to: usize): void {
  const zero = f32x4.splat(0)
  for (let hop = 0; hop < hops; hop++) {
    let squares = f64x2.splat(0)
    let largest = i32x4.splat(0)
    let changes = i32x4.splat(0)
    for (let n = 0; n < vectors; n++) {
      const four = v128.load(from)
      const low = f64x2.promote_low_f32x4(four)
      const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3))
      squares = f64x2.add(squares, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)))
      largest = i32x4.max_s(largest, f32x4.abs(four))
      const before = v128.load(from - SAMPLE)
      // A true comparison is −1.
      changes = i32x4.sub(changes, v128.xor(f32x4.ge(four, zero), f32x4.ge(before, zero)))
      from += VECTOR
    }
    largest = i32x4.max_s(largest, v128.shuffle<i32>(largest, largest, 2, 3, 0, 1))
    changes = i32x4.add(changes, v128.shuffle<i32>(changes, changes, 2, 3, 0, 1))
    f64.store(to, f64x2.extract_lane(squares, 0) + f64x2.extract_lane(squares, 1))
    i32.store(to, max(i32x4.extract_lane(largest, 0), i32x4.extract_lane(largest, 1)), 8)
    i32.store(to, i32x4.extract_lane(changes, 0) + i32x4.extract_lane(changes, 1), 12)
    to += VECTOR
  }
}

/** Natural logarithm of normal positive numbers, to 1e-13: exponent, and the series of artanh of the rest. */
function logarithm(x: v128): v128 {
  const fraction = v128.or(v128.and(x, i64x2.splat(0x000fffffffffffff)), i64x2.splat(0x3ff0000000000000))
  const isLarge = f64x2.gt(fraction, f64x2.splat(Math.SQRT2))
  const m = v128.bitselect(f64x2.mul(fraction, f64x2.splat(0.5)), fraction, isLarge)
  // The exponent's bits below those of 2^52 read as the number 2^52 + exponent.
  const biased = v128.or(i64x2.shr_u(x, 52), i64x2.splat(0x4330000000000000))
  const exponent = f64x2.add(
    f64x2.sub(biased, f64x2.splat(4503599627370496.0 + 1023.0)),
    v128.and(isLarge, f64x2.splat(1)),
  )
  const s = f64x2.div(f64x2.sub(m, f64x2.splat(1)), f64x2.add(m, f64x2.splat(1)))
  const z = f64x2.mul(s, s)
  let series = f64x2.splat(1.0 / 15.0)
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 13.0))
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 11.0))
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 9.0))
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 7.0))
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 5.0))
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1.0 / 3.0))
  series = f64x2.add(f64x2.mul(series, z), f64x2.splat(1))
  return f64x2.add(f64x2.mul(f64x2.add(s, s), series), f64x2.mul(exponent, f64x2.splat(Math.LN2)))
}

/** `factor` · ln(`offset` + `gain` · value) in the place of `vectors` × 4 values; what is taken the logarithm of is positive. */
export function scaleToLogarithms(at: usize, vectors: i32, gain: f64, offset: f64, factor: f64): void {
  const gains = f64x2.splat(gain)
  const offsets = f64x2.splat(offset)
  const factors = f64x2.splat(factor)
  for (let n = 0; n < vectors; n++) {
    const four = v128.load(at)
    const low = f64x2.promote_low_f32x4(four)
    const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3))
    const logLow = f64x2.mul(logarithm(f64x2.add(f64x2.mul(low, gains), offsets)), factors)
    const logHigh = f64x2.mul(logarithm(f64x2.add(f64x2.mul(high, gains), offsets)), factors)
    v128.store(at, v128.shuffle<f32>(f32x4.demote_f64x2_zero(logLow), f32x4.demote_f64x2_zero(logHigh), 0, 1, 4, 5))
    at += VECTOR
  }
}

/**
 * Medians over a sliding window of four neighbouring lines of values, `length` vectors `stride` bytes apart; the window shrinks at
 * the ends. `sorted` has room for `window` + 1 vectors: what is in the window, rising in each lane.
 */
export function slideMedians(from: usize, to: usize, length: i32, stride: usize, window: i32, sorted: usize): void {
  const half = window / 2
  let count = 0
  for (let at = -half; at < length; at++) {
    const leaves = at - half - 1
    if (leaves >= 0) {
      const value = v128.load(from + <usize>leaves * stride)
      let isPast = i32x4.splat(0)
      count--
      for (let place = sorted; place < sorted + <usize>count * VECTOR; place += VECTOR) {
        const here = v128.load(place)
        isPast = v128.or(isPast, f32x4.eq(here, value))
        v128.store(place, v128.bitselect(v128.load(place, 16), here, isPast))
      }
    }
    const enters = at + half
    if (enters < length) {
      let value = v128.load(from + <usize>enters * stride)
      for (let place = sorted; place < sorted + <usize>count * VECTOR; place += VECTOR) {
        const here = v128.load(place)
        v128.store(place, f32x4.pmin(here, value))
        value = f32x4.pmax(here, value)
      }
      v128.store(sorted + <usize>count * VECTOR, value)
      count++
    }
    if (at >= 0) v128.store(to + <usize>at * stride, v128.load(sorted + <usize>(count >> 1) * VECTOR))
  }
}

/** Four rows, `rowBytes` apart, of `vectors` × 4 values as so many vectors of four lanes. */
export function rowsToLanes(from: usize, rowBytes: usize, vectors: i32, to: usize): void {
  for (let n = 0; n < vectors; n++) {
    const a = v128.load(from)
    const b = v128.load(from + rowBytes)
    const c = v128.load(from + 2 * rowBytes)
    const d = v128.load(from + 3 * rowBytes)
    const earlyAB = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
    const earlyCD = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
    const lateAB = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
    const lateCD = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
    v128.store(to, v128.shuffle<f32>(earlyAB, earlyCD, 0, 1, 4, 5))
    v128.store(to, v128.shuffle<f32>(earlyAB, earlyCD, 2, 3, 6, 7), 16)
    v128.store(to, v128.shuffle<f32>(lateAB, lateCD, 0, 1, 4, 5), 32)
    v128.store(to, v128.shuffle<f32>(lateAB, lateCD, 2, 3, 6, 7), 48)
    from += VECTOR
    to += 4 * VECTOR
  }
}

/** The reverse of `rowsToLanes`. */
export function lanesToRows(from: usize, vectors: i32, to: usize, rowBytes: usize): void {
  for (let n = 0; n < vectors; n++) {
    const a = v128.load(from)
    const b = v128.load(from, 16)
    const c = v128.load(from, 32)
    const d = v128.load(from, 48)
    const earlyAB = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
    const earlyCD = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
    const lateAB = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
    const lateCD = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
    v128.store(to, v128.shuffle<f32>(earlyAB, earlyCD, 0, 1, 4, 5))
    v128.store(to + rowBytes, v128.shuffle<f32>(earlyAB, earlyCD, 2, 3, 6, 7))
    v128.store(to + 2 * rowBytes, v128.shuffle<f32>(lateAB, lateCD, 0, 1, 4, 5))
    v128.store(to + 3 * rowBytes, v128.shuffle<f32>(lateAB, lateCD, 2, 3, 6, 7))
    from += 4 * VECTOR
    to += VECTOR
  }
}

/** Products of `count` rows of `vectors` × 4 values with those that begin `apart` bytes further on, as float64. */
export function multiplyRows(rows: usize, vectors: i32, apart: usize, count: i32, to: usize): void {
  for (let n = 0; n < count; n++) {
    let low = f64x2.splat(0)
    let high = f64x2.splat(0)
    for (let column = 0; column < vectors; column++) {
      const here = v128.load(rows)
      const there = v128.load(rows + apart)
      low = f64x2.add(low, f64x2.mul(f64x2.promote_low_f32x4(here), f64x2.promote_low_f32x4(there)))
      high = f64x2.add(
        high,
        f64x2.mul(
          f64x2.promote_low_f32x4(v128.shuffle<f32>(here, here, 2, 3, 2, 3)),
          f64x2.promote_low_f32x4(v128.shuffle<f32>(there, there, 2, 3, 2, 3)),
        ),
      )
      rows += VECTOR
    }
    const sum = f64x2.add(low, high)
    f64.store(to, f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1))
    to += DOUBLE
  }
}

/** Smaller values become zero, because arithmetic on denormal numbers takes many times as long. */
function withoutDenormals(state: v128): v128 {
  return v128.andnot(state, f64x2.lt(f64x2.abs(state), f64x2.splat(1e-30)))
}

/**
 * Runs `count` samples through four second-order sections, direct form II transposed: first a pair that takes the samples, then a
 * pair whose first section takes them too and whose second takes what the first pair's second gives, as float32.
 * At `filters` lie pairs of float64: both values that each pair remembers, which change; then b0 (which is b2 as well) b1 a1 a2 of
 * each pair; then the largest magnitudes that came out of each pair, which begin at 0 here; then, as float32, that of the samples.
 */
export function filterBands(from: usize, count: i32, filters: usize): void {
  let first = v128.load(filters)
  let second = v128.load(filters, 16)
  let thenFirst = v128.load(filters, 32)
  let thenSecond = v128.load(filters, 48)
  const b0 = v128.load(filters, 64)
  const b1 = v128.load(filters, 80)
  const a1 = v128.load(filters, 96)
  const a2 = v128.load(filters, 112)
  const thenB0 = v128.load(filters, 128)
  const thenB1 = v128.load(filters, 144)
  const thenA1 = v128.load(filters, 160)
  const thenA2 = v128.load(filters, 176)
  let largest = f64x2.splat(0)
  let thenLargest = f64x2.splat(0)
  let whole: f32 = 0
  for (let n = 0; n < count; n++) {
    const sample = f32.load(from)
    const magnitude = abs(sample)
    whole = magnitude > whole ? magnitude : whole
    const x = f64x2.splat(<f64>sample)
    const y = f64x2.add(f64x2.mul(b0, x), first)
    first = f64x2.add(f64x2.sub(f64x2.mul(b1, x), f64x2.mul(a1, y)), second)
    second = f64x2.sub(f64x2.mul(b0, x), f64x2.mul(a2, y))
    largest = f64x2.pmax(largest, f64x2.abs(y))
    const rounded = f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(y))
    const between = v128.shuffle<f64>(x, rounded, 0, 3)
    const z = f64x2.add(f64x2.mul(thenB0, between), thenFirst)
    thenFirst = f64x2.add(f64x2.sub(f64x2.mul(thenB1, between), f64x2.mul(thenA1, z)), thenSecond)
    thenSecond = f64x2.sub(f64x2.mul(thenB0, between), f64x2.mul(thenA2, z))
    thenLargest = f64x2.pmax(thenLargest, f64x2.abs(z))
    from += SAMPLE
  }
  v128.store(filters, withoutDenormals(first))
  v128.store(filters, withoutDenormals(second), 16)
  v128.store(filters, withoutDenormals(thenFirst), 32)
  v128.store(filters, withoutDenormals(thenSecond), 48)
  v128.store(filters, largest, 192)
  v128.store(filters, thenLargest, 208)
  f32.store(filters, whole, 224)
}
