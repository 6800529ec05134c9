import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo } from 'react'
import { ApiProblem, addressOf } from '../../api/operations/client.ts'
import { problem } from '../../api/operations/fields.ts'
import { beatRatio, type MixMove } from '../../core/mixing/mix-move.ts'
import { AUDITION_BARS, type MixRange, rangeAround } from '../../core/mixing/mix-range.ts'
import { type Mix, type MixedTrack, planMix } from '../../core/mixing/plan-mix.ts'
import type { client } from '../kit/client.ts'
import { useRested } from '../kit/use-rested.ts'
import { queryOf } from '../queries/query-of.ts'
import { toBeatGrid } from '../queries/use-track.ts'
import { loadDecks, soundContext } from './audition-sound.ts'

const FIELDS_REST_MS = 400

export type PairIds = { readonly from: number; readonly to: number }
type TrackDocument = Awaited<ReturnType<typeof client.auditionTracks>>['from']

const toMixedTrack = ({ grid, ...track }: TrackDocument, trimDb: number): MixedTrack => ({
  title: track.title,
  grid: toBeatGrid({ grid }),
  durationSeconds: track.duration_seconds,
  loudnessLufs: track.loudness_lufs,
  truePeakDb: track.true_peak_db,
  trimDb,
})

/** Both tracks as mixes are planned from them; undefined while they are not there yet. */
export const usePair = (
  { from, to }: PairIds,
  [trim, nextTrim]: readonly [number, number],
): { readonly pair?: readonly [MixedTrack, MixedTrack]; readonly error: Error | null } => {
  const { data, error } = useQuery(queryOf('auditionTracks', { params: { id: from, to } }))
  const pair = useMemo(
    () => data && ([toMixedTrack(data.from, trim), toMixedTrack(data.to, nextTrim)] as const),
    [data, trim, nextTrim],
  )
  return { ...(pair ? { pair } : {}), error }
}

export type Planned = { readonly mix: Mix; readonly range: MixRange; readonly ratio: number }

/** @returns the mix of a move, or why there is none */
export const planOf = (pair: readonly [MixedTrack, MixedTrack], move: MixMove): Planned | Error => {
  try {
    const mix = planMix(pair, [{ ...move, nudgeMs: 0 }])
    return { mix, range: rangeAround(mix, pair, AUDITION_BARS), ratio: beatRatio(pair[0].grid, pair[1].grid, move) }
  } catch (error) {
    return error as Error
  }
}

const readDeck = async (address: string): Promise<AudioBuffer> => {
  const answer = await fetch(address)
  if (!answer.ok) throw new ApiProblem(problem.parse(await answer.json()))
  return soundContext().decodeAudioData(await answer.arrayBuffer())
}

/** Has both decks made ready, and hands them to the sound; curve, swap of the basses and nudge need no new ones. */
export const useDecks = (
  ids: PairIds,
  move: MixMove | null,
  { pair, planned }: { readonly pair: readonly [MixedTrack, MixedTrack] | undefined; readonly planned: Planned | null },
): {
  readonly buffers: readonly AudioBuffer[] | undefined
  readonly error: Error | null
  readonly isLoading: boolean
} => {
  const addresses = (['from', 'to'] as const).map((deck) =>
    move === null
      ? ''
      : addressOf('auditionDeck', {
          params: { id: ids.from, to: ids.to, deck },
          query: {
            from_beat: move.fromBeat,
            to_beat: move.toBeat,
            beats: move.beats,
            // Blends and swaps have the same tempo.
            curve: move.curve === 'cut' ? 'cut' : 'blend',
          },
        }),
  )
  const asked = addresses.join(' ')
  // Not every figure on the way to the next one is made ready.
  const isRested = useRested(asked, FIELDS_REST_MS) === asked
  const query = useQuery({
    queryKey: ['auditionDeck', ...addresses],
    queryFn: () => Promise.all(addresses.map(readDeck)),
    enabled: planned !== null && isRested,
    staleTime: Number.POSITIVE_INFINITY,
    // Each is some tens of megabytes.
    gcTime: 0,
    retry: false,
  })
  const data = isRested ? query.data : undefined
  useEffect(() => {
    if (data && planned && pair && move)
      loadDecks({ mix: planned.mix, range: planned.range, buffers: data, nudgeMs: move.nudgeMs }, pair)
  }, [data, planned, pair, move])
  useEffect(() => () => loadDecks(null), [])
  return { buffers: data, error: query.error, isLoading: query.isFetching || !isRested }
}
