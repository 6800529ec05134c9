/**
 * @file How the partials between 250 and 4000 Hz move from frame to frame: a voice glides and trembles, a sequenced
 * instrument stands still (the idea of the fluctogram: Sonnleitner et al., DAFx 2012; Lehner et al., ICASSP 2014).
 * Method: peaks of every second frame (46 ms apart), each matched to the nearest peak of the frame before within 80 cents.
 * Conventions: shape (frames) each; frames between two measured ones repeat the later one's values.
 */
import { parabolicOffset } from './pitch-peaks.ts'

export const GLIDE_SHAPE = { minHz: 250, maxHz: 4000, framesApart: 2, matchCents: 80, steadyCents: 10 } as const

export type Glides = {
  /** Share of the range's power that lies in peaks (the peak bin and its two neighbours). */
  readonly tonalShare: Float32Array
  /** Share of the peaks' amplitude that continues from the frame before, moved by 10 to 80 cents. */
  readonly glidingShare: Float32Array
  /** Share of the peaks' amplitude that continues from the frame before, moved by less than 10 cents. */
  readonly steadyShare: Float32Array
  /** Largest share of the peaks' amplitude that moves by 10 to 80 cents together, within 30 cents: partials of one voice. */
  readonly commonGlide: Float32Array
}

const MOVE_STEP_CENTS = 10
/** Moves of −80 … 80 cents in steps of 10. */
const MOVE_BINS = (2 * GLIDE_SHAPE.matchCents) / MOVE_STEP_CENTS + 1

const MAX_PEAKS = 128

/** Largest sum of three neighbouring bins. */
const largestRun = (bins: Float32Array): number => {
  let largest = 0
  for (let bin = 1; bin + 1 < bins.length; bin++)
    largest = Math.max(largest, bins[bin - 1]! + bins[bin]! + bins[bin + 1]!)
  return largest
}

/** Takes the spectra of a track one after the other. A method is compiled once for all tracks, a function made for each track is not. */
export class GlideCollector {
  readonly glides: Glides
  readonly #firstBin: number
  readonly #lastBin: number
  readonly #moves = new Float32Array(MOVE_BINS)
  /** The peaks of the frame before, and room for those of this one. */
  #before = new Float32Array(MAX_PEAKS)
  #cents = new Float32Array(MAX_PEAKS)
  #countBefore = 0

  constructor(frames: number, binHz: number) {
    this.#firstBin = Math.round(GLIDE_SHAPE.minHz / binHz)
    this.#lastBin = Math.round(GLIDE_SHAPE.maxHz / binHz)
    const measure = (): Float32Array => new Float32Array(frames)
    this.glides = { tonalShare: measure(), glidingShare: measure(), steadyShare: measure(), commonGlide: measure() }
  }

  visit(power: Float32Array, frame: number): void {
    const { framesApart, matchCents, steadyCents } = GLIDE_SHAPE
    const { tonalShare, glidingShare, steadyShare, commonGlide } = this.glides
    if (frame % framesApart !== 0) {
      tonalShare[frame] = tonalShare[frame - 1]!
      glidingShare[frame] = glidingShare[frame - 1]!
      steadyShare[frame] = steadyShare[frame - 1]!
      commonGlide[frame] = commonGlide[frame - 1]!
      return
    }
    const [before, cents, moves, countBefore] = [this.#before, this.#cents, this.#moves, this.#countBefore]
    const [firstBin, lastBin] = [this.#firstBin, this.#lastBin]
    let total = 0
    for (let bin = firstBin; bin <= lastBin; bin++) total += power[bin]!
    const mean = total / (lastBin - firstBin + 1)
    let [tonal, gliding, steady, all] = [0, 0, 0, 0]
    let count = 0
    let near = 0
    moves.fill(0)
    for (let bin = firstBin; bin <= lastBin && count < MAX_PEAKS; bin++) {
      const height = power[bin]!
      if (height <= mean || height <= power[bin - 1]! || height < power[bin + 1]! || mean < 1e-12) continue
      const offset = parabolicOffset(Math.log(power[bin - 1]!), Math.log(height), Math.log(power[bin + 1]!))
      const position = 1200 * Math.log2(bin + offset)
      cents[count++] = position
      tonal += power[bin - 1]! + height + power[bin + 1]!
      const amplitude = Math.sqrt(height)
      all += amplitude
      while (near + 1 < countBefore && Math.abs(before[near + 1]! - position) <= Math.abs(before[near]! - position))
        near++
      const signed = near < countBefore ? position - before[near]! : Number.POSITIVE_INFINITY
      const moved = Math.abs(signed)
      if (moved < steadyCents) steady += amplitude
      else if (moved <= matchCents) {
        gliding += amplitude
        moves[Math.round((signed + matchCents) / MOVE_STEP_CENTS)]! += amplitude
      }
    }
    tonalShare[frame] = total > 1e-12 ? Math.min(1, tonal / total) : 0
    glidingShare[frame] = all > 0 ? gliding / all : 0
    steadyShare[frame] = all > 0 ? steady / all : 0
    commonGlide[frame] = all > 0 ? largestRun(moves) / all : 0
    this.#before = cents
    this.#cents = before
    this.#countBefore = count
  }
}
