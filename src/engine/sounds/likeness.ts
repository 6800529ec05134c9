import { compatibleKeys } from '../../core/library/compatible-keys.ts'
import { type KeyRelation, keyRelation } from '../../core/similarity/key-relation.ts'
import type { MatchingMoment } from '../../core/similarity/matching-moments.ts'
import { tempoDifferencePercent } from '../../core/similarity/tempo-difference.ts'
import type { ToldTrackTag } from '../../platform/store/hearing-store.ts'
import type { MixableQuery } from '../../platform/store/sound-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TaskRunner } from '../../platform/workers/worker-pool.ts'
import { heardBytes } from '../analysis/hearing.ts'
import type { TrackOverview } from '../collection/track-overview.ts'

/** What a DJ looks at beside the sound. Null where it is not known of one of the two. */
export type Likeness = {
  /** Difference in the same, half or double time; positive where the other is faster. */
  readonly tempoDifferencePercent: number | null
  readonly keyRelation: KeyRelation | null
  readonly keyCompatible: boolean | null
  /** Points on the scale of 1 to 10; positive where the other has more. */
  readonly energyDifference: number | null
  /** Tags shown for both, the longest heard first. */
  readonly sharedTags: readonly string[]
}

/** Leaves only tracks that mix with one. */
export type MixFilter = {
  /** In the same, half or double time. */
  readonly tempoWithinPercent?: number | undefined
  readonly compatibleKeys?: boolean | undefined
  /** In points of the scale of 1 to 10. */
  readonly energyWithin?: number | undefined
}

/** Tags of this group say only that there is music. */
const PLAIN_GROUP = 'signal'
const MOST_SHARED_TAGS = 5
const MOMENTS = 3
/** A tempo of 60 mixes with 120 and 240. */
const OCTAVES = [0.25, 0.5, 1, 2, 4] as const

/** @returns null where the filter leaves nothing out */
export const mixableQuery = (
  { tempoBpm, camelot, energy }: Pick<TrackOverview, 'tempoBpm' | 'camelot' | 'energy'>,
  { tempoWithinPercent, compatibleKeys: onlyCompatible = false, energyWithin }: MixFilter,
): MixableQuery | null => {
  if (tempoWithinPercent === undefined && energyWithin === undefined && !onlyCompatible) return null
  const [low, high] = [1 - (tempoWithinPercent ?? 0) / 100, 1 + (tempoWithinPercent ?? 0) / 100]
  // What is not known of the track itself mixes with nothing.
  return {
    ...(tempoWithinPercent === undefined
      ? {}
      : {
          bpmRanges:
            tempoBpm === null ? [] : OCTAVES.map((octave) => [tempoBpm * octave * low, tempoBpm * octave * high]),
        }),
    ...(onlyCompatible ? { camelots: (camelot === null ? null : compatibleKeys(camelot)) ?? [] } : {}),
    ...(energyWithin === undefined
      ? {}
      : { energies: energy === null ? [1, 0] : [energy - energyWithin, energy + energyWithin] }),
  }
}

const shownTags = (store: Store, trackId: number): ReadonlyMap<string, number> =>
  likenedTags(store.hearing.tags(trackId, store.tracks.get(trackId)!.audioDigest) ?? [])

const sharedTags = (own: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): readonly string[] =>
  [...own]
    .flatMap(([tag, share]) => (other.has(tag) ? [{ tag, share: Math.min(share, other.get(tag)!) }] : []))
    .sort((a, b) => b.share - a.share)
    .slice(0, MOST_SHARED_TAGS)
    .map(({ tag }) => tag)

type Heard = Pick<ToldTrackTag, 'tag' | 'group' | 'share' | 'shown'>

/** Tags by which sounds are likened, and for what share of a track each is heard. */
export const likenedTags = (tags: readonly Heard[]): ReadonlyMap<string, number> =>
  new Map(tags.filter(({ group, shown }) => group !== PLAIN_GROUP && shown).map(({ tag, share }) => [tag, share]))

/** What a track has in common with another. @param heard their tags */
export const likenessOf = (
  own: TrackOverview,
  other: TrackOverview,
  heard: readonly [ReadonlyMap<string, number>, ReadonlyMap<string, number>],
): Likeness => {
  const relation = own.camelot === null || other.camelot === null ? null : keyRelation(own.camelot, other.camelot)
  return {
    tempoDifferencePercent:
      own.tempoBpm === null || other.tempoBpm === null ? null : tempoDifferencePercent(own.tempoBpm, other.tempoBpm),
    keyRelation: relation,
    keyCompatible: relation && relation !== 'other',
    energyDifference: own.energy === null || other.energy === null ? null : other.energy - own.energy,
    sharedTags: sharedTags(...heard),
  }
}

/** What a track has in common with each of some others. */
export const likenessesOf = (
  store: Store,
  own: TrackOverview,
  others: readonly TrackOverview[],
): readonly Likeness[] => {
  const heard = shownTags(store, own.id)
  return others.map((other) => likenessOf(own, other, [heard, shownTags(store, other.id)]))
}

/**
 * Seconds of other tracks that sound most like seconds of one, track by track; null where no network has heard both.
 */
export const momentsOf = async (
  { store, pool }: { readonly store: Store; readonly pool: TaskRunner },
  own: number,
  others: readonly number[],
): Promise<readonly (readonly MatchingMoment[] | null)[]> => {
  const windowsOf = (id: number): Uint8Array | null => heardBytes(store, store.tracks.get(id)!)
  const windows = windowsOf(own)
  if (windows === null) return others.map(() => null)
  const input = { own: windows, others: others.map(windowsOf), count: MOMENTS }
  return pool.run('matchMoments', input)
}
