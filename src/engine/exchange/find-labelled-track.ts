import { basename, extname, isAbsolute, resolve } from 'node:path'
import type { LabelledTrack } from '../../core/interop/labelled-track.ts'
import type { Track } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'

/** Where labels come from: what the file is called, and the folder that paths in it are meant from, where that is known. */
export type LabelFilePlace = { readonly name: string; readonly folder: string | null }

/** What a file calls a track; a file that names none is meant as a whole. */
export const nameInFile = ({ path, title }: Pick<LabelledTrack, 'path' | 'title'>, file: string): string =>
  path ?? title ?? file

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
  /** An export names the files of tracks whose names are the same by their ids. */
  const byNumberedName = (name: string): Track | null => {
    const [, bare, id] = /^(.+) \((\d+)\)$/.exec(name) ?? []
    return (bare && byStem.get(bare)?.find(({ track }) => track.id === Number(id))?.track) || null
  }
  const only = (found: readonly Track[] = []): Track | null => (found.length === 1 ? found[0]! : null)
  return ({ path, contentHash, title, artist }, { name, folder }) => {
    const place = path === null ? null : pathOf(path, folder)
    const track =
      (contentHash && store.tracks.findByDigest(contentHash)) ||
      (place && store.tracks.findByPath(place)) ||
      only(byStem.get(stem(path ?? name))?.map((one) => one.track)) ||
      byNumberedName(stem(path ?? name)) ||
      only(title === null ? [] : byTags.get(tagKey(title, artist)))
    if (track) return track
    const meant = nameInFile({ path, title }, name)
    throw new UserError('TRACK_NOT_FOUND', `No track, or more than one, fits ${meant}: say which one is meant.`)
  }
}
