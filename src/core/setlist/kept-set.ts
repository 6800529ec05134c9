/**
 * @file A set as it is kept: what was wished for, and the tracks in their places.
 * Conventions: tracks by the ids of their rows; `tracks` says who each of them is, so that one that has gone still has a name, and one
 * that comes back is found by its audio. Places are numbers from 0, or from −1 backwards from the end.
 */
import type { MixStyle } from './mix-styles.ts'

export type KeptTrack = {
  readonly id: number
  readonly audioDigest: string
  readonly title: string
  readonly artist: string | null
}

export type SetPlace = {
  readonly trackId: number
  /** Stays here when the set is planned again. */
  readonly isLocked: boolean
  /** How it goes into the next one; null for the best way. */
  readonly style: MixStyle | null
  /** Decibels that it is played louder by than its measured loudness asks for. */
  readonly trimDb: number
}

/** A trim by hand goes so far up and down. */
export const MOST_TRIM_DB = 12

/** Tracks to choose from; all where both are null. */
type KeptPool<Search> = {
  /** A filter of the list of tracks, as in an address, and as it is searched by. */
  readonly filter: { readonly text: string; readonly search: Search } | null
  /** Picked by hand. */
  readonly trackIds: readonly number[] | null
}

/** The largest step of the tempo from one track to the next where nothing else is wished for: what players reach without a strain. */
export const USUAL_TEMPO_STEP_PERCENT = 6

/** A day. */
export const MOST_SET_MINUTES = 1440

export type KeptWish<Search> = {
  readonly minutes: number
  readonly pool: KeptPool<Search>
  /** Energies at even distances, 0 the calmest of the pool and 1 the most energetic. */
  readonly arc: readonly number[]
  readonly seed: number
  readonly mustPlay: readonly number[]
  readonly never: readonly number[]
  /** Places from 1, and from −1 backwards from the end. */
  readonly fixed: readonly { readonly place: number; readonly trackId: number }[]
  readonly artistGap: number
  readonly lowestBpm: number | null
  readonly highestBpm: number | null
  /** From one track to the next, in per cent; null for any. */
  readonly mostRisePercent: number | null
  readonly mostFallPercent: number | null
  /** A transition is at least so long. */
  readonly leastBars: number
  readonly noTwoVoices: boolean
}

export type KeptSet<Search = unknown> = {
  readonly name: string
  readonly wish: KeptWish<Search>
  readonly places: readonly SetPlace[]
  /** Every track that the wish or a place names, once. */
  readonly tracks: readonly KeptTrack[]
}

/** The places of a shown set as they are kept. */
export const keptPlaces = ({ places }: Pick<KeptSet, 'places'>): readonly SetPlace[] =>
  places.map(({ trackId, isLocked, style, trimDb }) => ({ trackId, isLocked, style, trimDb }))

/** Every track that a set speaks of, in the order of its first mention. */
export const mentionedTracks = ({ wish, places }: Pick<KeptSet, 'wish' | 'places'>): readonly number[] => [
  ...new Set([
    ...places.map(({ trackId }) => trackId),
    ...wish.fixed.map(({ trackId }) => trackId),
    ...wish.mustPlay,
    ...wish.never,
    ...(wish.pool.trackIds ?? []),
  ]),
]
