import { access } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { lastKnownPath, presentLocation, type Track, type TrackLocation, trackTitle } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'

/** Bytes that lie on another machine and come in parts. */
export type RemoteBytes = {
  readonly sizeBytes: number
  readonly modifiedMs: number
  /** Both ends included. */
  readonly read: (part: { readonly first: number; readonly last: number }) => Promise<Readable>
}

/** Where to read the audio of a track from. @throws ROOT_OFFLINE, AUDIO_NOT_FOUND */
export const audioOf = (track: Track): TrackLocation => {
  const location = presentLocation(track)
  if (location !== null) return location
  const offline = track.locations.find(({ offline }) => offline)
  if (offline) throw new UserError('ROOT_OFFLINE', `The drive of ${offline.path} is offline.`)
  const last = lastKnownPath(track)
  const detail = `“${trackTitle(track)}” has no file in your folders${last === null ? '' : `; it was ${last}`}.`
  throw new UserError('AUDIO_NOT_FOUND', detail)
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** Whether none of the files that the last scan found of a track is where it was; a drive that is absent says nothing. */
export const hasVanished = async ({ roots }: Pick<Store, 'roots'>, { locations }: Track): Promise<boolean> => {
  const known = locations.filter(({ missingSince, offline }) => missingSince === null && !offline)
  for (const { path } of known) if (await isThere(path)) return false
  const folders = new Map(roots.list().map(({ id, path }) => [id, path]))
  for (const { path, rootId } of known) if (!(await isThere(folders.get(rootId) ?? path))) return false
  return known.length > 0
}

/** The file of a row with exactly this path; null where the library has none there, or cannot reach it. */
export const audioAt = (store: Store, path: string): TrackLocation | null =>
  store.tracks
    .findByPath(path)
    ?.locations.find((one) => one.path === path && one.missingSince === null && !one.offline) ?? null
