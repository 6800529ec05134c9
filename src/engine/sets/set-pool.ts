import { isMissing, type Track, trackTitle } from '../../core/library/track.ts'
import { inSides, MIX_STYLES, type MixSides, outSides } from '../../core/setlist/mix-windows.ts'
import { MOST_POOL_TRACKS } from '../../core/setlist/plan-set.ts'
import { type MixableTrack, playedSeconds } from '../../core/setlist/propose-transition.ts'
import { describeEnd } from '../../core/setlist/transition-end.ts'
import type { MixEnds } from '../../core/setlist/transition-table.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'
import type { PlanPoolInput } from '../../platform/workers/plan-pool.ts'
import { searchTracks, type TrackSearch } from '../collection/track-overview.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { sectionOrigins } from '../sounds/section-vectors.ts'
import { mixableTrack } from './mixable-track.ts'
import { soundOfSpan } from './transition.ts'

type Prepared = PlanPoolInput['tracks'][number]
/** A track that a set may play. */
export type PoolEntry = Prepared & { readonly track: Track }

/** What was left out of the pool, and why. */
export type SetRefusal = {
  /** Null where it is about several tracks, or none. */
  readonly trackId: number | null
  readonly title: string | null
  readonly reason: string
}

export type SetPool = { readonly entries: readonly PoolEntry[]; readonly refusals: readonly SetRefusal[] }

/** Ends of tracks as described before, by what they were described from. */
export type PreparedEnds = Map<number, { readonly origin: string; readonly prepared: Prepared }>

const endsOf = (track: MixableTrack, sides: MixSides): MixEnds =>
  Object.fromEntries(
    MIX_STYLES.map((style) => {
      const side = sides[style]
      return [style, side && describeEnd(track, side)]
    }),
  ) as MixEnds

const prepare = async (workspace: Pick<Workspace, 'store' | 'ears'>, track: Track): Promise<Prepared> => {
  const { store } = workspace
  const mixable = await mixableTrack(workspace, track)
  const [outs, ins] = [outSides(mixable.grid, mixable.parts), inSides(mixable.grid, mixable.parts)]
  const [out, into] = [outs['outro to intro'], ins['outro to intro']]
  if (out === null || into === null)
    throw new UserError('ANALYSIS_REQUIRED', 'Its beat grid has no whole bar to mix over.')
  return {
    minutes: playedSeconds(mixable, into, out) / 60,
    energy: store.analyses.summary(track.id)!.facts.energy,
    artist: track.tags.artist,
    out: endsOf(mixable, outs),
    into: endsOf(mixable, ins),
    outSound: soundOfSpan(store, track, out),
    inSound: soundOfSpan(store, track, into),
  }
}

/** Evenly over the energies, so that every arc still finds its tracks. */
const thinOut = (store: Store, ids: readonly number[], kept: ReadonlySet<number>): readonly number[] => {
  const energyOf = new Map(ids.map((id) => [id, store.analyses.summary(id)?.facts.energy ?? 0]))
  const others = ids.filter((id) => !kept.has(id)).sort((a, b) => energyOf.get(a)! - energyOf.get(b)! || a - b)
  const places = MOST_POOL_TRACKS - kept.size
  return [...kept, ...Array.from({ length: places }, (_, at) => others[Math.floor((at * others.length) / places)]!)]
}

export type PoolWish = {
  /** Which tracks to choose from; all that are there when left out. */
  readonly filter?: TrackSearch | undefined
  /** In the pool whether the filter finds them or not. */
  readonly wanted: readonly number[]
  readonly never: readonly number[]
}

/** Describes the ends of every track of a pool; others have their turn between two tracks. */
export const describePool = async (
  workspace: Pick<Workspace, 'store' | 'ears'>,
  known: PreparedEnds,
  { filter = {}, wanted, never }: PoolWish,
  { onProgress, signal }: JobOptions = {},
): Promise<SetPool> => {
  const { store } = workspace
  const refusals: SetRefusal[] = []
  const excluded = new Set(never)
  const kept = new Set(wanted.filter((id) => !excluded.has(id)))
  const found = searchTracks(store, { standing: 'present', ...filter, limit: undefined, offset: undefined })
  let ids: readonly number[] = [...new Set([...kept, ...found.tracks.map(({ id }) => id)])].filter(
    (id) => !excluded.has(id),
  )
  if (ids.length > MOST_POOL_TRACKS) {
    refusals.push({
      trackId: null,
      title: null,
      reason: `The pool has ${ids.length.toLocaleString('en')} tracks; ${MOST_POOL_TRACKS.toLocaleString('en')} of them, evenly over all energies, were looked at.`,
    })
    ids = thinOut(store, ids, kept)
  }
  const origins = sectionOrigins(store)
  const entries: PoolEntry[] = []
  for (const [done, id] of ids.entries()) {
    signal?.throwIfAborted()
    // The track is looked up again, since it may have gone meanwhile.
    const track = store.tracks.get(id)
    if (track === null) continue
    const title = trackTitle(track)
    onProgress?.({ stage: 'reading', done, total: ids.length, item: title })
    const origin = origins.get(id)
    if (isMissing(track) || origin === undefined) {
      refusals.push({
        trackId: id,
        title,
        reason: isMissing(track) ? 'Its file is missing.' : 'It is not analysed yet.',
      })
      continue
    }
    try {
      const before = known.get(id)
      const prepared = before?.origin === origin ? before.prepared : await prepare(workspace, track)
      known.set(id, { origin, prepared })
      entries.push({ ...prepared, track })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      refusals.push({ trackId: id, title, reason: error.message })
    }
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { entries, refusals }
}
