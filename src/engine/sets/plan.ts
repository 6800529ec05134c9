import { type Track, trackTitle } from '../../core/library/track.ts'
import type { KeptWish } from '../../core/setlist/kept-set.ts'
import type { PlannedSet } from '../../core/setlist/plan-set.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import { countText } from '../../core/units/count-text.ts'
import type { Store } from '../../platform/store/store.ts'
import { manyTrackOverviews, type TrackOverview } from '../collection/track-overview.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import { hasVanished } from '../kit/track-audio.ts'
import { requireTracks } from '../kit/track-reference.ts'
import type { JobOptions } from '../kit/workspace.ts'
import { packEntries, packPoolTracks } from './pack-entries.ts'
import { playedTimes } from './played-times.ts'
import { setByHand } from './set-by-hand.ts'
import { longerText, shorterText } from './set-length.ts'
import {
  describePool,
  type PoolEntry,
  type PoolWish,
  type PreparedEnds,
  type SetPool,
  type SetRefusal,
} from './set-pool.ts'
import { proposeTransitions, type TrackTransition, type TransitionWorkspace } from './transition.ts'
import { chosenWays, tableLimits, type WayToChoose, waysToChoose, windowLimits } from './ways-to-choose.ts'

/** What a set is to be, in the words of this library. */
export type PlanWish = KeptWish<TrackSearch>

/** The minutes are those of its transitions. */
export type SetPlan = Omit<PlannedSet, 'order' | 'shortenedBecause'> & {
  readonly tracks: readonly TrackOverview[]
  /** From each track into the next. */
  readonly transitions: readonly TrackTransition[]
  readonly refusals: readonly SetRefusal[]
}

const wantedOf = ({ mustPlay, fixed }: Pick<PlanWish, 'mustPlay' | 'fixed'>): readonly number[] => [
  ...mustPlay,
  ...fixed.map(({ trackId }) => trackId),
]

export const poolWishOf = ({ pool, lowestBpm, highestBpm, never, ...wish }: PlanWish): PoolWish => ({
  filter: pool.filter?.search,
  only: pool.trackIds,
  lowestBpm,
  highestBpm,
  wanted: wantedOf(wish),
  never,
})

