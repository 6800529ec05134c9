/** From outcomes of tracks to the one table: every figure with floor, goal, the best published peer and a 90 % band over tracks. */
import type { ClassificationScores } from '../../src/core/evaluation/classification-scores.ts'
import { SECTION_KINDS } from '../../src/core/labels/section-kind.ts'
import {
  eceFigure,
  type Figure,
  type Judged,
  meanFigure,
  type Pair,
  pairFigure,
  type Tracks,
  target,
} from './figure.ts'
import type { GridOutcome, TrackOutcome } from './measures.ts'
import { sectionFiguresOf } from './section-figures.ts'

const share = (isRight: boolean | undefined): number | null => (isRight === undefined ? null : isRight ? 1 : 0)

const spanPairs = (track: TrackOutcome): readonly Pair[] => track.spans
const positionPairs = (track: TrackOutcome): readonly Pair[] =>
  track.spans.map(({ truth, positionOnly }) => ({ truth, predicted: positionOnly }))
const judgedSpans = (track: TrackOutcome): readonly Judged[] =>
  track.spans.map(({ truth, predicted, confidence }) => ({ confidence, right: truth === predicted }))

export const gridFiguresOf = (tracks: readonly GridOutcome[]): Figure[] => [
  ...meanFigure(tracks, target('tempo Acc1 (4 %)', 0.9, 0.97, 'Essentia .78'), (t) => share(t.tempo?.accuracy1)),
  ...meanFigure(tracks, target('tempo Acc2 (4 %)', 0.99, 1, 'Essentia .95'), (t) => share(t.tempo?.accuracy2)),
  ...meanFigure(tracks, target('constant tempo within 0.05 BPM', 0.95, 0.99, 'Essentia .35'), (t) =>
    t.tempo?.isConstant ? share(t.tempo.exactAnyOctave) : null,
  ),
  ...meanFigure(tracks, target('beat F, 70 ms', 0.93, 0.97, 'Essentia .76'), (t) => t.beats?.f ?? null),
  ...meanFigure(tracks, target('(octave forgiven)', 0.97, 0.99), (t) => t.beats?.octaveForgiven ?? null),
  ...meanFigure(tracks, target('downbeat F, 70 ms', 0.8, 0.9, 'madmom .55'), (t) => t.downbeatF),
]

/**
 * Floors and goals are those the product is held to; published peers are named in the corpus's README. Measures without any truth say so.
 * @param tracks outcomes, several a track where folds were shuffled several times
 */
export const figuresOf = (tracks: Tracks): Figure[] => {
  const dance = tracks.filter(({ isSong }) => !isSong)
  const spans = { pairs: spanPairs, unit: 'spans' } as const
  const position = { pairs: positionPairs, unit: 'spans' } as const
  return [
    ...gridFiguresOf(tracks),
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
    ...eceFigure(tracks, target('ECE, confidence of given spans', 0.08, 0.04), judgedSpans),
    ...sectionFiguresOf(tracks),
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
