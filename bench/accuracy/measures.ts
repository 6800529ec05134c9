/** What is measured on a track. Truth enters here and nowhere else. */
import { type BeatGrid, beatsToSeconds, beatTimes } from '../../src/core/beats/beat-grid.ts'
import { scoreBeats, scoreBeatsAnyOctave } from '../../src/core/evaluation/beat-f-measure.ts'
import { boundaryHitRate, type HitRate } from '../../src/core/evaluation/boundary-hit-rate.ts'
import { type LabelPair, pairBars, type TimedSegment } from '../../src/core/evaluation/segmentation.ts'
import { scoreTempo, type TempoScore } from '../../src/core/evaluation/tempo-accuracy.ts'
import type { SectionKind } from '../../src/core/labels/section-kind.ts'
import { type CorpusTrack, referenceBoundaries } from '../corpus/corpus.ts'
import { type Climax, climaxesOf, type KindSeconds, kindSeconds, overlap, withoutFills } from './section-outcome.ts'

export type TimedPrediction = TimedSegment & { readonly confidence: number }

/** All that is said about a track; `spans` are the true spans in order, with our labels. */
export type TrackPrediction = {
  readonly grid: BeatGrid
  readonly spans: readonly TimedPrediction[]
  readonly sections: readonly TimedPrediction[]
  /** Bars of the longest section inside which the sound changes strongly. */
  readonly uncutBars: number
  /** Labels of the true spans by their position in the track alone. */
  readonly positionOnly: readonly SectionKind[]
}

type SpanOutcome = {
  readonly truth: SectionKind
  readonly predicted: SectionKind
  readonly confidence: number
  readonly positionOnly: SectionKind
}

/** What is measured of a grid; null where the truth is not known. */
export type GridOutcome = {
  readonly id: string
  readonly tempo: (TempoScore & { readonly isConstant: boolean }) | null
  readonly beats: { readonly f: number; readonly octaveForgiven: number } | null
  readonly downbeatF: number | null
}

export type TrackOutcome = GridOutcome & {
  readonly isSong: boolean
  /** Only climaxes are marked. */
  readonly isPartial: boolean
  readonly spans: readonly SpanOutcome[]
  readonly bars: readonly LabelPair[]
  readonly hitHalfSecond: HitRate | null
  readonly hitThreeSeconds: HitRate | null
  /** Sections whose larger part lies in labels that count: confidence, and whether the label is that of the larger part. */
  readonly sections: readonly { readonly confidence: number; readonly right: boolean }[]
  readonly seconds: readonly KindSeconds[]
  /** Of stretches that are no short fills. */
  readonly buildSeconds: readonly KindSeconds[]
  readonly climaxes: readonly Climax[]
  readonly uncutBars: number
}

/** The tempo of the longest stretch: that of the track, if it has one. */
export const mainTempo = (grid: Pick<BeatGrid, 'anchors' | 'beatCount'>): number => {
  const lengths = grid.anchors.map(({ beat }, n) => (grid.anchors[n + 1]?.beat ?? grid.beatCount) - beat)
  return grid.anchors[lengths.indexOf(Math.max(...lengths))]!.bpm
}

export const downbeatTimes = (grid: BeatGrid): number[] =>
  [...beatTimes(grid)].filter((_, beat) => beat % grid.beatsPerBar === grid.firstDownbeat)

const countedSegments = (track: CorpusTrack): TimedSegment[] =>
  track.segments.flatMap(({ start, end, label, counts }) => (label && counts ? [{ start, end, label }] : []))

/** What comes of sections whose larger part lies in labels that count, in their order. */
export const judgeSections = (track: CorpusTrack, sections: readonly TimedPrediction[]): TrackOutcome['sections'] => {
  const truth = countedSegments(track)
  return sections.flatMap((section) => {
    const shares = new Map<SectionKind, number>()
    for (const segment of truth) {
      const shared = overlap(segment, section)
      if (shared > 0) shares.set(segment.label, (shares.get(segment.label) ?? 0) + shared)
    }
    const covered = [...shares.values()].reduce((a, b) => a + b, 0)
    if (covered < (section.end - section.start) / 2) return []
    const largest = [...shares].reduce((a, b) => (b[1] > a[1] ? b : a))[0]
    return [{ confidence: section.confidence, right: largest === section.label }]
  })
}

export const scoreGrid = (track: CorpusTrack, grid: BeatGrid): GridOutcome => {
  const ownBeats = [...beatTimes(grid)]
  const beats = track.beatsCount ? track.beatTimes : null
  return {
    id: track.id,
    tempo:
      track.tempoBpm !== null && track.beatsCount
        ? { ...scoreTempo(track.tempoBpm, mainTempo(grid)), isConstant: track.hasConstantTempo }
        : null,
    beats: beats && {
      f: scoreBeats(beats, ownBeats).fMeasure,
      octaveForgiven: scoreBeatsAnyOctave(beats, ownBeats).fMeasure,
    },
    downbeatF:
      track.beatsCount && track.downbeatTimes ? scoreBeats(track.downbeatTimes, downbeatTimes(grid)).fMeasure : null,
  }
}

export const scoreTrack = (track: CorpusTrack, prediction: TrackPrediction): TrackOutcome => {
  const { grid, sections } = prediction
  const truth = countedSegments(track)
  const { scored, ignored } = referenceBoundaries(track)
  const found = sections.slice(1).map(({ start }) => start)
  const isUnknown = (time: number): boolean =>
    track.segments.some(({ start, end, isUnknownInside }) => isUnknownInside && start < time && time < end)
  const hit = (toleranceSeconds: number): HitRate | null => {
    const isNear = (time: number): boolean => scored.some((edge) => Math.abs(edge - time) <= toleranceSeconds)
    const judged = found.filter((time) => isNear(time) || !isUnknown(time))
    return boundaryHitRate(scored, judged, { toleranceSeconds, ignored })
  }
  return {
    ...scoreGrid(track, grid),
    isSong: track.isSong,
    isPartial: track.isPartial,
    spans: track.segments.flatMap(({ label, counts }, n) => {
      const span = prediction.spans[n]
      if (!label || !counts || !span) return []
      return [
        { truth: label, predicted: span.label, confidence: span.confidence, positionOnly: prediction.positionOnly[n]! },
      ]
    }),
    // Without given bars (songs), our own stand in: nothing but the sampling of time depends on them.
    bars: pairBars(truth, sections, track.downbeatTimes ?? downbeatTimes(grid)),
    hitHalfSecond: hit(0.5),
    hitThreeSeconds: hit(3),
    sections: judgeSections(track, sections),
    seconds: kindSeconds(truth, sections),
    buildSeconds: kindSeconds(withoutFills(truth, grid), sections),
    climaxes: track.isPartial
      ? climaxesOf(
          truth,
          sections.map(({ start }) => start),
          grid,
        )
      : [],
    uncutBars: prediction.uncutBars,
  }
}

export const spanSeconds = (
  grid: BeatGrid,
  { startBeat, endBeat }: { readonly startBeat: number; readonly endBeat: number },
  durationSeconds: number,
): { start: number; end: number } => ({
  start: startBeat <= 0 ? 0 : beatsToSeconds(grid, startBeat),
  end: endBeat >= grid.beatCount ? durationSeconds : beatsToSeconds(grid, endBeat),
})
