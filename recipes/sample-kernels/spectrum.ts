/**
 * Power spectra and mel bands of four frames at once, a frame in each of the four lanes: so no step needs to move numbers between
 * lanes but the first and the last. AssemblyScript, compiled by build.ts; conventions as in kernels.ts.
 * Method: Hann-windowed real frames of N samples as N / 2 complex values; Stockham's self-sorting transform by fours, the last
 * pass by two where needed (C. Van Loan, "Computational Frameworks for the Fast Fourier Transform", 1992, §1.7, §2.4, §4.3).
 */
const LANES_BYTES: usize = 16
const SAMPLE: usize = 4
/** Real and imaginary part of one value, four lanes each. */
const COMPLEX_BYTES: usize = 32
/** Cosine and minus sine in float32. */
const TURN_BYTES: usize = 8

/** Four frames, `hop` bytes apart, times the window; sample by sample into lanes. */
function windowFrames(from: usize, hop: usize, window: usize, windowEnd: usize, to: usize): void {
  while (window < windowEnd) {
    const taps = v128.load(window)
    const a = f32x4.mul(v128.load(from), taps)
    const b = f32x4.mul(v128.load(from + hop), taps)
    const c = f32x4.mul(v128.load(from + 2 * hop), taps)
    const d = f32x4.mul(v128.load(from + 3 * hop), taps)
    const earlyAB = v128.shuffle<f32>(a, b, 0, 4, 1, 5)
    const earlyCD = v128.shuffle<f32>(c, d, 0, 4, 1, 5)
    const lateAB = v128.shuffle<f32>(a, b, 2, 6, 3, 7)
    const lateCD = v128.shuffle<f32>(c, d, 2, 6, 3, 7)
    v128.store(to, v128.shuffle<f32>(earlyAB, earlyCD, 0, 1, 4, 5))
    v128.store(to, v128.shuffle<f32>(earlyAB, earlyCD, 2, 3, 6, 7), 16)
    v128.store(to, v128.shuffle<f32>(lateAB, lateCD, 0, 1, 4, 5), 32)
    v128.store(to, v128.shuffle<f32>(lateAB, lateCD, 2, 3, 6, 7), 48)
    window += LANES_BYTES
    from += LANES_BYTES
    to += 4 * LANES_BYTES
  }
}

/**
 * One pass by fours over sequences of 4 · `quarter` values, `run` bytes of neighbouring sequences together. The turns of the
 * pass lie `step` bytes apart.
 */
function passByFours(from: usize, to: usize, quarter: usize, run: usize, turns: usize, step: usize): void {
  const apart = quarter * run
  for (let p: usize = 0; p < quarter; p++) {
    const turn1 = turns + p * step
    const turn2 = turns + 2 * p * step
    const turn3 = turns + 3 * p * step
    const c1 = v128.load32_splat(turn1)
    const s1 = v128.load32_splat(turn1, 4)
    const c2 = v128.load32_splat(turn2)
    const s2 = v128.load32_splat(turn2, 4)
    const c3 = v128.load32_splat(turn3)
    const s3 = v128.load32_splat(turn3, 4)
    for (const end = from + run; from < end; from += COMPLEX_BYTES) {
      const ar = v128.load(from)
      const ai = v128.load(from, 16)
      const br = v128.load(from + apart)
      const bi = v128.load(from + apart, 16)
      const cr = v128.load(from + 2 * apart)
      const ci = v128.load(from + 2 * apart, 16)
      const dr = v128.load(from + 3 * apart)
      const di = v128.load(from + 3 * apart, 16)
      const acr = f32x4.add(ar, cr)
      const aci = f32x4.add(ai, ci)
      const awayR = f32x4.sub(ar, cr)
      const awayI = f32x4.sub(ai, ci)
      const bdr = f32x4.add(br, dr)
      const bdi = f32x4.add(bi, di)
      const crossR = f32x4.sub(bi, di)
      const crossI = f32x4.sub(dr, br)
      v128.store(to, f32x4.add(acr, bdr))
      v128.store(to, f32x4.add(aci, bdi), 16)
      const y1r = f32x4.add(awayR, crossR)
      const y1i = f32x4.add(awayI, crossI)
      v128.store(to + run, f32x4.sub(f32x4.mul(y1r, c1), f32x4.mul(y1i, s1)))
      v128.store(to + run, f32x4.add(f32x4.mul(y1r, s1), f32x4.mul(y1i, c1)), 16)
      const y2r = f32x4.sub(acr, bdr)
      const y2i = f32x4.sub(aci, bdi)
      v128.store(to + 2 * run, f32x4.sub(f32x4.mul(y2r, c2), f32x4.mul(y2i, s2)))
      v128.store(to + 2 * run, f32x4.add(f32x4.mul(y2r, s2), f32x4.mul(y2i, c2)), 16)
      const y3r = f32x4.sub(awayR, crossR)
      const y3i = f32x4.sub(awayI, crossI)
      v128.store(to + 3 * run, f32x4.sub(f32x4.mul(y3r, c3), f32x4.mul(y3i, s3)))
      v128.store(to + 3 * run, f32x4.add(f32x4.mul(y3r, s3), f32x4.mul(y3i, c3)), 16)
      to += COMPLEX_BYTES
    }
    to += 3 * run
  }
}

