import { basename, extname, isAbsolute, resolve } from 'node:path'
import type { TrackNames } from '../../core/interop/packed-labels.ts'
import type { Track } from '../../core/library/track.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Store } from '../../platform/store/store.ts'

/** Where labels come from: what the file is called, and the folder that paths in it are meant from, where that is known. */
export type LabelFilePlace = { readonly name: string; readonly folder: string | null }

/** What a file calls a track; a file that names none is meant as a whole. */
export const nameInFile = ({ path, title }: Pick<TrackNames, 'path' | 'title'>, file: string): string =>
  path ?? title ?? file

const stem = (path: string): string => basename(path, extname(path)).normalize('NFC').toLowerCase()
const tagKey = (title: string, artist: string | null): string => JSON.stringify([title, artist])

const pathOf = (path: string, folder: string | null): string | null =>
  folder === null ? (isAbsolute(path) ? path : null) : resolve(folder, path)

/** Ids of tracks by the names of their files, and by title and artist. */
type NameIndex = {
  readonly byStem: ReadonlyMap<string, ReadonlySet<number>>
  readonly byTags: ReadonlyMap<string, ReadonlySet<number>>
}

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 200

const indexNames = async (store: Store): Promise<NameIndex> => {
  const byStem = new Map<string, Set<number>>()
  const byTags = new Map<string, Set<number>>()
  const add = (index: Map<string, Set<number>>, name: string, id: number): void =>
    void index.set(name, (index.get(name) ?? new Set()).add(id))
  const ids = store.tracks.ids()
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    for (const id of ids.slice(at, at + AT_ONCE)) {
      const track = store.tracks.get(id)
      for (const { path } of track?.locations ?? []) add(byStem, stem(path), id)
      if (track && track.tags.title !== null) add(byTags, tagKey(track.tags.title, track.tags.artist), id)
    }
    await giveWay()
  }
  return { byStem, byTags }
}

/**
 * Finds the track that labels of a file are for, by what is surest first: the audio's digest, the path, the file's name, artist and title.
 * The library is looked through once at most, not for each track of a file. It throws TRACK_NOT_FOUND when none or several fit.
 */
export const createTrackFinder = (store: Store): ((labelled: TrackNames, place: LabelFilePlace) => Promise<Track>) => {
  let indexing: Promise<NameIndex> | null = null
  const only = (found: ReadonlySet<number> = new Set()): Track | null => {
    const [id] = found
    return found.size === 1 ? store.tracks.get(id!) : null
  }
  const byName = async ({ title, artist }: TrackNames, name: string): Promise<Track | null> => {
    indexing ??= indexNames(store)
    const { byStem, byTags } = await indexing
    // An export names the files of tracks whose names are the same by their ids.
    const [, bare, id] = /^(.+) \((\d+)\)$/.exec(name) ?? []
    const numbered = bare !== undefined && byStem.get(bare)?.has(Number(id)) ? store.tracks.get(Number(id)) : null
    return only(byStem.get(name)) ?? numbered ?? only(title === null ? undefined : byTags.get(tagKey(title, artist)))
  }
  return async (names, { name, folder }) => {
    const { path, contentHash, title } = names
    const place = path === null ? null : pathOf(path, folder)
    const track =
      (contentHash && store.tracks.findByDigest(contentHash)) ||
      (place && store.tracks.findByPath(place)) ||
      (await byName(names, stem(path ?? name)))
    if (track) return track
    const meant = nameInFile({ path, title }, name)
    throw new UserError('TRACK_NOT_FOUND', `No track, or more than one, fits ${meant}: say which one is meant.`)
  }
}
