import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import { ApiProblem, addressOf } from '../../api/operations/client.ts'
import { problem } from '../../api/operations/fields.ts'
import type { gridVersion } from '../../api/operations/grids.ts'
import type { trackDetails } from '../../api/operations/tracks.ts'
import { decodePeaks, type WaveformPeaks } from '../../core/audio/waveform-peaks.ts'
import type { BeatGrid } from '../../core/beats/beat-grid.ts'
import { client } from '../kit/client.ts'
import { queryOf } from './query-of.ts'

export type TrackDocument = z.output<typeof trackDetails> & {
  /** When it was asked for, by the page's clock: nothing in the answer is older. */
  readonly askedAt: number
}

export const askTrack = async (id: number): Promise<TrackDocument> => {
  const askedAt = performance.now()
  return { ...(await client.track({ params: { id } })), askedAt }
}

export const useTrack = (id: number): UseQueryResult<TrackDocument> =>
  useQuery({ queryKey: queryOf('track', { params: { id } }).queryKey, queryFn: () => askTrack(id) })

/** The grid as the engine's own beat maths takes it. */
export const toBeatGrid = ({ grid }: Pick<z.output<typeof gridVersion>, 'grid'>): BeatGrid => ({
  anchors: grid.anchors,
  beatCount: grid.beat_count,
  beatsPerBar: grid.beats_per_bar,
  firstDownbeat: grid.first_downbeat,
  firstPhrase: grid.first_phrase,
  ...(grid.later_phrases && { laterPhrases: grid.later_phrases }),
  tempoConfidence: grid.tempo_confidence,
  ...(grid.phase_confidence !== undefined && { phaseConfidence: grid.phase_confidence }),
  downbeatConfidence: grid.downbeat_confidence,
  phraseConfidence: grid.phrase_confidence,
  ...(grid.alternatives && { alternatives: grid.alternatives }),
})

const readPeaks = async (id: number): Promise<WaveformPeaks> => {
  const answer = await fetch(addressOf('waveform', { params: { id } }))
  if (!answer.ok) throw new ApiProblem(problem.parse(await answer.json()))
  const peaks = decodePeaks(new Uint8Array(await answer.arrayBuffer()))
  if (peaks === null) throw new Error('The waveform is of another version of Algiers: load the page again.')
  return peaks
}

/** The peaks of a track, which never change while its sound is the same. */
export const usePeaks = (id: number | null): UseQueryResult<WaveformPeaks> =>
  useQuery({ queryKey: ['peaks', id], queryFn: () => readPeaks(id!), enabled: id !== null })
