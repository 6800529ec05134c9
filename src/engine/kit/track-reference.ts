import { basename, extname, resolve } from 'node:path'
import { type Track, trackTitle } from '../../core/library/track.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'

/** So many are named. */
export const MOST_CANDIDATES = 5

/** @param total how many fit, of which the first are given */
export const severalFit = (reference: string, total: number, tracks: readonly Track[]): UserError => {
  const named = tracks.slice(0, MOST_CANDIDATES).map((track) => `${track.id} ${trackTitle(track)}`)
  return new UserError('TRACK_NOT_FOUND', `"${reference}" fits ${total} tracks: ${named.join(', ')}.`, {
    candidates: tracks.map(({ id }) => id),
  })
}

const folded = (text: string): string => text.normalize('NFC').toLowerCase()

/** How well a name fits a track: 3 its whole title, 2 the whole name of a file, 1 a part of these or of a path, 0 not at all. */
const rankOf = (track: Track, wanted: string): number => {
  const title = folded(trackTitle(track))
  if (title === wanted) return 3
  const paths = [...track.locations.map(({ path }) => path), ...(track.lastPath === null ? [] : [track.lastPath])]
  const names = paths.map((path) => folded(basename(path)))
  if (names.some((name) => name === wanted || basename(name, extname(name)) === wanted)) return 2
  return Number([title, ...paths.map(folded)].some((name) => name.includes(wanted)))
}

/**
 * Finds the track a person means by its id, the digest of its audio, the path of one of its files, its title, the name of a file, or a part
 * of these that fits only one. A whole title comes before a whole file name, and both before a part: "Fine 1" is not "Fine 10".
 * @returns null when nothing fits
 * @throws TRACK_NOT_FOUND when several fit
 */
export const findTrack = (store: Store, reference: string): Track | null => {
  if (/^\d+$/.test(reference)) return store.tracks.get(Number(reference))
  if (/^[0-9a-f]{64}$/.test(reference)) return store.tracks.findByDigest(reference)
  const byPath = store.tracks.findByPath(resolve(reference))
  if (byPath) return byPath
  const wanted = folded(reference)
  const ranked = store.tracks.list().map((track) => ({ track, rank: rankOf(track, wanted) }))
  const best = ranked.reduce((most, { rank }) => Math.max(most, rank), 1)
  const candidates = ranked.filter(({ rank }) => rank === best).map(({ track }) => track)
  if (candidates.length <= 1) return candidates[0] ?? null
  throw severalFit(reference, candidates.length, candidates)
}

/** @throws TRACK_NOT_FOUND */
export const requireTrack = (store: Store, reference: string): Track => {
  const track = findTrack(store, reference)
  if (track === null) throw new UserError('TRACK_NOT_FOUND', `No track has the id, path or name "${reference}".`)
  return track
}

/** @throws TRACK_NOT_FOUND (details: trackIds, all that are not there) */
export const requireTracks = (
  store: { readonly tracks: Pick<Store['tracks'], 'unknown'> },
  ids: readonly number[],
): void => {
  const unknown = store.tracks.unknown([...new Set(ids)])
  if (unknown.length === 0) return
  const shown = unknown.slice(0, MOST_CANDIDATES).join(', ')
  const more = unknown.length > MOST_CANDIDATES ? ` and ${unknown.length - MOST_CANDIDATES} more` : ''
  const missing = unknown.length === 1 ? 'is no track' : 'are no tracks'
  throw new UserError('TRACK_NOT_FOUND', `There ${missing} ${shown}${more}.`, { trackIds: unknown })
}

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 100

/** @param references as for `findTrack` @throws TRACK_NOT_FOUND */
export const trackIdsOf = async (store: Store, references: readonly string[]): Promise<readonly number[]> => {
  const ids: number[] = []
  for (const [index, reference] of references.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await giveWay()
    ids.push(requireTrack(store, reference).id)
  }
  return ids
}
