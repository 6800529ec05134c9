import { z } from 'zod'
import { isMissing } from '../../core/library/track.ts'
import { type KeptSet, type KeptTrack, mentionedTracks } from '../../core/setlist/kept-set.ts'
import { MIX_STYLES } from '../../core/setlist/mix-styles.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { NewSetVersion, SetOutline, StoredSetVersion } from '../../platform/store/set-store.ts'
import type { Store } from '../../platform/store/store.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import { titledTracks } from '../kit/titled-tracks.ts'

/** A set of this library. */
export type LibrarySet = KeptSet<TrackSearch>

/** Of what is kept as JSON: raise it when a program that knows this one could misread what is written. */
const CONTENT_SCHEMA = 2
/** Without trims a set is written so that programs from before them can read it. */
const UNTRIMMED_SCHEMA = 1

const ids = z.array(z.number()).readonly()
const contentSchema = z.object({
  wish: z.object({
    minutes: z.number(),
    pool: z.object({
      // Written by this program from a filter that it had parsed.
      filter: z
        .object({ text: z.string(), search: z.custom<TrackSearch>((value) => typeof value === 'object') })
        .nullable(),
      trackIds: ids.nullable(),
    }),
    arc: ids,
    seed: z.number(),
    mustPlay: ids,
    never: ids,
    fixed: z.array(z.object({ place: z.number(), trackId: z.number() })).readonly(),
    artistGap: z.number(),
    lowestBpm: z.number().nullable(),
    highestBpm: z.number().nullable(),
    mostRisePercent: z.number().nullable(),
    mostFallPercent: z.number().nullable(),
    leastBars: z.number(),
    noTwoVoices: z.boolean(),
  }),
  places: z
    .array(
      z.object({
        trackId: z.number(),
        isLocked: z.boolean(),
        style: z.enum(MIX_STYLES).nullable(),
        trimDb: z.number().default(0),
      }),
    )
    .readonly(),
  tracks: z
    .array(z.object({ id: z.number(), audioDigest: z.string(), title: z.string(), artist: z.string().nullable() }))
    .readonly(),
})

export const isFromNewer = ({ contentSchema: schema }: Pick<SetOutline, 'contentSchema'>): boolean =>
  schema > CONTENT_SCHEMA

const parsed = (text: string): z.output<typeof contentSchema> | null => {
  try {
    return contentSchema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    // It is no JSON.
    return null
  }
}

/** @throws SET_TOO_NEW where a newer program wrote it, SET_DAMAGED where it cannot be read */
export const readContent = ({ name, content, ...stored }: StoredSetVersion): LibrarySet => {
  if (isFromNewer(stored))
    throw new UserError('SET_TOO_NEW', `This Algiers cannot read “${name}”. It is left as it is.`)
  const read = parsed(content)
  if (read === null) throw new UserError('SET_DAMAGED', `What is kept of “${name}” is damaged. It is left as it is.`)
  return { name, ...read }
}

export const writeContent = ({ name, ...content }: LibrarySet, change: string): NewSetVersion => ({
  name,
  change,
  contentSchema: content.places.some(({ trimDb }) => trimDb !== 0) ? CONTENT_SCHEMA : UNTRIMMED_SCHEMA,
  content: JSON.stringify(content),
  trackIds: content.places.map(({ trackId }) => trackId),
})

/** A set with the names that its tracks have now; those that have gone keep the names that they had. */
export const nameTracks = (store: Store, set: Omit<LibrarySet, 'tracks'>, before: readonly KeptTrack[]): LibrarySet => {
  const ids = mentionedTracks(set)
  const known = new Map(before.map((track) => [track.id, track]))
  for (const { id, audioDigest, title, tags } of titledTracks(store, ids))
    known.set(id, { id, audioDigest, title, artist: tags.artist })
  const tracks = ids.map((id) => known.get(id)).filter((track) => track !== undefined)
  return { ...set, tracks }
}

/** Tracks that came back under another number are found by their audio. */
export const relink = (store: Store, set: LibrarySet): LibrarySet => {
  const moved = new Map<number, number>()
  const gone = new Set(store.tracks.unknown(set.tracks.map(({ id }) => id)))
  for (const { id, audioDigest } of set.tracks) {
    if (!gone.has(id)) continue
    const found = store.tracks.findByDigest(audioDigest)
    if (found !== null) moved.set(id, found.id)
  }
  if (moved.size === 0) return set
  const to = (id: number): number => moved.get(id) ?? id
  const { wish, places, tracks } = set
  return {
    ...set,
    wish: {
      ...wish,
      mustPlay: wish.mustPlay.map(to),
      never: wish.never.map(to),
      fixed: wish.fixed.map(({ place, trackId }) => ({ place, trackId: to(trackId) })),
      pool: { ...wish.pool, trackIds: wish.pool.trackIds?.map(to) ?? null },
    },
    places: places.map((place) => ({ ...place, trackId: to(place.trackId) })),
    tracks: tracks.map((track) => ({ ...track, id: to(track.id) })),
  }
}

export type SetTrackStanding = 'ok' | 'gone' | 'missing' | 'not analysed'

export const standingOf = (store: Store, trackId: number): SetTrackStanding => {
  const track = store.tracks.get(trackId)
  if (track === null) return 'gone'
  if (isMissing(track)) return 'missing'
  return store.grids.current(trackId) === null || store.analyses.summary(trackId) === null ? 'not analysed' : 'ok'
}
