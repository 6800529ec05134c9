import { trackTitle } from '../../core/library/track.ts'
import type { PlannedSet, SetWish } from '../../core/setlist/plan-set.ts'
import { voicesScore } from '../../core/setlist/transition-parts.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import { type TrackOverview, trackOverviewsOf } from '../collection/track-overview.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { JobOptions } from '../kit/workspace.ts'
import { describePool, type PoolEntry, type PoolWish, type PreparedEnds, type SetRefusal } from './set-pool.ts'
import { proposeTransitions, type TrackTransition, type TransitionWorkspace } from './transition.ts'

export type PlanWish = Omit<SetWish, 'mustPlay' | 'fixed'> &
  Omit<PoolWish, 'wanted'> & {
    /** Ids of tracks. */
    readonly mustPlay: readonly number[]
    /** Places from 1, and from −1 backwards from the end. */
    readonly fixed: readonly { readonly place: number; readonly trackId: number }[]
    /** Largest difference of two tempi in per cent, whole octaves aside; null for none. */
    readonly mostTempoPercent: number | null
    /** Refuses transitions in which two voices sound at once. */
    readonly noTwoVoices: boolean
  }

export type SetPlan = Omit<PlannedSet, 'order'> & {
  readonly tracks: readonly TrackOverview[]
  /** From each track into the next. */
  readonly transitions: readonly TrackTransition[]
  readonly refusals: readonly SetRefusal[]
}

/** A voice this seldom is a call or a sample. */
const MOST_VOICES = 0.25

const hasTwoVoices = ({ parts }: TrackTransition): boolean =>
  (parts.find(({ part }) => part === 'voices')?.score ?? 1) < voicesScore(MOST_VOICES, MOST_VOICES)

/** Less is within what one track more or less makes. */
const shortness = (wished: number, minutes: number, tracks: number): readonly SetRefusal[] =>
  wished - minutes <= minutes / tracks
    ? []
    : [
        {
          trackId: null,
          title: null,
          reason: `The set is ${Math.round(wished - minutes)} minutes shorter than wished: no more tracks to choose from fit within these limits.`,
        },
      ]

const placeIn = (store: Store, entries: readonly PoolEntry[], trackId: number): number => {
  const at = entries.findIndex(({ track }) => track.id === trackId)
  if (at < 0)
    throw new UserError(
      'SET_WISH_CONTRADICTORY',
      `${trackTitle(store.tracks.get(trackId)!)} is wanted, but left out, missing or not analysed.`,
    )
  return at
}

/**
 * Plans a set from the tracks of a library.
 * @throws TRACK_NOT_FOUND, SET_POOL_EMPTY, SET_WISH_CONTRADICTORY, SET_IMPOSSIBLE
 */
export const planLibrarySet = async (
  workspace: TransitionWorkspace,
  known: PreparedEnds,
  { filter, never, mustPlay, fixed, mostTempoPercent, noTwoVoices, ...wish }: PlanWish,
  options: JobOptions = {},
): Promise<SetPlan> => {
  const { store, pool: threads } = workspace
  const wanted = [...mustPlay, ...fixed.map(({ trackId }) => trackId)]
  requireTracks(store, [...wanted, ...never])
  const { entries, refusals } = await describePool(workspace, known, { filter, wanted, never }, options)
  const planned = await threads.run(
    'planPool',
    {
      tracks: entries.map(({ track: _, ...prepared }) => prepared),
      wish: {
        ...wish,
        mustPlay: mustPlay.map((id) => placeIn(store, entries, id)),
        fixed: fixed.map(({ place, trackId }) => ({
          place: place > 0 ? place - 1 : place,
          track: placeIn(store, entries, trackId),
        })),
      },
      limits: { mostTempoPercent, mostVoices: noTwoVoices ? MOST_VOICES : null },
    },
    options.signal ? { signal: options.signal } : {},
  )
  const { order, ...facts } = planned
  const tracks = order.map((at) => entries[at]!.track)
  const transitions: TrackTransition[] = []
  for (const [at, track] of tracks.entries()) {
    const next = tracks[at + 1]
    if (next === undefined) break
    const proposed = await proposeTransitions(workspace, track, next)
    transitions.push(proposed.find((one) => !(noTwoVoices && hasTwoVoices(one))) ?? proposed[0]!)
  }
  return {
    tracks: trackOverviewsOf(
      store,
      tracks.map(({ id }) => id),
    ),
    transitions,
    ...facts,
    refusals: [...refusals, ...shortness(wish.minutes, facts.minutes, tracks.length)],
  }
}
