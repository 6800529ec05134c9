/** What `--predictions` writes: enough to score every measure elsewhere, times in seconds. */
import { beatTimes } from '../../src/core/beats/beat-grid.ts'
import type { CorpusTrack } from '../corpus/corpus.ts'
import { downbeatTimes, mainTempo, type TimedPrediction, type TrackPrediction } from './measures.ts'

type PredictionDocument = {
  readonly tracks: readonly {
    readonly id: string
    readonly tempo_bpm: number
    readonly beat_times: readonly number[]
    readonly downbeat_times: readonly number[]
    readonly spans: readonly TimedPrediction[]
    readonly sections: readonly TimedPrediction[]
  }[]
}

const plain = ({ start, end, label, confidence }: TimedPrediction): TimedPrediction => ({
  start,
  end,
  label,
  confidence,
})

export const formatPredictions = (
  tracks: readonly CorpusTrack[],
  predictions: ReadonlyMap<string, TrackPrediction>,
): PredictionDocument => ({
  tracks: tracks.flatMap(({ id }) => {
    const prediction = predictions.get(id)
    if (!prediction) return []
    const { grid, spans, sections } = prediction
    return [
      {
        id,
        tempo_bpm: mainTempo(grid),
        beat_times: [...beatTimes(grid)],
        downbeat_times: downbeatTimes(grid),
        spans: spans.map(plain),
        sections: sections.map(plain),
      },
    ]
  }),
})
