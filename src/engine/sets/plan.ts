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
  { entries, refusals }: { readonly entries: readonly Entry[]; readonly refusals: readonly SetRefusal[] },
  wish: Pick<PlanWish, 'minutes' | 'mustPlay' | 'fixed'>,
): { readonly entries: readonly Entry[]; readonly refusals: readonly SetRefusal[] } => {
  const wanted = new Set(wantedOf(wish))
  const fitting = entries.filter(({ track, minutes }) => minutes <= wish.minutes || wanted.has(track.id))
  if (fitting.length === entries.length || fitting.length === 0) return { entries, refusals }
  const chosen = new Set(fitting)
  const tooLong = entries.filter((entry) => !chosen.has(entry))
  return {
    entries: fitting,
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

/** What of a plan does not depend on how its transitions are chosen. */
export type PlannedTracks = SetPlan & {
  /** Why it is not longer. */
  readonly why: string
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

const ALL_PLAYED = 'No more tracks to choose from fit within these limits.'
const OVERLAPS_MORE = 'Its tracks overlap for longer than tracks usually do.'

/** @returns what there is to say of a length that is not the wished one */
export const lengthRefusals = (
  wished: number,
  minutes: number,
  { tracks, why }: Pick<PlannedTracks, 'tracks' | 'why'>,
): readonly SetRefusal[] => {
  const { length } = tracks
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
  const { why, refusals, ...plan } = await planTracks(workspace, known, wish, options)
  const ofLength = lengthRefusals(wish.minutes, plan.minutes, { tracks: plan.tracks, why })
  return { ...plan, refusals: [...refusals, ...ofLength] }
}

/** Plans a set without a word on its length. @throws as `planLibrarySet` */
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
  const whole = order.length === entries.length ? ALL_PLAYED : OVERLAPS_MORE
  const tracks = order.map((at) => entries[at]!.track)
  const gone = await vanishedOf(store, tracks, pool)
  if (gone.length > 0) return planWithout(workspace, known, { wish, gone }, options)
  const steps: (readonly WayToChoose[])[] = []
  for (const [at, next] of tracks.slice(1).entries()) {
    await giveWay()
    steps.push(waysToChoose(await proposeTransitions(workspace, tracks[at]!, next, windowLimits(wish)), wish))
  }
  const ways = chosenWays(
    steps,
    order.map((at) => entries[at]!.aloneBeats),
  )
  const trackIds = tracks.map(({ id }) => id)
  const { seconds } = await playedTimes(store, trackIds, ways)
  return {
    ...facts,
    tracks: await manyTrackOverviews(store, trackIds),
    transitions: ways.filter((way) => way !== null),
    minutes: seconds / 60,
    refusals,
    why: shortenedBecause ?? whole,
  }
}
