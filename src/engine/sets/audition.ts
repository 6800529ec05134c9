import type { Track } from '../../core/library/track.ts'
import type { MixRange } from '../../core/mixing/mix-blocks.ts'
import type { MixMove } from '../../core/mixing/mix-move.ts'
import { type Mix, type MixedTrack, planMix } from '../../core/mixing/plan-mix.ts'
import type { Workspace } from '../kit/workspace.ts'
import { mixedTrack } from './mixed-tracks.ts'
import { decodedFolder, mixSources, rangeAround } from './render-set.ts'

/** DJs listen from the phrase before the one to the phrase behind it. */
export const AUDITION_BARS = 8

export type Audition = { readonly mix: Mix; readonly range: MixRange; readonly tracks: readonly MixedTrack[] }

/** How two tracks sound one into the other. @throws ANALYSIS_REQUIRED, TRANSITION_INVALID, TEMPI_TOO_FAR */
const planAudition = ({ store }: Pick<Workspace, 'store'>, pair: readonly [Track, Track], move: MixMove): Audition => {
  const tracks = pair.map((track) => mixedTrack(store, track))
  const mix = planMix(tracks, [move])
  return { mix, range: rangeAround(mix, tracks, AUDITION_BARS), tracks }
}

/**
 * One deck of an audition by itself, stretched to the beats of both, as a WAV file: as loud as recorded, and not faded.
 * @throws as `planAudition`, ROOT_OFFLINE, AUDIO_NOT_FOUND, and as decoding does
 */
export const auditionDeck = async (
  { store, pool }: Pick<Workspace, 'store' | 'pool'>,
  pair: readonly [Track, Track],
  { move, deck, signal }: { readonly move: MixMove; readonly deck: 0 | 1; readonly signal?: AbortSignal },
): Promise<Uint8Array> => {
  const { mix, range } = planAudition({ store }, pair, move)
  const sources = await mixSources(store, pair)
  const input = { mix, sources, folder: decodedFolder(store), range, deck }
  return pool.run('renderDeck', input, signal ? { signal } : {})
}
