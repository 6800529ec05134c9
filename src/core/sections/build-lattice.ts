/**
 * @file From the reading of a track to the lattice of all segmentations: weighs spans, beats, boundaries, lengths and order.
 * Method: a log-linear model (Sarawagi & Cohen, NIPS 2004) with a handful of weights, tuned by hand on folds because there are too few
 * tracks to learn them.
 * Conventions: as segment-lattice.ts.
 */
import type { SectionModel } from '../models/section-model.ts'
import { type StylePrior, stylePrior } from '../models/style-priors.ts'
import { logOf, type TrackReading } from './read-track.ts'
import type { SegmentLattice } from './segment-lattice.ts'

/** How much each part of the evidence counts, as a factor of its log probability. */
export type DecodeWeights = {
  readonly span: number
  /** Per beat of the segment; neighbouring beats say nearly the same, so each counts for far less than one. */
  readonly beat: number
  readonly boundary: number
  /** Added to the log-odds of every boundary; below 0 gives fewer sections. */
  readonly boundaryBias: number
  readonly duration: number
  /** Preference for lengths of whole bars and phrases. */
  readonly multiple: number
  readonly order: number
}

/** Chosen on the grouped folds of the public corpus that report them, decision 0004. */
const WEIGHTS: DecodeWeights = {
  span: 3,
  beat: 0.06,
  boundary: 1.7,
  boundaryBias: 0.3,
  duration: 0.4,
  multiple: 0.1,
  order: 1.2,
}

/** Two voices say more of a beat than one: chosen on grouped folds of both public corpora and on sources left out, decision 0042. */
export const WEIGHTS_WITH_FORM: Partial<DecodeWeights> = { beat: 0.1 }

/** Songs have more and shorter sections, whose edges both voices see less clearly: chosen on the same folds, decision 0046. */
const SONG_WEIGHTS = { boundaryBias: 2.4, beat: 3 } as const

const blendWeights = (weights: DecodeWeights, songShare: number): DecodeWeights => ({
  ...weights,
  boundaryBias: weights.boundaryBias + songShare * (SONG_WEIGHTS.boundaryBias - weights.boundaryBias),
  beat: weights.beat * (1 + songShare * (SONG_WEIGHTS.beat - 1)),
})

const MIN_SECTION_BEATS = 4
/** No longer section may run over a strong change of the sound; a limit of 32 costs a point of bars (decision 0042). */
const MOST_BARS_OVER_A_CHANGE = 48

/**
 * Log of how much more often than chance a length is a multiple of 32 beats, else of 16, 8, 4, else of none of them: shares of 57, 12, 3 and 14 %
 * (Harmonix dance tracks, shared method notes §3d; that of 4 assumed) over chances of 1/32, 1/32, 1/16 and 1/8.
 */
const MULTIPLES: readonly (readonly [divisor: number, log: number])[] = [
  [32, Math.log(0.57 * 32)],
  [16, Math.log(0.12 * 32)],
  [8, Math.log(0.03 * 16)],
  [4, Math.log(0.14 * 8)],
  [1, Math.log(0.14 / 0.75)],
]

const multipleLog = (beats: number): number => MULTIPLES.find(([divisor]) => beats % divisor === 0)![1]

/** Bins of a `DurationPrior`: half octaves of beats. */
const durationLog = ({ durations }: StylePrior, kind: number, beats: number): number => {
  const row = durations[kind]!
  return logOf(row[Math.min(row.length - 1, Math.round(2 * Math.log2(beats)))]!)
}

export const buildLattice = (
  model: SectionModel,
  reading: TrackReading,
  options: Partial<DecodeWeights> = {},
): SegmentLattice => {
  const { nodes, boundaries, beatSums, spanLogs, songShare } = reading
  const weights = blendWeights({ ...WEIGHTS, ...options }, songShare)
  const prior = stylePrior(model, songShare)
  const count = model.kinds.length
  const longest = MOST_BARS_OVER_A_CHANGE * reading.beatsPerBar
  const segmentScores = new Float64Array(spanLogs.length).fill(-Infinity)
  for (let from = 0; from < nodes.length; from++)
    for (let to = from + 1; to < nodes.length; to++) {
      const [start, end] = [nodes[from]!, nodes[to]!]
      if (spanLogs[(from * nodes.length + to) * count] === -Infinity) continue
      const isWhole = from === 0 && to === nodes.length - 1
      if (end - start < MIN_SECTION_BEATS && !isWhole) continue
      // Neighbours stay possible, so that there always is a way through.
      const isLong = to > from + 1 && end - start > longest
      if (isLong && reading.changes.areIn({ startBeat: start, endBeat: end })) continue
      // The ends of the file cut the first and last section, so their lengths need not be whole phrases.
      const multiple = from === 0 || to === nodes.length - 1 ? 0 : multipleLog(end - start)
      for (let kind = 0; kind < count; kind++) {
        const cell = (from * nodes.length + to) * count + kind
        segmentScores[cell] =
          weights.span * spanLogs[cell]! +
          weights.beat * (beatSums[end * count + kind]! - beatSums[start * count + kind]!) +
          weights.duration * durationLog(prior, kind, end - start) +
          weights.multiple * multiple
      }
    }
  const cutScores = Float64Array.from(nodes, (beat) => {
    const probability = Math.min(1 - 1e-6, Math.max(1e-6, boundaries[beat] ?? 1))
    return weights.boundary * (Math.log(probability / (1 - probability)) + weights.boundaryBias)
  })
  const order = prior.order.map((row) => row.map((probability) => weights.order * logOf(probability)))
  return {
    nodeCount: nodes.length,
    labelCount: count,
    segmentScores,
    cutScores,
    initialScores: Float64Array.from(order[0]!.slice(0, count)),
    transitionScores: Float64Array.from(order.slice(1).flatMap((row) => row.slice(0, count))),
    finalScores: Float64Array.from(order.slice(1), (row) => row[count]!),
  }
}