/** The last pass where the count is no power of four. */
function passByTwos(from: usize, to: usize, run: usize): void {
  for (let at: usize = 0; at < run; at += LANES_BYTES) {
    const a = v128.load(from + at)
    const b = v128.load(from + run + at)
    v128.store(to + at, f32x4.add(a, b))
    v128.store(to + run + at, f32x4.sub(a, b))
  }
}

/**
 * Squared magnitudes of the real spectra from the half-length complex ones, `half` + 1 vectors: twice the even and odd samples'
 * spectra are the sums and differences of values mirrored at the middle.
 */
function unfoldPower(values: usize, half: usize, turns: usize, powers: usize): void {
  for (let k: usize = 0; k <= half / 2; k++) {
    const near = values + k * COMPLEX_BYTES
    const mirrored = values + (k === 0 ? 0 : half - k) * COMPLEX_BYTES
    const ar = v128.load(near)
    const ai = v128.load(near, 16)
    const br = v128.load(mirrored)
    const bi = v128.load(mirrored, 16)
    const evenR = f32x4.add(ar, br)
    const evenI = f32x4.sub(ai, bi)
    const oddR = f32x4.add(ai, bi)
    const oddI = f32x4.sub(br, ar)
    const c = v128.load32_splat(turns + k * TURN_BYTES)
    const s = v128.load32_splat(turns + k * TURN_BYTES, 4)
    const turnedR = f32x4.sub(f32x4.mul(oddR, c), f32x4.mul(oddI, s))
    const turnedI = f32x4.add(f32x4.mul(oddR, s), f32x4.mul(oddI, c))
    const sumR = f32x4.add(evenR, turnedR)
    const sumI = f32x4.add(evenI, turnedI)
    const differenceR = f32x4.sub(evenR, turnedR)
    const differenceI = f32x4.sub(evenI, turnedI)
    v128.store(powers + k * LANES_BYTES, f32x4.add(f32x4.mul(sumR, sumR), f32x4.mul(sumI, sumI)))
    v128.store(
      powers + (half - k) * LANES_BYTES,
      f32x4.add(f32x4.mul(differenceR, differenceR), f32x4.mul(differenceI, differenceI)),
    )
  }
}

/**
 * Powers of four frames of `size` samples, the first at `from`, the others `hop` bytes on each: `size` / 2 + 1 vectors at
 * `powers`. At `window` lies the window, half as high as it is meant. At `turns` lie the `size` / 2 turns of the half-length
 * transform, then the first `size` / 4 + 1 of the whole. `work` has room for 2 · `size` vectors.
 */
export function powerSpectra(
  from: usize,
  hop: usize,
  window: usize,
  size: usize,
  turns: usize,
  work: usize,
  powers: usize,
): void {
  const half = size / 2
  let here = work
  let there = work + half * COMPLEX_BYTES
  windowFrames(from, hop, window, window + size * SAMPLE, here)
  let length = half
  let run = COMPLEX_BYTES
  while (length >= 4) {
    passByFours(here, there, length / 4, run, turns, (half / length) * TURN_BYTES)
    const swap = here
    here = there
    there = swap
    length /= 4
    run *= 4
  }
  if (length === 2) {
    passByTwos(here, there, run)
    here = there
  }
  unfoldPower(here, half, turns + half * TURN_BYTES, powers)
}

/** From `vectors` × 4 vectors of four lanes to four rows of `rowBytes` each. */
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
    from += 4 * LANES_BYTES
    to += LANES_BYTES
  }
}

/**
 * Weighted sums of the powers of four frames into a vector a band. At `runs` lie, for each band, its first bin and its number
 * of bins as int32; the weights of all bands follow each other as float32.
 */
export function sumBands(powers: usize, runs: usize, bands: i32, weights: usize, to: usize): void {
  for (let band = 0; band < bands; band++) {
    let power = powers + <usize>load<i32>(runs) * LANES_BYTES
    const end = weights + <usize>load<i32>(runs, 4) * SAMPLE
    let low = f64x2.splat(0)
    let high = f64x2.splat(0)
    while (weights < end) {
      const weight = f64x2.promote_low_f32x4(v128.load32_splat(weights))
      const four = v128.load(power)
      low = f64x2.add(low, f64x2.mul(weight, f64x2.promote_low_f32x4(four)))
      high = f64x2.add(high, f64x2.mul(weight, f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 2, 3))))
      weights += SAMPLE
      power += LANES_BYTES
    }
    v128.store(to, v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5))
    runs += 8
    to += LANES_BYTES
  }
}
