/** From outcomes of tracks to the one table: every figure with floor, goal, the best published peer and a 90 % band over tracks. */
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

type Tracks = readonly TrackOutcome[]
type Target = Pick<Figure, 'measure' | 'floor' | 'goal' | 'peer'>

const BAND_SEED = 11

const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length
const present = <Value>(values: readonly (Value | null)[]): Value[] => values.filter((value) => value !== null)

const figureOf = (
  tracks: Tracks,
  target: Target,
  { count, measure }: { readonly count: string; readonly measure: (chosen: Tracks) => number },
): Figure[] => {
  if (tracks.length === 0) return [{ ...target, count: 'not scored', value: null, band: null }]
  // What several shuffles of the folds say of a track is drawn together: it is one track still.
  const outcomes = [...Map.groupBy(tracks, ({ id }) => id).values()]
  const choose = (chosen: readonly number[]): number => measure(chosen.flatMap((track) => outcomes[track]!))
  const band = bootstrapBand(outcomes.length, choose, { seed: BAND_SEED })
  return [{ ...target, count, value: measure(tracks), band }]
}

/** The mean over the tracks that have a value. */
const meanFigure = (tracks: Tracks, target: Target, value: (track: TrackOutcome) => number | null): Figure[] => {
  const scored = tracks.filter((track) => value(track) !== null)
  return figureOf(scored, target, {
    count: `${new Set(scored.map(({ id }) => id)).size} tracks`,
    measure: (chosen) => mean(present(chosen.map(value))),
  })
}

type Pair = { readonly truth: SectionKind; readonly predicted: SectionKind | null }

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

