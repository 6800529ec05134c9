/**
 * @file Where the tempo of a long recording changes: the likeliest path through the tempi of its windows, which stays or jumps. A set
 * is made of tracks, so each region between two jumps is estimated by itself, never from a fold of the whole.
 * Conventions: tempi of the fast octave, 110–220 BPM, octaves forgiven; frames as in onset-strength.ts.
 */
import type { Bpm } from '../units/units.ts'
import type { FrameRange } from './beat-phase.ts'
import { tempoSalience, tempoSpectrum } from './tempo-candidates.ts'
import { MIN_TEMPO_BPM } from './tempo-range.ts'

const WINDOW_SECONDS = 12
const HOP_SECONDS = 4
/** Spectrum of a window: 172 frames/s · 12 s, tenfold zero-padded. */
const WINDOW_SPECTRUM_SIZE = 2 ** 15
const STEPS_PER_OCTAVE = 256
const STEP_COST = 0.15
const JUMP_COST = 2.5
/** A shorter stretch is a break or a loop, not a track. */
export const MIN_REGION_SECONDS = 40

/** @returns regions that cover the signal without gaps; one where the tempo stays */
export const findMixRegions = (signal: Float32Array, framesPerSecond: number): FrameRange[] => {
  const hopFrames = Math.round(HOP_SECONDS * framesPerSecond)
  const windowFrames = Math.round(WINDOW_SECONDS * framesPerSecond)
  const rows: Float64Array[] = []
  for (let first = 0; first + windowFrames <= signal.length; first += hopFrames)
    rows.push(tempoScores(signal.subarray(first, first + windowFrames), framesPerSecond))
  const edges = pathJumps(rows).map((row) => Math.round(row * hopFrames + (windowFrames - hopFrames) / 2))
  const regions: FrameRange[] = []
  let firstFrame = 0
  for (const edge of [...edges, signal.length]) {
    if (edge - firstFrame < MIN_REGION_SECONDS * framesPerSecond && edge < signal.length) continue
    regions.push({ firstFrame, endFrame: edge })
    firstFrame = edge
  }
  return regions
}

/** How well each tempo explains a window, against the best one. */
const tempoScores = (window: Float32Array, framesPerSecond: number): Float64Array => {
  const spectrum = tempoSpectrum(window, framesPerSecond, WINDOW_SPECTRUM_SIZE)
  const scores = Float64Array.from({ length: STEPS_PER_OCTAVE }, (_, step) => {
    const bpm: Bpm = 2 * MIN_TEMPO_BPM * 2 ** (step / STEPS_PER_OCTAVE)
    return Math.max(0, tempoSalience(spectrum, bpm), tempoSalience(spectrum, bpm / 2))
  })
  const most = scores.reduce((top, score) => Math.max(top, score), 1e-9)
  return scores.map((score) => score / most)
}

/** @returns the rows at which the path jumps */
const pathJumps = (rows: readonly Float64Array[]): number[] => {
  if (rows.length === 0) return []
  let scores = rows[0]!
  const sources: Int32Array[] = []
  for (const row of rows.slice(1)) {
    const top = scores.reduce((best, score, step) => (score > scores[best]! ? step : best), 0)
    const from = new Int32Array(STEPS_PER_OCTAVE)
    scores = Float64Array.from({ length: STEPS_PER_OCTAVE }, (_, step) => {
      let best = scores[top]! - JUMP_COST
      let source = -1 - top
      for (let move = -1; move <= 1; move++) {
        const before = (step + move + STEPS_PER_OCTAVE) % STEPS_PER_OCTAVE
        const score = scores[before]! - Math.abs(move) * STEP_COST
        if (score > best) {
          best = score
          source = before
        }
      }
      from[step] = source
      return best + row[step]!
    })
    sources.push(from)
  }
  let step = scores.reduce((best, score, at) => (score > scores[best]! ? at : best), 0)
  const jumps: number[] = []
  for (let row = rows.length - 1; row > 0; row--) {
    const source = sources[row - 1]![step]!
    if (source < 0) jumps.unshift(row)
    step = source < 0 ? -1 - source : source
  }
  return jumps
}
