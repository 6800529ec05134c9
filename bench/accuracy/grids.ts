/**
 * `npm run evaluate -- DIR … --grids`: tempo, beats and bars of each folder by itself, how far the three confidences hold, and the same of
 * generated pieces of what grids go wrong on. Nothing is measured of sections, so it takes minutes.
 */
import { basename } from 'node:path'
import { type BeatGrid, beatTimes } from '../../src/core/beats/beat-grid.ts'
import { shippedBarPhaseModel } from '../../src/core/beats/estimate-grid.ts'
import { placeBars } from '../../src/core/beats/place-bars.ts'
import { scoreBeats } from '../../src/core/evaluation/beat-f-measure.ts'
import { type CorpusTrack, readCorpus } from '../corpus/corpus.ts'
import { createAnalyser } from './analysis.ts'
import { eceFigure, type Figure, figureOf, type Judged, target } from './figure.ts'
import { judgeGridCases } from './grid-cases.ts'
import { downbeatTimes, type GridOutcome, scoreGrid } from './measures.ts'
import { formatFigures, gridFiguresOf } from './table.ts'

type Judgements = GridOutcome & {
  /** Songs at whose tempo ours is twice as fast; empty for other tracks. */
  readonly doubled: readonly boolean[]
  readonly tempoSaid: readonly Judged[]
  /** Every beat of ours, where the tempo is right. */
  readonly phaseSaid: readonly Judged[]
  /** Whether bars are, where the tempo is right. */
  readonly barsSaid: readonly Judged[]
}

const SLOW_SONG = { low: 80, high: 105 }
const SURE = 0.95
const RIGHT_BARS_F = 0.8

const judge = (track: CorpusTrack, grid: BeatGrid): Judgements => {
  const outcome = scoreGrid(track, grid)
  const { tempo } = outcome
  const isSlowSong = tempo !== null && track.tempoBpm! >= SLOW_SONG.low && track.tempoBpm! <= SLOW_SONG.high
  const beats = [...beatTimes(grid)]
  const bars =
    tempo?.accuracy1 && track.downbeatTimes
      ? scoreBeats(track.downbeatTimes, inside(downbeatTimes(grid), track)).fMeasure
      : null
  const onBeat = tempo?.accuracy1 && track.beatTimes ? scoreBeats(track.beatTimes, inside(beats, track)) : null
  return {
    ...outcome,
    doubled: isSlowSong ? [!tempo.accuracy1] : [],
    tempoSaid: tempo ? [{ confidence: grid.tempoConfidence, right: tempo.accuracy1 }] : [],
    phaseSaid: onBeat
      ? beats.map((_, beat) => ({
          confidence: grid.phaseConfidence!,
          right: beat < Math.round(onBeat.precision * beats.length),
        }))
      : [],
    barsSaid: bars === null ? [] : [{ confidence: grid.downbeatConfidence, right: bars >= RIGHT_BARS_F }],
  }
}

/** Nobody says what lies before the first true beat and after the last. */
const inside = (beats: readonly number[], { beatTimes: truth }: CorpusTrack): number[] =>
  beats.filter((time) => time >= truth![0]! - 0.1 && time <= truth!.at(-1)! + 0.1)

const shareFigure = (
  tracks: readonly Judgements[],
  wanted: ReturnType<typeof target>,
  { of, unit }: { readonly of: (track: Judgements) => readonly boolean[]; readonly unit: string },
): Figure[] => {
  const scored = tracks.filter((track) => of(track).length > 0)
  return figureOf(scored, wanted, {
    count: `${scored.flatMap(of).length} ${unit}`,
    measure: (chosen) => {
      const all = chosen.flatMap(of)
      return all.filter(Boolean).length / all.length
    },
  })
}

const figuresOf = (tracks: readonly Judgements[]): Figure[] => [
  ...gridFiguresOf(tracks),
  ...shareFigure(tracks, target('80 to 105 BPM: at another octave', null, null), {
    of: ({ doubled }) => doubled,
    unit: 'tracks',
  }),
  ...eceFigure(tracks, target('ECE, confidence of tempo', null, null), ({ tempoSaid }) => tempoSaid, 'tracks'),
  ...shareFigure(tracks, target('of beats with phase confidence ≥ .95, on the beat', 0.95, 0.98), {
    of: ({ phaseSaid }) => phaseSaid.flatMap(({ confidence, right }) => (confidence >= SURE ? [right] : [])),
    unit: 'beats',
  }),
  ...eceFigure(tracks, target('ECE, confidence of bars', null, null), ({ barsSaid }) => barsSaid, 'tracks'),
]

export const evaluateGrids = async (folders: readonly string[], note: (text: string) => void): Promise<string> => {
  const analyser = await createAnalyser({ onDone: note, wantsFeatures: false })
  const parts: string[] = []
  try {
    for (const folder of folders) {
      const tracks = (await readCorpus(folder)).filter(({ tempoBpm }) => tempoBpm !== null)
      const judged = await Promise.all(
        tracks.map(async (track) => {
          const { tracking, pace } = await analyser.track(track.audioPath)
          return judge(track, placeBars(tracking, shippedBarPhaseModel, { heard: pace }))
        }),
      )
      parts.push(`${basename(folder)}\n\n${formatFigures(figuresOf(judged))}`)
    }
  } finally {
    await analyser.close()
  }
  return [...parts, judgeGridCases(note)].join('\n\n')
}
