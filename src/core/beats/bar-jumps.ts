/**
 * @file Where bars begin anew inside a track whose tempo stays: a cut of half a beat or of whole beats between two alike patterns. The beat
 * itself runs on there, or kick and off-beat change places, so nothing in a beat shows it; but what sounded at one place of the bar
 * sounds at another from there on.
 * Method: greedily, the stretch of blocks that, moved by some half-beats, becomes most like the rest; pairs of blocks speak for it as far as
 * they are alike at all.
 */
import { modulo } from '../units/modulo.ts'
import { type BarPatterns, barPatterns, likeBlocks, likeRow, meanPattern } from './bar-patterns.ts'
import type { BeatPlacement } from './bar-phase.ts'
import type { BeatRaster } from './beat-raster.ts'

export type BarJump = {
  /** First row of the raster that sounds after it. */
  readonly row: number
  /** Half-beats by which bars begin later before and after it, against the first bars; 0 ≤ turn < half-beats of a bar. */
  readonly turnBefore: number
  readonly turn: number
}

const LEAST_BLOCKS = 3
const MOST_MOVES = 8
/** How much more alike the blocks become, in the mean over those that are alike; and how much of all pairs these are. */
const LEAST_GAIN = 0.2
const LEAST_EVIDENCE = 0.15
const LEAST_RETURN_EVIDENCE = 2 * LEAST_EVIDENCE
/** Pairs that are like at neither place count a little, so that a few that are cannot decide alone. */
const UNLIKE_WEIGHT = 0.02
/** A stretch between two jumps has to be worth more than one jump. */
const RETURN_WORTH = 0.8
/** Blocks to either side that say what a bar sounds like. */
const NEAR_BLOCKS = 3

type Move = {
  readonly from: number
  readonly end: number
  readonly turn: number
  readonly gain: number
  readonly evidence: number
  readonly worth: number
}

/** @returns sums over all cells above and left of each, shape (blocks + 1, blocks + 1) */
const summed = (blocks: number, cell: (one: number, other: number) => number): Float64Array => {
  const width = blocks + 1
  const sums = new Float64Array(width * width)
  for (let one = 0; one < blocks; one++)
    for (let other = 0; other < blocks; other++) {
      const here = (one + 1) * width + other + 1
      sums[here] = cell(one, other) + sums[here - 1]! + sums[here - width]! - sums[here - width - 1]!
    }
  return sums
}

/** Sum over pairs of a block in [from, end) with one outside. */
const across = (sums: Float64Array, blocks: number, from: number, end: number): number => {
  const width = blocks + 1
  const upTo = (one: number, other: number): number => sums[one * width + other]!
  const column = upTo(blocks, end) - upTo(blocks, from)
  const inside = upTo(end, end) - upTo(from, end) - upTo(end, from) + upTo(from, from)
  return column - inside
}

const bestMove = (like: Float32Array, { blocks, rotations }: BarPatterns, turns: readonly number[]): Move | null => {
  let best: Move | null = null
  const likeness = (one: number, other: number, extra: number): number => {
    const turn = (turns[other]! - turns[one]! + extra + rotations) % rotations
    return like[(turn * blocks + one) * blocks + other]!
  }
  for (let turn = 1; turn < rotations; turn++) {
    const weigh = (one: number, other: number): number =>
      Math.max(0, likeness(one, other, 0), likeness(one, other, turn)) ** 2
    const weights = summed(blocks, weigh)
    const gains = summed(
      blocks,
      (one, other) => weigh(one, other) * (likeness(one, other, turn) - likeness(one, other, 0)),
    )
    for (let from = LEAST_BLOCKS; from < blocks; from++)
      for (let end = from + LEAST_BLOCKS; end <= blocks; end++) {
        if (end < blocks && end > blocks - LEAST_BLOCKS) continue
        const size = end - from
        const pairs = size * (blocks - size)
        const weight = across(weights, blocks, from, end)
        const gain = across(gains, blocks, from, end) / (weight + UNLIKE_WEIGHT * pairs)
        const worth = gain * Math.sqrt(Math.min(size, blocks - size)) * (end < blocks ? RETURN_WORTH : 1)
        if (best === null || worth > best.worth)
          best = { from, end, turn, gain, evidence: gain * Math.sqrt(weight / pairs), worth }
      }
  }
  return best
}

/** @returns by how many half-beats the bars of each block begin later than those of the first */
const turnsOfBlocks = (patterns: BarPatterns): number[] => {
  const { blocks, rotations } = patterns
  const turns = new Array<number>(blocks).fill(0)
  if (blocks < 2 * LEAST_BLOCKS) return turns
  const like = likeBlocks(patterns)
  for (let moves = 0; moves < MOST_MOVES; moves++) {
    const move = bestMove(like, patterns, turns)
    if (move === null || move.gain < LEAST_GAIN) break
    if (move.evidence < (move.end < blocks ? LEAST_RETURN_EVIDENCE : LEAST_EVIDENCE)) break
    for (let block = move.from; block < move.end; block++) turns[block] = (turns[block]! + move.turn) % rotations
  }
  return turns
}

/** The row from which on the track is more like bars that begin anew. */
const exactRow = (patterns: BarPatterns, turns: readonly number[], block: number): number => {
  const { rowsPerBlock, rowsPerBar, rowsPerHalfBeat, blocks } = patterns
  const [before, after] = [turns[block - 1]!, turns[block]!]
  const near = Array.from({ length: 2 * NEAR_BLOCKS }, (_, n) => block - NEAR_BLOCKS + n).filter(
    (one) => one >= 0 && one < blocks && turns[one] === (one < block ? before : after),
  )
  // The blocks beside the jump may hold both, unless they are all there is.
  const clear = near.filter((one) => one !== block && one !== block - 1)
  const pattern = meanPattern(
    patterns,
    (clear.length > 0 ? clear : near).map((one) => ({ block: one, turn: turns[one]! })),
  )
  const placeOf = (row: number, turn: number): number => modulo(row - turn * rowsPerHalfBeat, rowsPerBar)
  const first = (block - 1) * rowsPerBlock
  const end = Math.min((block + 1) * rowsPerBlock, blocks * rowsPerBlock)
  let best = { row: first, sum: 0 }
  let sum = 0
  for (let row = first; row < end; row++) {
    sum += likeRow(patterns, row, pattern, placeOf(row, before)) - likeRow(patterns, row, pattern, placeOf(row, after))
    if (sum > best.sum) best = { row: row + 1, sum }
  }
  return best.row
}

export const findBarJumps = (raster: BeatRaster, placement: BeatPlacement, metre: number): BarJump[] => {
  const patterns = barPatterns(raster, placement, metre)
  const turns = turnsOfBlocks(patterns)
  return turns.flatMap((turn, block) => {
    const turnBefore = turns[block - 1] ?? turn
    if (turn === turnBefore) return []
    return [{ row: placement.firstBeatRow + exactRow(patterns, turns, block), turnBefore, turn }]
  })
}
