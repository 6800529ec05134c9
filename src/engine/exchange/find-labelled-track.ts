import { basename, extname, isAbsolute, resolve } from 'node:path'
import type { LabelledTrack } from '../../core/interop/labelled-track.ts'
import type { Track } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'

/** Where labels come from: what the file is called, and the folder that paths in it are meant from, where that is known. */
export type LabelFilePlace = { readonly name: string; readonly folder: string | null }

const stem = (path: string): string => basename(path, extname(path)).normalize('NFC').toLowerCase()
const tagKey = (title: string, artist: string | null): string => JSON.stringify([title, artist])

const pathOf = (path: string, folder: string | null): string | null =>
  folder === null ? (isAbsolute(path) ? path : null) : resolve(folder, path)

/**
 * Finds the track that labels of a file are for, by what is surest first: the audio's digest, the path, the file's name, artist and title.
 * The library is looked through once, not for each track of a file. @throws TRACK_NOT_FOUND when none or several fit
 */
export const createTrackFinder = (store: Store): ((labelled: LabelledTrack, place: LabelFilePlace) => Track) => {
  const tracks = store.tracks.list()
  const byStem = Map.groupBy(
    tracks.flatMap((track) =>
      [...new Set(track.locations.map(({ path }) => stem(path)))].map((name) => ({ name, track })),
    ),
    ({ name }) => name,
  )
  const byTags = Map.groupBy(
    tracks.filter(({ tags }) => tags.title !== null),
    ({ tags }) => tagKey(tags.title!, tags.artist),
  )
  const only = (found: readonly Track[] = []): Track | null => (found.length === 1 ? found[0]! : null)
  return ({ path, contentHash, title, artist }, { name, folder }) => {
    const place = path === null ? null : pathOf(path, folder)
    const track =
      (contentHash && store.tracks.findByDigest(contentHash)) ||
      (place && store.tracks.findByPath(place)) ||
      only(byStem.get(stem(path ?? name))?.map((one) => one.track)) ||
      only(title === null ? [] : byTags.get(tagKey(title, artist)))
    if (track) return track
    throw new UserError('TRACK_NOT_FOUND', `No track, or more than one, fits ${path ?? name}: say which one is meant.`)
  }
}
