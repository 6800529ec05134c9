import type { Track } from '../../core/library/track.ts'
import type { MixMove } from '../../core/mixing/mix-move.ts'
import { AUDITION_BARS, rangeAround } from '../../core/mixing/mix-range.ts'
import { planMix } from '../../core/mixing/plan-mix.ts'
import type { Workspace } from '../kit/workspace.ts'
import { mixedTrack } from './mixed-tracks.ts'
import { mixSources } from './render-set.ts'

/**
 * One deck of an audition by itself, stretched to the beats of both, as a WAV file: as loud as recorded, and not faded.
 * @throws ANALYSIS_REQUIRED, TRANSITION_INVALID, TEMPI_TOO_FAR, ROOT_OFFLINE, AUDIO_NOT_FOUND, and as decoding does
 */
export const auditionDeck = async (
  { store, pool }: Pick<Workspace, 'store' | 'pool'>,
  pair: readonly [Track, Track],
  { move, deck, signal }: { readonly move: MixMove; readonly deck: 0 | 1; readonly signal?: AbortSignal },
): Promise<Uint8Array> => {
  const tracks = pair.map((track) => mixedTrack(store, track))
  const mix = planMix(tracks, [move])
  const range = rangeAround(mix, tracks, AUDITION_BARS)
  const sources = await mixSources(store, pair)
  const input = { mix, sources, folder: store.directory.mixing, range, deck }
  return pool.run('renderDeck', input, signal ? { signal } : {})
}
