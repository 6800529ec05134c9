import { arcAt, energyRanks } from '../../core/setlist/energy-arc.ts'
import { obstacleOf } from '../../core/setlist/obstacles.ts'
import { scoreChosen } from '../../core/setlist/order-problem.ts'
import { UserError } from '../../core/support/user-error.ts'
import { type TrackOverview, trackOverviewsOf } from '../collection/track-overview.ts'
import type { JobOptions } from '../kit/workspace.ts'
import { readSet } from './kept-sets.ts'
import { packEntries } from './pack-entries.ts'
import { poolWishOf } from './plan.ts'
import { setByHand } from './set-by-hand.ts'
import { describePool, type PreparedEnds } from './set-pool.ts'
import type { TransitionWorkspace } from './transition.ts'
import { tableLimits } from './ways-to-choose.ts'

/** A track that could stand at a place instead. */
export type Alternative = {
  readonly track: TrackOverview
  /** Of what is there to judge by: the way in, the way out and the energy, 0 to 1. */
  readonly score: number
  /** How well the track before leads into it, and it into the track after; null where there is none. */
  readonly into: number | null
  readonly out: number | null
  /** 0 the calmest to choose from and 1 the most energetic. */
  readonly energy: number
}

export type AlternativesOptions = JobOptions & {
  /** From 0; one after the last is a new place at the end. */
  readonly place: number
  /** Whether the track comes between the place before and this one, instead of taking its place. @default false */
  readonly between?: boolean | undefined
  /** @default 10 */
  readonly limit?: number | undefined
}

/**
 * What else fits at a place of a set, by its neighbours and the wished energy; tracks that the set has are left out.
 * @throws SET_NOT_FOUND, SET_TOO_NEW, SET_POOL_EMPTY
 */
export const alternativesAt = async (
  workspace: TransitionWorkspace,
  known: PreparedEnds,
  id: number,
  { place, between = false, limit = 10, ...options }: AlternativesOptions,
): Promise<readonly Alternative[]> => {
  const { store, pool } = workspace
  const { wish, places } = readSet(store, id)
  if (place > places.length || (place === places.length && !between))
    throw new UserError('SET_NOT_FOUND', `The set has no place ${place + 1}.`)
  const next = between ? place : place + 1
  const around = [place - 2, place - 1, next, next + 1].map((at) => places[at]?.trackId)
  const inSet = new Set(places.map(({ trackId }) => trackId))
  const wanted = around.filter((trackId) => trackId !== undefined && store.tracks.get(trackId) !== null) as number[]
  const { entries } = await describePool(workspace, known, { ...poolWishOf(wish), wanted }, options)
  const [earlier, before, after, later] = around.map((trackId) => {
    const at = entries.findIndex(({ track }) => track.id === trackId)
    return at < 0 ? null : at
  }) as [number | null, number | null, number | null, number | null]
  const input = {
    pool: await packEntries(workspace, entries),
    limits: tableLimits(wish),
    byHand: await setByHand(
      workspace,
      entries.map(({ track }) => track.id),
      options.signal,
    ),
    earlier,
    before,
    after,
    later,
  }
  const fits = await pool.run('fitBetween', input, options.signal ? { signal: options.signal } : {})
  const energies = energyRanks(entries.map(({ energy }) => energy))
  const wished = arcAt(wish.arc, places.length + Number(between))[place]!
  const found = entries.flatMap(({ track }, at) => {
    if (inSet.has(track.id) || obstacleOf(fits.into[at]!) !== null || obstacleOf(fits.out[at]!) !== null) return []
    if (fits.passes[at] === 0) return []
    const [into, out] = [before === null ? null : fits.into[at]!, after === null ? null : fits.out[at]!]
    const energy = energies[at]!
    return [{ id: track.id, into, out, energy, score: scoreChosen([into, out], [energy], [wished])! }]
  })
  const best = found.toSorted((a, b) => b.score - a.score || a.id - b.id).slice(0, limit)
  const overviews = new Map(
    trackOverviewsOf(
      store,
      best.map((one) => one.id),
    ).map((track) => [track.id, track]),
  )
  return best.flatMap(({ id: trackId, ...fit }) => {
    const track = overviews.get(trackId)
    return track === undefined ? [] : [{ track, ...fit }]
  })
}
