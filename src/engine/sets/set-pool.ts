import { isMissing, type Track, trackTitle } from '../../core/library/track.ts'
import { type DescribedTrack, describeTrack } from '../../core/setlist/described-track.ts'
import { sharedMemory } from '../../core/setlist/judged-track.ts'
import { profileOf } from '../../core/setlist/mix-profile.ts'
import { MOST_POOL_TRACKS } from '../../core/setlist/plan-set.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import { countText } from '../../core/units/count-text.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TrackMeasures } from '../../platform/store/track-store.ts'
import { searchTrackIds } from '../collection/track-overview.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import type { JobOptions, Workspace } from '../kit/workspace.ts'
import { sectionOrigins } from '../sounds/section-vectors.ts'
import { mixableTrack } from './mixable-track.ts'
import { waySoundsOf } from './transition.ts'

/** A track that a set may play. */
export type PoolEntry = DescribedTrack & { readonly track: Track }

/** What was left out of the pool, and why. */
export type SetRefusal = {
  /** Null where it is about several tracks, or none. */
  readonly trackId: number | null
  readonly title: string | null
  /** Of one track or of several: it is told behind a title as well as behind a number. */
  readonly reason: string
}

export type SetPool<Entry = PoolEntry> = {
  readonly entries: readonly Entry[]
  readonly refusals: readonly SetRefusal[]
}

/** Ends of tracks as described before, by what they were described from. */
export type PreparedEnds = Map<number, { readonly origin: string; readonly prepared: DescribedTrack }>

const keep = sharedMemory()

const prepare = async (workspace: Pick<Workspace, 'store' | 'ears'>, track: Track): Promise<DescribedTrack> => {
  const { store } = workspace
  const mixable = await mixableTrack(workspace, track)
  const profile = profileOf(mixable)
  const { facts, durationSeconds } = store.analyses.summary(track.id)!
  const { title, grid } = mixable
  return describeTrack(
    { profile, sounds: waySoundsOf(store, track, profile) },
    { title, energy: facts.energy, artist: track.tags.artist, grid, durationSeconds },
    keep,
  )
}

type Measures = ReadonlyMap<number, TrackMeasures>

/** So many of the tracks, evenly over the energies, so that every arc still finds its own; all of them where they are no more. */
export const thinnedOut = (
  measures: Measures,
  ids: readonly number[],
  { kept, most }: { readonly kept: ReadonlySet<number>; readonly most: number },
): { readonly ids: readonly number[]; readonly refusals: readonly SetRefusal[] } => {
  if (ids.length <= most) return { ids, refusals: [] }
  const energyOf = (id: number): number => measures.get(id)?.energy ?? 0
  const others = ids.filter((id) => !kept.has(id)).sort((a, b) => energyOf(a) - energyOf(b) || a - b)
  const places = most - kept.size
  const chosen = Array.from({ length: places }, (_, at) => others[Math.floor((at * others.length) / places)]!)
  const reason = `The pool has ${countText(ids.length)}; ${most.toLocaleString('en')} of them, evenly over all energies, were looked at.`
  return { ids: [...kept, ...chosen], refusals: [{ trackId: null, title: null, reason }] }
}

export type PoolWish = {
  /** Which tracks to choose from; all that are there when left out. */
  readonly filter?: TrackSearch | undefined
  /** Only tracks picked by hand, of those that the filter finds. */
  readonly only?: readonly number[] | null | undefined
  readonly lowestBpm?: number | null | undefined
  readonly highestBpm?: number | null | undefined
  /** In the pool whether the filter finds them or not. */
  readonly wanted: readonly number[]
  readonly never: readonly number[]
}

/** Half and double time count: 87 BPM lies between 170 and 176. */
export const isInCorridor = (bpm: number | null, lowest: number | null, highest: number | null): boolean => {
  if (bpm === null || bpm <= 0) return true
  return [bpm / 2, bpm, bpm * 2].some(
    (tempo) => tempo >= (lowest ?? 0) && tempo <= (highest ?? Number.POSITIVE_INFINITY),
  )
}

const corridorText = (lowest: number | null, highest: number | null): string => {
  if (lowest === null) return `faster than ${highest} BPM`
  return highest === null ? `slower than ${lowest} BPM` : `outside ${lowest} to ${highest} BPM`
}

/** Ids of the tracks to choose from, and how many the tempo keeps out. */
export const poolIds = (
  store: Store,
  { filter, only = null, lowestBpm = null, highestBpm = null, wanted, never }: PoolWish,
): { readonly ids: readonly number[]; readonly outside: number; readonly measures: Measures } => {
  const excluded = new Set(never)
  const kept = new Set(wanted.filter((id) => !excluded.has(id)))
  const picked = only && new Set(only)
  const measures = store.tracks.measures()
  const found = searchTrackIds(store, { standing: 'present', ...filter }).filter(
    (id) => !(excluded.has(id) || kept.has(id)) && (picked === null || picked.has(id)),
  )
  const inside = found.filter((id) => isInCorridor(measures.get(id)?.tempoBpm ?? null, lowestBpm, highestBpm))
  return { ids: [...kept, ...inside], outside: found.length - inside.length, measures }
}

/** Describes the ends of tracks; others have their turn between two of them. */
export const describeTracks = async (
  workspace: Pick<Workspace, 'store' | 'ears'>,
  described: PreparedEnds,
  ids: readonly number[],
  { onProgress, signal }: JobOptions = {},
): Promise<SetPool> => {
  const { store } = workspace
  const refusals: SetRefusal[] = []
  const origins = await sectionOrigins(store)
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
        reason: isMissing(track) ? 'File missing.' : 'Not analysed yet.',
      })
      continue
    }
    try {
      const before = described.get(id)
      const prepared = before?.origin === origin ? before.prepared : await prepare(workspace, track)
      described.set(id, { origin, prepared })
      // Tags may have changed since the ends were described.
      entries.push({ ...prepared, title, artist: track.tags.artist, track })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      refusals.push({ trackId: id, title, reason: error.message })
    }
    await giveWay()
  }
  return { entries, refusals }
}

const MOST_NAMED = 20

/** Describes the ends of every track of a pool. */
export const describePool = async (
  workspace: Pick<Workspace, 'store' | 'ears'>,
  described: PreparedEnds,
  wish: PoolWish,
  options: JobOptions = {},
): Promise<SetPool> => {
  const { store } = workspace
  const { lowestBpm = null, highestBpm = null, wanted } = wish
  const general: SetRefusal[] = []
  const refuse = (reason: string): void => void general.push({ trackId: null, title: null, reason })
  const { ids: all, outside, measures } = poolIds(store, wish)
  if (outside > 0)
    refuse(`${countText(outside)} ${outside === 1 ? 'is' : 'are'} ${corridorText(lowestBpm, highestBpm)}.`)
  const origins = await sectionOrigins(store)
  const isWanted = new Set(wanted)
  // Of many that are not analysed only the number is told; what is wanted by name is told by name.
  const bare = all.filter((id) => !(origins.has(id) || isWanted.has(id)))
  const isCounted = bare.length > MOST_NAMED
  if (isCounted) refuse(`${countText(bare.length)} are not analysed yet.`)
  const known = isCounted ? all.filter((id) => origins.has(id) || isWanted.has(id)) : all
  const kept = new Set(known.filter((id) => isWanted.has(id)))
  const { ids, refusals } = thinnedOut(measures, known, { kept, most: MOST_POOL_TRACKS })
  const { entries, refusals: ofTracks } = await describeTracks(workspace, described, ids, options)
  return { entries, refusals: [...general, ...refusals, ...ofTracks] }
}
