/**
 * @file What the loud parts of a song are called: choruses, or drops where nobody sings.
 * Method: names are given to groups. The decode finds the form of a song, verses and choruses in turn, whoever plays it. Then all parts that it calls
 * chorus are judged together: how much better "drop" fits them than "chorus", span by span and beat by beat, plus the odds that the song is not
 * sung (naive Bayes). The odds are a logistic curve over how much voice and rock a network hears on the whole, whose middle lies between the medians
 * of songs and dance music of the public corpora, as that of `songLikeness` does (decision 0057).
 * Conventions: log-odds above 0 speak for drops.
 */
import { type FeatureMatrix, placeOf } from '../features/feature-matrix.ts'
import { songLikeness } from '../features/song-likeness.ts'
import type { SectionModel } from '../models/section-model.ts'
import { stylePrior } from '../models/style-priors.ts'
import type { TrackReading } from './read-track.ts'
import type { LatticeSegment } from './segment-lattice.ts'

/** Mean logit of the tags of voice and rock, as `npm run evaluate -- DIR DIR --styles` prints it. */
const MIDDLE = -4.41
const STEEPNESS = 12
/** A person who calls the loud parts of unsung rock choruses is believed: what the labels say may outweigh this. */
const MOST_ODDS_OF_UNSUNG = 2
/** The span head judges a part as a whole, with longer odds than a beat has. */
const SPAN_WEIGHT = 0.5
/** From this likeness on a track is a song. */
const LEAST_SONG = 0.5

/** @param matrix with what a network heard @returns log-odds that nobody sings in a track like this */
export const oddsOfUnsung = (matrix: FeatureMatrix): number => {
  const { beats, columns, values } = matrix
  const places = ['heard rock', 'heard voice'].map((name) => placeOf(matrix, name, 'The name of loud parts'))
  let sum = 0
  for (let beat = 0; beat < beats; beat++)
    for (const place of places) sum += values[beat * columns.length + place]! / places.length
  return Math.min(MOST_ODDS_OF_UNSUNG, STEEPNESS * (MIDDLE - sum / beats))
}

type Found = { readonly segments: readonly LatticeSegment[]; readonly matrix: FeatureMatrix }

/** @returns log-odds that all parts that are called chorus are drops; −∞ where there are none, or it is no song */
const oddsOfDrops = (model: SectionModel, reading: TrackReading, { segments, matrix }: Found): number => {
  const { kinds } = model
  const [drop, chorus] = [kinds.indexOf('drop'), kinds.indexOf('chorus')]
  const parts = segments.filter(({ label }) => label === chorus)
  if (drop < 0 || chorus < 0 || parts.length === 0 || songLikeness(matrix) < LEAST_SONG) return -Infinity
  const { nodes, spanLogs, beatSums, songShare } = reading
  const { kindShares } = stylePrior(model, songShare)
  // Whether songs have drops at all is what is asked here, so what they are expected to have is taken out again.
  const expected = Math.log(kindShares[drop]! / kindShares[chorus]!)
  let [sum, beats] = [0, 0]
  for (const { from, to } of parts) {
    const length = nodes[to]! - nodes[from]!
    const cell = (from * nodes.length + to) * kinds.length
    const bySpan = spanLogs[cell + drop]! - spanLogs[cell + chorus]! - expected
    const within = (kind: number): number =>
      beatSums[nodes[to]! * kinds.length + kind]! - beatSums[nodes[from]! * kinds.length + kind]!
    const byBeat = (within(drop) - within(chorus)) / length - expected
    sum += length * (SPAN_WEIGHT * bySpan + byBeat)
    beats += length
  }
  return sum / beats + oddsOfUnsung(matrix)
}

export type NamedParts = {
  readonly segments: readonly LatticeSegment[]
  /** What is left of the probabilities of a part's kinds, by its place among the segments. */
  readonly sharesOf: (place: number, shares: readonly number[]) => readonly number[]
}

/** @param found the best way through the lattice */
export const nameLoudParts = (model: SectionModel, reading: TrackReading, found: Found): NamedParts => {
  const [drop, chorus] = [model.kinds.indexOf('drop'), model.kinds.indexOf('chorus')]
  const odds = oddsOfDrops(model, reading, found)
  if (odds <= 0) return { segments: found.segments, sharesOf: (_, shares) => shares }
  return {
    segments: found.segments.map((part) => (part.label === chorus ? { ...part, label: drop } : part)),
    sharesOf: (place, shares) => {
      if (found.segments[place]!.label !== chorus) return shares
      const loud = shares[drop]! + shares[chorus]!
      const ofDrop = loud / (1 + Math.exp(-odds))
      return shares.map((share, kind) => (kind === drop ? ofDrop : kind === chorus ? loud - ofDrop : share))
    },
  }
}
