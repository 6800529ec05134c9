/** The rows of sections that are found without given spans: dance music and songs apart. */
import { type ClassificationScores, scoreConfusion } from '../../src/core/evaluation/classification-scores.ts'
import { SECTION_KINDS, type SectionKind } from '../../src/core/labels/section-kind.ts'
import { eceFigure, type Figure, figureOf, meanFigure, pairFigure, scorePairs, type Tracks, target } from './figure.ts'
import type { TrackOutcome } from './measures.ts'
import type { KindSeconds } from './section-outcome.ts'

const DANCE_KINDS: readonly SectionKind[] = ['intro', 'build', 'drop', 'break', 'outro']

const meanF1 = ({ classes }: ClassificationScores, kinds: readonly SectionKind[]): number =>
  kinds.reduce((sum, kind) => sum + classes[SECTION_KINDS.indexOf(kind)]!.f1, 0) / kinds.length

const scoreSeconds = (parts: readonly KindSeconds[]): ClassificationScores => {
  const confusion = SECTION_KINDS.map(() => SECTION_KINDS.map(() => 0))
  for (const { truth, predicted, seconds } of parts)
    confusion[SECTION_KINDS.indexOf(truth)]![SECTION_KINDS.indexOf(predicted)]! += seconds
  return scoreConfusion(confusion)
}

type Seconds = (track: TrackOutcome) => readonly KindSeconds[]

/** A figure of the seconds of all tracks together. */
export const secondsFigure = (
  tracks: Tracks,
  aim: ReturnType<typeof target>,
  { seconds, score }: { readonly seconds: Seconds; readonly score: (scores: ClassificationScores) => number },
): Figure[] => {
  const scored = tracks.filter((track) => seconds(track).length > 0)
  return figureOf(scored, aim, {
    count: `${new Set(scored.map(({ id }) => id)).size} tracks`,
    measure: (chosen) => score(scoreSeconds(chosen.flatMap(seconds))),
  })
}

const buildOf = ({ classes }: ClassificationScores): ClassificationScores['classes'][number] =>
  classes[SECTION_KINDS.indexOf('build')]!

const boundaryFigures = (
  tracks: Tracks,
  name: string,
  [half, three]: readonly (readonly [floor: number | null, goal: number | null, peer?: string])[],
): Figure[] => [
  ...meanFigure(tracks, target(`no spans, ${name}: HR.5F`, ...half!), (t) => t.hitHalfSecond?.f ?? null),
  ...meanFigure(tracks, target(`no spans, ${name}: HR3F`, ...three!), (t) => t.hitThreeSeconds?.f ?? null),
]

const danceFigures = (dance: Tracks): Figure[] => {
  // Where only climaxes are marked, a bar that is right says little: these have rows of their own.
  const whole = dance.filter(({ isPartial }) => !isPartial)
  const bars = { pairs: (track: TrackOutcome) => track.bars, unit: 'bars' } as const
  const scored = whole.filter((track) => track.bars.length > 0)
  const buildSeconds: Seconds = (track) => track.buildSeconds
  return [
    ...pairFigure(whole, target('no spans, dance: per-bar accuracy', 0.88, 0.92), { ...bars, score: 'accuracy' }),
    ...figureOf(scored, target('no spans, dance: per-bar macro-F1 of five', 0.74, 0.82), {
      count: `${scored.flatMap(({ bars: pairs }) => pairs).length} bars`,
      measure: (chosen) => meanF1(scorePairs(chosen.flatMap(({ bars: pairs }) => pairs)), DANCE_KINDS),
    }),
    ...boundaryFigures(whole, 'dance', [
      [0.61, 0.72, 'MSAF .19'],
      [0.7, 0.8, 'MSAF .42'],
    ]),
    ...secondsFigure(whole, target('no spans, dance: builds of 4 bars or more, recall', 0.4, 0.65), {
      seconds: buildSeconds,
      score: (scores) => buildOf(scores).recall,
    }),
    ...secondsFigure(whole, target('no spans, dance: builds of 4 bars or more, precision', 0.6, 0.7), {
      seconds: buildSeconds,
      score: (scores) => buildOf(scores).precision,
    }),
  ]
}

const climaxFigures = (partial: Tracks): Figure[] => {
  const starts = partial.filter(({ climaxes }) => climaxes.length > 0)
  return [
    ...figureOf(starts, target('marked climaxes: start found within a bar', 0.62, 0.8), {
      count: `${starts.flatMap(({ climaxes }) => climaxes).length} marks`,
      measure: (chosen) => {
        const all = chosen.flatMap(({ climaxes }) => climaxes)
        return all.filter(({ isStartFound }) => isStartFound).length / all.length
      },
    }),
    ...secondsFigure(partial, target('marked climaxes: seconds right', 0.88, 0.93), {
      seconds: (track) => track.seconds.filter(({ truth }) => truth === 'drop'),
      score: ({ accuracy }) => accuracy,
    }),
  ]
}

const songFigures = (songs: Tracks): Figure[] => {
  const seconds: Seconds = (track) => track.seconds
  return [
    ...secondsFigure(songs, target('no spans, songs: seconds right', 0.58, 0.75), {
      seconds,
      score: ({ accuracy }) => accuracy,
    }),
    ...secondsFigure(songs, target('no spans, songs: mean F1 of verse and chorus', 0.45, 0.68), {
      seconds,
      score: (scores) => meanF1(scores, ['verse', 'chorus']),
    }),
    ...boundaryFigures(songs, 'songs', [
      [null, null],
      [0.58, 0.7],
    ]),
  ]
}

const longestFigure = (tracks: Tracks): Figure[] => {
  const scored = tracks.filter(({ seconds }) => seconds.length > 0)
  return figureOf(scored, target('longest section with a strong change inside, in bars', 48, 32), {
    count: `${new Set(scored.map(({ id }) => id)).size} tracks`,
    measure: (chosen) => Math.max(0, ...chosen.map(({ uncutBars }) => uncutBars)),
  })
}

export const sectionFiguresOf = (tracks: Tracks): Figure[] => {
  const songs = tracks.filter(({ isSong }) => isSong)
  const dance = tracks.filter(({ isSong }) => !isSong)
  const bars = { pairs: (track: TrackOutcome) => track.bars, unit: 'bars' } as const
  return [
    ...danceFigures(dance),
    ...climaxFigures(dance.filter(({ isPartial }) => isPartial)),
    ...songFigures(songs),
    ...pairFigure(tracks, target('no spans, all: per-bar accuracy', null, null), { ...bars, score: 'accuracy' }),
    ...boundaryFigures(tracks, 'all', [
      [null, null],
      [null, null],
    ]),
    ...longestFigure(tracks),
    ...eceFigure(dance, target('ECE, confidence of own sections, dance', 0.05, 0.04), (t) => t.sections),
    ...eceFigure(songs, target('ECE, confidence of own sections, songs', 0.05, 0.04), (t) => t.sections),
  ]
}
