import { basename } from 'node:path'
import { type Track, trackTitle } from '../../core/library/track.ts'
import { giveWay } from '../../core/support/give-way.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { OwnWork } from '../../platform/store/presence-store.ts'
import type { Store } from '../../platform/store/store.ts'
import { requireTracks } from '../kit/track-reference.ts'
import { forgetTracks } from './forget-tracks.ts'
import { ownWorkOf, workedOn } from './own-work.ts'

export type TrackRemoval = {
  readonly removed: number
  /** Files that still lie in a folder of the library: they are ignored from now on, or the next scan would bring them back. */
  readonly ignoredFiles: number
  /** What a person had made of the tracks, and is gone from the library with them. */
  readonly lost: OwnWork
  /** Name of the copy of the library that still has it; null where nothing was lost. */
  readonly copy: string | null
}

export type IgnoredTracks = {
  readonly ignoredFiles: number
  /** Tracks that went with their files. */
  readonly removed: number
  /** Tracks that somebody has worked on: they are kept as missing ones. */
  readonly kept: number
}

/** So many tracks take a few milliseconds, after which other work gets its turn. */
const AT_ONCE = 50

/** Tracks that are still there. */
const presentTracks = async (store: Store, trackIds: readonly number[]): Promise<readonly Track[]> => {
  const tracks: Track[] = []
  for (let at = 0; at < trackIds.length; at += AT_ONCE) {
    if (at > 0) await giveWay()
    tracks.push(...trackIds.slice(at, at + AT_ONCE).flatMap((id) => store.tracks.get(id) ?? []))
  }
  return tracks
}

const ignoreFiles = async (store: Store, tracks: readonly Track[]): Promise<number> => {
  let ignored = 0
  for (let at = 0; at < tracks.length; at += AT_ONCE) {
    if (at > 0) await giveWay()
    const titled = tracks.slice(at, at + AT_ONCE).map((track) => ({ trackId: track.id, title: trackTitle(track) }))
    ignored += store.ignoredFiles.ignoreFilesOf(titled)
  }
  return ignored
}

const workText = (work: OwnWork): string => {
  const { tracks, labels, editedGrids, decisions, notes, tagReadings, inPlaylists, inSets, transitions } = work
  const counted = (count: number, one: string, many: string): readonly string[] =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  const parts = [
    ...counted(labels, 'label', 'labels'),
    ...counted(editedGrids, 'edited grid', 'edited grids'),
    ...counted(decisions, 'decision about a suggestion', 'decisions about suggestions'),
    ...counted(notes, 'set of notes', 'sets of notes'),
    ...counted(tagReadings, 'chosen reading of its tags', 'chosen readings of tags'),
    ...counted(inPlaylists, 'place in a playlist', 'places in playlists'),
    ...counted(inSets, 'place in a set', 'places in sets'),
    ...counted(transitions, 'transition of your own', 'transitions of your own'),
  ]
  return `${tracks === 1 ? '1 track holds' : `${tracks} tracks hold`} ${parts.join(', ')}`
}

/**
 * Removes tracks from the library with everything made of them. A copy of the library is made first where somebody has
 * worked on them.
 * @param options.withWork whether what a person made of them may go too
 * @throws TRACK_NOT_FOUND, TRACK_HAS_WORK
 */
export const removeTracks = async (
  store: Store,
  trackIds: readonly number[],
  { withWork }: { readonly withWork: boolean },
): Promise<TrackRemoval> => {
  requireTracks(store, trackIds)
  const ids = [...new Set(trackIds)]
  const lost = await ownWorkOf(store, ids)
  if (lost.tracks > 0 && !withWork)
    throw new UserError('TRACK_HAS_WORK', `${workText(lost)}: nothing was removed.`, { work: lost })
  const copy = lost.tracks > 0 ? await store.backups.make() : null
  // Some may have gone while the copy was made.
  const tracks = await presentTracks(store, ids)
  const ignoredFiles = await ignoreFiles(store, tracks)
  await forgetTracks(
    store,
    tracks.map(({ id }) => id),
    { withWork: true },
  )
  return { removed: tracks.length, ignoredFiles, lost, copy: copy && basename(copy) }
}

/** Has scans pass over the files of tracks. Tracks that nobody has worked on go with them. @throws TRACK_NOT_FOUND */
export const ignoreTracks = async (store: Store, trackIds: readonly number[]): Promise<IgnoredTracks> => {
  requireTracks(store, trackIds)
  const tracks = (await presentTracks(store, [...new Set(trackIds)])).filter(({ locations }) => locations.length > 0)
  const ids = tracks.map(({ id }) => id)
  const kept = await workedOn(store, ids)
  const going = ids.filter((id) => !kept.has(id))
  const ignoredFiles = await ignoreFiles(store, tracks)
  await forgetTracks(store, going, { withWork: false })
  return { ignoredFiles, removed: going.length, kept: kept.size }
}
