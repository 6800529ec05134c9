/**
 * @file What a model reads in a track before anything is decided: candidate boundaries, and how well each kind fits each beat and each
 * span between two candidates. This is the costly half of the decode; build-lattice.ts weighs it.
 * Conventions: nodes are candidate boundaries in beats, 0 and the beat count included; logs are natural, floored at 1e-6.
 */
import { songLikeness } from '../features/song-likeness.ts'
import type { TrackContext } from '../features/track-context.ts'
import type { Span } from '../labels/span.ts'
import { predictBeats, predictSpans, type SectionModel } from '../models/section-model.ts'
import { stylePrior } from '../models/style-priors.ts'
import { addCandidates, noveltyBoundaries, pickCandidates } from './boundary-candidates.ts'
import { findStrongChanges, type StrongChanges } from './strong-changes.ts'
import { blendBoundaries, blendKinds, doubtForm, type FormShares, type TrackForm } from './track-form.ts'

/** One candidate in this many beats, within limits; more find more true boundaries but decode no better (decision 0004), and take time. */
const BEATS_PER_CANDIDATE = 14
const MIN_CANDIDATES = 24
const MAX_CANDIDATES = 60
/** What is longer than 13 minutes at 128 BPM is a recorded set, which has as many candidates in a stretch as a track of this length. */
const LONG_TRACK_BEATS = 1680
/** Of two and a quarter hours at 128 BPM; with the strong changes, which come besides, all pairs of four hours take some 30 MB. */
const MAX_CANDIDATES_OF_A_SET = 600
/** Spans whose rows are in memory at once. */
const SPANS_AT_ONCE = 2048

/** Halves: other shares were no better on grouped folds of the public corpora, decision 0042. */
const SHARES: FormShares = { edges: 0.5, kinds: 0.5 }

export const logOf = (probability: number): number => Math.log(Math.max(probability, 1e-6))

export type TrackReading = {
  readonly nodes: readonly number[]
  readonly boundaries: Float32Array
  /** Shape (beats + 1, kinds): sums of log p(kind | beat) over the beats before. */
  readonly beatSums: Float64Array
  /** Shape (nodes, nodes, kinds); −∞ for what is longer than a track. */
  readonly spanLogs: Float64Array
  /** A node lies at or near each. */
  readonly changes: StrongChanges
  readonly beatsPerBar: number
  /** How much the track sounds like a song, 0 to 1. */
  readonly songShare: number
}

/** Probabilities of kinds where some of them are hardly to be expected. @param rows shape (…, kinds) */
const expectKinds = (rows: Float32Array, kindShares: readonly number[]): Float32Array => {
  const count = kindShares.length
  const expected = rows.map((probability, at) => probability * kindShares[at % count]!)
  for (let row = 0; row < rows.length; row += count) {
    let total = 0
    for (let kind = 0; kind < count; kind++) total += expected[row + kind]!
    for (let kind = 0; kind < count; kind++) expected[row + kind]! /= total
  }
  return expected
}

/** @returns how many candidates a track may have, which never falls with its length */
const candidateLimit = (beats: number): number => {
  if (beats > LONG_TRACK_BEATS)
    return Math.min(MAX_CANDIDATES_OF_A_SET, Math.round((MAX_CANDIDATES * beats) / LONG_TRACK_BEATS))
  return Math.max(MIN_CANDIDATES, Math.min(MAX_CANDIDATES, Math.round(beats / BEATS_PER_CANDIDATE)))
}

/** @returns shape (spans, kinds) */
const askSpans = (model: SectionModel, context: TrackContext, spans: readonly Span[]): Float32Array => {
  const answers = new Float32Array(spans.length * model.kinds.length)
  for (let first = 0; first < spans.length; first += SPANS_AT_ONCE)
    answers.set(predictSpans(model, context, spans.slice(first, first + SPANS_AT_ONCE)), first * model.kinds.length)
  return answers
}

const sumBeatLogs = (kinds: Float32Array, beats: number, count: number): Float64Array => {
  const sums = new Float64Array((beats + 1) * count)
  for (let beat = 0; beat < beats; beat++)
    for (let kind = 0; kind < count; kind++)
      sums[(beat + 1) * count + kind] = sums[beat * count + kind]! + logOf(kinds[beat * count + kind]!)
  return sums
}

/** @param form what the network of form says of the track; null leaves the model alone */
export const readTrack = (
  model: SectionModel,
  context: TrackContext,
  form: TrackForm | null,
  shares: FormShares = SHARES,
): TrackReading => {
  const count = model.kinds.length
  const { beatsPerBar } = context.grid
  const predicted = predictBeats(model, context)
  const own = predicted.boundaries ?? noveltyBoundaries(context)
  const songShare = songLikeness(context.matrix)
  const heard = form && doubtForm(form, songShare)
  const boundaries = heard ? blendBoundaries(own, heard, shares.edges) : own
  const { kindShares } = stylePrior(model, songShare)
  const kinds = expectKinds(
    heard ? blendKinds(predicted.kinds, model.kinds, { form: heard, share: shares.kinds }) : predicted.kinds,
    kindShares,
  )
  const likely = pickCandidates(boundaries, candidateLimit(context.beats))
  const changes = findStrongChanges(context)
  const nodes = addCandidates(likely, changes.peaks)
  const spans: Span[] = []
  const cells: number[] = []
  nodes.forEach((startBeat, from) => {
    for (let to = from + 1; to < nodes.length; to++) {
      // Neighbours and the whole stay possible, so that there always is a way through, and a drone of hours is one section.
      const isWhole = from === 0 && to === nodes.length - 1
      if (to > from + 1 && !isWhole && nodes[to]! - startBeat > LONG_TRACK_BEATS) continue
      spans.push({ startBeat, endBeat: nodes[to]! })
      cells.push(from * nodes.length + to)
    }
  })
  const spanLogs = new Float64Array(nodes.length ** 2 * count).fill(-Infinity)
  const probabilities = expectKinds(askSpans(model, context, spans), kindShares)
  cells.forEach((cell, span) => {
    for (let kind = 0; kind < count; kind++) spanLogs[cell * count + kind] = logOf(probabilities[span * count + kind]!)
  })
  const beatSums = sumBeatLogs(kinds, context.beats, count)
  return { nodes, boundaries, beatSums, spanLogs, changes, beatsPerBar, songShare }
}