/** @param refusals of a pool that has no track to play */
const emptyText = (refusals: readonly SetRefusal[]): string => {
  const reasons = new Map<string, number>()
  for (const { trackId, reason } of refusals) if (trackId !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  const told = [
    ...refusals.filter(({ trackId }) => trackId === null).map(({ reason }) => reason),
    ...[...reasons].map(([reason, count]) => `${countText(count)}: ${reason}`),
  ]
  return told.length === 0 ? 'No track fits these wishes.' : `None of these tracks can be played. ${told.join(' ')}`
}

const cannotBePlayed = ({ title, reason }: SetRefusal): UserError =>
  new UserError('SET_WISH_CONTRADICTORY', `${title} is wanted, but cannot be played. ${reason}`)

/** A recording of a whole night is no track of a set of an hour; it is played where it is wanted, or where there is nothing else. */
export const withoutTooLong = <Entry extends Pick<PoolEntry, 'track' | 'title' | 'minutes'>>(
  { entries, refusals }: SetPool<Entry>,
  wish: Pick<PlanWish, 'minutes' | 'mustPlay' | 'fixed'>,
): SetPool<Entry> => {
  const wanted = new Set(wantedOf(wish))
  const isTooLong = ({ track, minutes }: Entry): boolean => minutes > wish.minutes && !wanted.has(track.id)
  const tooLong = entries.filter(isTooLong)
  if (tooLong.length === entries.length) return { entries, refusals }
  return {
    entries: entries.filter((entry) => !isTooLong(entry)),
    refusals: [
      ...refusals,
      ...tooLong.map(({ track, title }) => ({ trackId: track.id, title, reason: 'Longer than the whole set.' })),
    ],
  }
}

const placeIn = (store: Store, { entries, refusals }: SetPool, trackId: number): number => {
  const at = entries.findIndex(({ track }) => track.id === trackId)
  if (at >= 0) return at
  const title = trackTitle(store.tracks.get(trackId)!)
  // Only what is never to be played is not even looked at.
  const refusal = refusals.find((one) => one.trackId === trackId)
  throw refusal === undefined
    ? new UserError('SET_WISH_CONTRADICTORY', `${title} cannot be both wanted and left out.`)
    : cannotBePlayed({ ...refusal, title })
}

/** Tracks of a pool whose files are gone since the last scan, as far as one of those that were chosen is. */
const vanishedOf = async (
  store: Store,
  chosen: readonly Track[],
  { entries }: Pick<SetPool, 'entries'>,
): Promise<readonly Track[]> => {
  const gone: Track[] = []
  for (const track of chosen) if (await hasVanished(store, track)) gone.push(track)
  if (gone.length === 0) return []
  for (const { track } of entries) if (!chosen.includes(track) && (await hasVanished(store, track))) gone.push(track)
  return gone
}

/** What of a plan does not depend on how its transitions are chosen; the minutes are what the search reckoned with. */
export type PlannedTracks = Omit<PlannedSet, 'order' | 'shortenedBecause'> & {
  readonly tracks: readonly Track[]
  readonly aloneBeats: readonly number[]
  readonly refusals: readonly SetRefusal[]
  /** Why it has no more tracks; null where more of them would fit. */
  readonly whyNoMore: string | null
}

type Without = { readonly wish: PlanWish; readonly gone: readonly Track[] }

const planWithout = async (
  workspace: TransitionWorkspace,
  known: PreparedEnds,
  { wish, gone }: Without,
  options: JobOptions,
): Promise<PlannedTracks> => {
  const refusals = gone.map((track) => ({ trackId: track.id, title: trackTitle(track), reason: 'File missing.' }))
  const wanted = refusals.find(({ trackId }) => wantedOf(wish).includes(trackId))
  if (wanted !== undefined) throw cannotBePlayed(wanted)
  const planned = await planTracks(
    workspace,
    known,
    { ...wish, never: [...wish.never, ...gone.map(({ id }) => id)] },
    options,
  )
  return { ...planned, refusals: [...refusals, ...planned.refusals] }
}

const ALL_PLAYED = 'No other track fits within these limits.'
const OVERLAPS_MORE = 'Its tracks overlap for longer than tracks usually do.'

/** @param minutes of its transitions @returns what there is to say of a length that is not the wished one */
export const lengthRefusals = (
  wished: number,
  minutes: number,
  {
    tracks: { length },
    minutes: reckoned,
    whyNoMore,
  }: Pick<PlannedTracks, 'minutes' | 'whyNoMore'> & { readonly tracks: ArrayLike<unknown> },
): readonly SetRefusal[] => {
  const isOverlap = reckoned - minutes > (wished - minutes) / 2
  const why = whyNoMore ?? (isOverlap ? OVERLAPS_MORE : null)
  const reason = longerText(wished, minutes, length) ?? shorterText(wished, minutes, length, why)
  return reason === null ? [] : [{ trackId: null, title: null, reason }]
}

/**
 * Plans a set from the tracks of a library.
 * @throws TRACK_NOT_FOUND, SET_POOL_EMPTY, SET_WISH_CONTRADICTORY, SET_IMPOSSIBLE
 */
export const planLibrarySet = async (
  workspace: TransitionWorkspace,
  known: PreparedEnds,
  wish: PlanWish,
  options: JobOptions = {},
): Promise<SetPlan> => {
  const planned = await planTracks(workspace, known, wish, options)
  const { tracks, aloneBeats, refusals, whyNoMore: _, ...facts } = planned
  const steps: (readonly WayToChoose[])[] = []
  for (const [at, next] of tracks.slice(1).entries()) {
    await giveWay()
    steps.push(waysToChoose(await proposeTransitions(workspace, tracks[at]!, next, windowLimits(wish)), wish))
  }
  const ways = chosenWays(steps, aloneBeats)
  const trackIds = tracks.map(({ id }) => id)
  const { seconds } = await playedTimes(workspace.store, trackIds, ways)
  const minutes = seconds / 60
  return {
    ...facts,
    tracks: await manyTrackOverviews(workspace.store, trackIds),
    transitions: ways.filter((way) => way !== null),
    minutes,
    refusals: [...refusals, ...lengthRefusals(wish.minutes, minutes, planned)],
  }
}

/** Chooses and orders the tracks of a set. @throws as `planLibrarySet` */
export const planTracks = async (
  workspace: TransitionWorkspace,
  known: PreparedEnds,
  wish: PlanWish,
  options: JobOptions = {},
): Promise<PlannedTracks> => {
  const { store, pool: threads } = workspace
  const { never, mustPlay, fixed, minutes, arc, artistGap, seed } = wish
  const { lowestBpm, highestBpm } = wish
  if (lowestBpm !== null && highestBpm !== null && lowestBpm > highestBpm)
    throw new UserError('SET_WISH_CONTRADICTORY', `No tempo is above ${lowestBpm} and below ${highestBpm} BPM.`)
  requireTracks(store, [...wantedOf(wish), ...never, ...(wish.pool.trackIds ?? [])])
  const pool = withoutTooLong(await describePool(workspace, known, poolWishOf(wish), options), wish)
  const { entries, refusals } = pool
  if (entries.length === 0) throw new UserError('SET_POOL_EMPTY', emptyText(refusals))
  const byHand = await setByHand(
    workspace,
    entries.map(({ track }) => track.id),
    options.signal,
  )
  const planned = await threads.run(
    'planPool',
    {
      pool: await packEntries(workspace, entries),
      tracks: await packPoolTracks(entries),
      wish: {
        minutes,
        arc,
        artistGap,
        seed,
        mustPlay: mustPlay.map((id) => placeIn(store, pool, id)),
        fixed: fixed.map(({ place, trackId }) => ({
          place: place > 0 ? place - 1 : place,
          track: placeIn(store, pool, trackId),
        })),
      },
      limits: tableLimits(wish),
      byHand,
    },
    options.signal ? { signal: options.signal } : {},
  )
  const { order, shortenedBecause, ...facts } = planned
  const tracks = order.map((at) => entries[at]!.track)
  const gone = await vanishedOf(store, tracks, pool)
  if (gone.length > 0) return planWithout(workspace, known, { wish, gone }, options)
  return {
    ...facts,
    tracks,
    aloneBeats: order.map((at) => entries[at]!.aloneBeats),
    refusals,
    whyNoMore: shortenedBecause ?? (order.length === entries.length ? ALL_PLAYED : null),
  }
}
