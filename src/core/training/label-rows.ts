/**
 * @file From tracks with labels to rows with classes, for the span head and the beat head.
 * Conventions: the span head has one row per label; the beat head has one per bar of the label, counted from its start, whose weights
 * sum to the label's weight, so that a long section counts no more than a short one.
 */
import { BEAT_ROW_LENGTH, beatRow } from '../features/beat-context.ts'
import type { FeatureMatrix } from '../features/feature-matrix.ts'
import { songLikeness } from '../features/song-likeness.ts'
import { SPAN_ROW_LENGTH, spanRow, wholeBeats } from '../features/span-features.ts'
import { prepareTrack, type TrackContext } from '../features/track-context.ts'
import type { Label } from '../labels/label.ts'
import type { SectionKind } from '../labels/section-kind.ts'

type TrainingLabel = Label & { readonly id: string }

export type TrainingTrack = {
  readonly audioDigest: string
  /** From the tags; null where they name none. */
  readonly artist: string | null
  readonly matrix: FeatureMatrix
  readonly grid: TrackContext['grid']
  readonly labels: readonly TrainingLabel[]
}

/** `context` is computed on demand, because contexts are ten times the size of their rows. */
export type PreparedTrack = TrainingTrack & { readonly context: TrackContext }

export type LabelSample = {
  readonly track: PreparedTrack
  readonly label: TrainingLabel
  /** Index into the model's kinds. */
  readonly target: number
}

export type RowBlock = {
  readonly rows: Float32Array
  readonly rowCount: number
  readonly columnCount: number
  /** Index into the samples of each row. */
  readonly owners: Int32Array
  /** The share of its sample that each row carries; shares sum to 1 per sample. */
  readonly shares: Float32Array
  /** How much the track of each sample sounds like a song. */
  readonly songs: Float32Array
}

/** Contexts that are kept, about 1.5 MB each; beyond these only the latest is kept. */
const KEPT_CONTEXTS = 24

export const prepareTracks = (tracks: readonly TrainingTrack[]): PreparedTrack[] => {
  const kept = new Map<TrainingTrack, TrackContext>()
  let latest: { readonly track: TrainingTrack; readonly context: TrackContext } | null = null
  return tracks.map((track, index) => ({
    ...track,
    get context(): TrackContext {
      const held = latest?.track === track ? latest.context : kept.get(track)
      const context = held ?? prepareTrack(track.matrix, track.grid)
      if (index < KEPT_CONTEXTS) kept.set(track, context)
      else latest = { track, context }
      return context
    },
  }))
}

/** All labels of the given kinds, in the order of the tracks. */
export const collectSamples = (tracks: readonly PreparedTrack[], kinds: readonly SectionKind[]): LabelSample[] =>
  tracks.flatMap((track) =>
    track.labels.flatMap((label) => {
      const target = kinds.indexOf(label.kind)
      return target < 0 ? [] : [{ track, label, target }]
    }),
  )

const songsOf = (samples: readonly LabelSample[]): Float32Array =>
  Float32Array.from(samples, ({ track }) => songLikeness(track.matrix))

export const spanRowsOf = (samples: readonly LabelSample[]): RowBlock => {
  const columnCount = SPAN_ROW_LENGTH
  const rows = new Float32Array(samples.length * columnCount)
  samples.forEach(({ track, label }, index) => {
    spanRow(track.context, label, rows, index * columnCount)
  })
  return {
    rows,
    rowCount: samples.length,
    columnCount,
    owners: Int32Array.from(samples.keys()),
    shares: new Float32Array(samples.length).fill(1),
    songs: songsOf(samples),
  }
}

const barsOf = ({ track, label }: LabelSample, most: number): number[] => {
  const [start, end] = wholeBeats(label, track.matrix.beats)
  const bar = track.grid.beatsPerBar
  const bars = Math.max(1, Math.floor((end - start) / bar))
  const step = Math.max(1, bars / most)
  return Array.from({ length: Math.min(bars, most) }, (_, index) => start + Math.floor(index * step) * bar)
}

/** @param most bars that a label may contribute; longer labels are thinned evenly */
export const beatRowsOf = (samples: readonly LabelSample[], most: number): RowBlock => {
  const columnCount = BEAT_ROW_LENGTH
  const bars = samples.map((sample) => barsOf(sample, most))
  const rowCount = bars.reduce((sum, { length }) => sum + length, 0)
  const rows = new Float32Array(rowCount * columnCount)
  const owners = new Int32Array(rowCount)
  const shares = new Float32Array(rowCount)
  let row = 0
  samples.forEach(({ track }, index) => {
    for (const beat of bars[index]!) {
      beatRow(track.context, beat, rows, row * columnCount)
      owners[row] = index
      shares[row++] = 1 / bars[index]!.length
    }
  })
  return { rows, rowCount, columnCount, owners, shares, songs: songsOf(samples) }
}

/**
 * Factors with which the labels of dance music and of songs in one class count for the roots of their numbers, so that the few are not drowned by
 * the many; their mean over each class is 1. @param songs how much each sounds like a song
 */
export const styleFactors = (
  targets: ArrayLike<number>,
  songs: ArrayLike<number>,
  classCount: number,
): Float32Array => {
  const sums = Array.from({ length: classCount }, () => ({ labels: 0, songs: 0, raw: 0 }))
  for (let sample = 0; sample < targets.length; sample++) {
    const sum = sums[targets[sample]!]!
    sum.labels++
    sum.songs += songs[sample]!
  }
  const raw = Float32Array.from(targets, (target, sample) => {
    const { labels, songs: all } = sums[target]!
    const song = songs[sample]!
    return song / Math.sqrt(Math.max(1, all)) + (1 - song) / Math.sqrt(Math.max(1, labels - all))
  })
  raw.forEach((factor, sample) => {
    sums[targets[sample]!]!.raw += factor
  })
  return raw.map((factor, sample) => {
    const { labels, raw: total } = sums[targets[sample]!]!
    return (factor * labels) / total
  })
}

/** Weights with which every class weighs the same at `balance` 1 and every label at 0; their mean is 1. */
export const classWeights = (targets: ArrayLike<number>, classCount: number, balance: number): Float32Array => {
  const counts = new Float64Array(classCount)
  for (let sample = 0; sample < targets.length; sample++) counts[targets[sample]!]!++
  const raw = Float64Array.from(targets, (target) => (1 / counts[target]!) ** balance)
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / raw.length
  return Float32Array.from(raw, (weight) => weight / mean)
}