const pairFigure = (
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

const eceFigure = (
  tracks: Tracks,
  target: Target,
  judged: (track: TrackOutcome) => readonly { readonly confidence: number; readonly right: boolean }[],
): Figure[] => {
  const scored = tracks.filter((track) => judged(track).length > 0)
  const ece = (chosen: Tracks): number => {
    const all = chosen.flatMap(judged)
    return expectedCalibrationError(
      all.map(({ confidence }) => confidence),
      all.map(({ right }) => right),
    )
  }
  return figureOf(scored, target, { count: `${scored.flatMap(judged).length} sections`, measure: ece })
}

const share = (isRight: boolean | undefined): number | null => (isRight === undefined ? null : isRight ? 1 : 0)

const spanPairs = (track: TrackOutcome): readonly Pair[] => track.spans
const positionPairs = (track: TrackOutcome): readonly Pair[] =>
  track.spans.map(({ truth, positionOnly }) => ({ truth, predicted: positionOnly }))
const judgedSpans = (track: TrackOutcome): readonly { readonly confidence: number; readonly right: boolean }[] =>
  track.spans.map(({ truth, predicted, confidence }) => ({ confidence, right: truth === predicted }))

const target = (measure: string, floor: number | null, goal: number | null, peer = '–'): Target => ({
  measure,
  floor,
  goal,
  peer,
})

/**
 * Floors, goals and published peers: issue 3 and the corpus's README. Measures without any truth say so.
 * @param tracks outcomes, several a track where folds were shuffled several times
 */
export const figuresOf = (tracks: Tracks): Figure[] => {
  const dance = tracks.filter(({ isSong }) => !isSong)
  const spans = { pairs: spanPairs, unit: 'spans' } as const
  const position = { pairs: positionPairs, unit: 'spans' } as const
  const bars = { pairs: (track: TrackOutcome) => track.bars, unit: 'bars' } as const
  return [
    ...meanFigure(tracks, target('tempo Acc1 (4 %)', 0.9, 0.97, 'Essentia .78'), (t) => share(t.tempo?.accuracy1)),
    ...meanFigure(tracks, target('tempo Acc2 (4 %)', 0.99, 1, 'Essentia .95'), (t) => share(t.tempo?.accuracy2)),
    ...meanFigure(tracks, target('constant tempo within 0.05 BPM', 0.95, 0.99, 'Essentia .35'), (t) =>
      t.tempo?.isConstant ? share(t.tempo.exactAnyOctave) : null,
    ),
    ...meanFigure(tracks, target('beat F, 70 ms', 0.93, 0.97, 'Essentia .76'), (t) => t.beats?.f ?? null),
    ...meanFigure(tracks, target('(octave forgiven)', 0.97, 0.99), (t) => t.beats?.octaveForgiven ?? null),
    ...meanFigure(tracks, target('downbeat F, 70 ms', 0.8, 0.9, 'madmom .55'), (t) => t.downbeatF),
    ...pairFigure(dance, target('dance, spans given: accuracy', 0.92, 0.96, 'embedding .63'), {
      ...spans,
      score: 'accuracy',
    }),
    ...pairFigure(dance, target('dance, spans given: macro-F1', 0.86, 0.92, 'embedding .50'), {
      ...spans,
      score: 'macroF1',
    }),
    ...pairFigure(dance, target('– position only: accuracy', null, null), { ...position, score: 'accuracy' }),
    ...pairFigure(dance, target('– position only: macro-F1', null, null), { ...position, score: 'macroF1' }),
    ...pairFigure(tracks, target('all, spans given: accuracy', 0.82, 0.9, 'position .64'), {
      ...spans,
      score: 'accuracy',
    }),
    ...pairFigure(tracks, target('all, spans given: macro-F1', 0.68, 0.82, 'position .55'), {
      ...spans,
      score: 'macroF1',
    }),
    ...pairFigure(tracks, target('– position only: accuracy', null, null), { ...position, score: 'accuracy' }),
    ...pairFigure(tracks, target('– position only: macro-F1', null, null), { ...position, score: 'macroF1' }),
    ...pairFigure(dance, target('no spans, dance: per-bar accuracy', 0.85, 0.92), { ...bars, score: 'accuracy' }),
    ...pairFigure(dance, target('no spans, dance: per-bar macro-F1', null, null), { ...bars, score: 'macroF1' }),
    ...pairFigure(tracks, target('no spans, all: per-bar accuracy', null, null), { ...bars, score: 'accuracy' }),
    ...meanFigure(dance, target('no spans, dance: HR.5F', 0.45, 0.65, 'MSAF .19'), (t) => t.hitHalfSecond?.f ?? null),
    ...meanFigure(dance, target('no spans, dance: HR3F', 0.52, 0.75, 'MSAF .42'), (t) => t.hitThreeSeconds?.f ?? null),
    ...meanFigure(tracks, target('no spans, all: HR.5F', null, null), (t) => t.hitHalfSecond?.f ?? null),
    ...meanFigure(tracks, target('no spans, all: HR3F', null, null), (t) => t.hitThreeSeconds?.f ?? null),
    ...eceFigure(tracks, target('ECE, confidence of given spans', 0.08, 0.04), judgedSpans),
    ...eceFigure(tracks, target('ECE, confidence of own sections', 0.08, 0.04), (t) => t.sections),
  ]
}

export const short = (value: number | null): string =>
  value === null ? '' : value.toFixed(3).replace(/^(-?)0\./, '$1.')

export const alignColumns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [line(rows[0]!), rule, ...rows.slice(1).map(line)].join('\n')
}

export const formatFigures = (figures: readonly Figure[]): string =>
  alignColumns([
    ['measure', 'ours', '90 % band', 'floor', 'goal', 'best peer', 'of'],
    ...figures.map(({ measure, value, band, floor, goal, peer, count }) => [
      measure,
      short(value),
      band ? `${short(band.low)}–${short(band.high)}` : '',
      short(floor),
      short(goal),
      peer,
      count,
    ]),
  ])

export const formatClasses = (scores: ClassificationScores): string =>
  alignColumns([
    ['class', 'precision', 'recall', 'F1', 'support', ...SECTION_KINDS.map((kind) => `→ ${kind}`)],
    ...SECTION_KINDS.flatMap((kind, index) => {
      const { precision, recall, f1, support } = scores.classes[index]!
      const row = scores.confusion[index]!
      const counts = SECTION_KINDS.map((_, column) => String(row[column]))
      return support === 0 ? [] : [[kind, short(precision), short(recall), short(f1), String(support), ...counts]]
    }),
  ])

export type CurvePoint = {
  readonly tracks: number
  readonly accuracy: number
  readonly macroF1: number
  readonly labels: number
}

export const formatCurve = (points: readonly CurvePoint[]): string =>
  alignColumns([
    ['labelled tracks', 'labels', 'accuracy', 'macro-F1'],
    ...points.map(({ tracks, labels, accuracy, macroF1 }) => [
      String(tracks),
      labels.toFixed(0),
      short(accuracy),
      short(macroF1),
    ]),
  ])
