/** A figure over tracks with its 90 % band: the ways to make one of outcomes. */
import { type Band, bootstrapBand } from '../../src/core/evaluation/bootstrap-band.ts'
import { expectedCalibrationError } from '../../src/core/evaluation/calibration.ts'
import { type ClassificationScores, scoreClassification } from '../../src/core/evaluation/classification-scores.ts'
import { SECTION_KINDS, type SectionKind } from '../../src/core/labels/section-kind.ts'
import type { TrackOutcome } from './measures.ts'

export type Figure = {
  readonly measure: string
  /** Null where no track has the truth it needs. */
  readonly value: number | null
  readonly band: Band | null
  /** How many tracks, spans or bars it is the figure of. */
  readonly count: string
  readonly floor: number | null
  readonly goal: number | null
  readonly peer: string
}

export type Tracks = readonly TrackOutcome[]
export type Target = Pick<Figure, 'measure' | 'floor' | 'goal' | 'peer'>

const BAND_SEED = 11

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
const present = <Value>(values: readonly (Value | null)[]): Value[] => values.filter((value) => value !== null)

type Outcome = { readonly id: string }

export const figureOf = <Of extends Outcome>(
  tracks: readonly Of[],
  target: Target,
  { count, measure }: { readonly count: string; readonly measure: (chosen: readonly Of[]) => number },
): Figure[] => {
  if (tracks.length === 0) return [{ ...target, count: 'not scored', value: null, band: null }]
  // What several shuffles of the folds say of a track is drawn together: it is one track still.
  const outcomes = [...Map.groupBy(tracks, ({ id }) => id).values()]
  const choose = (chosen: readonly number[]): number => measure(chosen.flatMap((track) => outcomes[track]!))
  const band = bootstrapBand(outcomes.length, choose, { seed: BAND_SEED })
  return [{ ...target, count, value: measure(tracks), band }]
}

/** The mean over the tracks that have a value. */
export const meanFigure = <Of extends Outcome>(
  tracks: readonly Of[],
  target: Target,
  value: (track: Of) => number | null,
): Figure[] => {
  const scored = tracks.filter((track) => value(track) !== null)
  return figureOf(scored, target, {
    count: `${new Set(scored.map(({ id }) => id)).size} tracks`,
    measure: (chosen) => mean(present(chosen.map(value))),
  })
}

export type Pair = { readonly truth: SectionKind; readonly predicted: SectionKind | null }

/** @returns scores of label pairs; what was not predicted at all counts as wrong. */
export const scorePairs = (pairs: readonly Pair[]): ClassificationScores => {
  const classOf = (kind: SectionKind | null): number =>
    kind === null ? SECTION_KINDS.length : SECTION_KINDS.indexOf(kind)
  return scoreClassification(
    pairs.map(({ truth }) => classOf(truth)),
    pairs.map(({ predicted }) => classOf(predicted)),
    SECTION_KINDS.length + 1,
  )
}

export const pairFigure = (
  tracks: Tracks,
  target: Target,
  {
    pairs,
    unit,
    score,
  }: {
    readonly pairs: (track: TrackOutcome) => readonly Pair[]
    readonly unit: string
    readonly score: 'accuracy' | 'macroF1'
  },
): Figure[] => {
  const scored = tracks.filter((track) => pairs(track).length > 0)
  return figureOf(scored, target, {
    count: `${scored.flatMap(pairs).length} ${unit}`,
    measure: (chosen) => scorePairs(chosen.flatMap(pairs))[score],
  })
}

export type Judged = { readonly confidence: number; readonly right: boolean }

export const eceFigure = <Of extends Outcome>(
  tracks: readonly Of[],
  target: Target,
  judged: (track: Of) => readonly Judged[],
  unit = 'sections',
): Figure[] => {
  const scored = tracks.filter((track) => judged(track).length > 0)
  const ece = (chosen: readonly Of[]): number => {
    const all = chosen.flatMap(judged)
    return expectedCalibrationError(
      all.map(({ confidence }) => confidence),
      all.map(({ right }) => right),
    )
  }
  return figureOf(scored, target, { count: `${scored.flatMap(judged).length} ${unit}`, measure: ece })
}

export const target = (measure: string, floor: number | null, goal: number | null, peer = '–'): Target => ({
  measure,
  floor,
  goal,
  peer,
})
