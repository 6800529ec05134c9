import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { lastKnownPath, trackTitle } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { putLibrary, readLibrary } from '../../platform/catalogue/library-rows.ts'
import { putTrack } from '../../platform/catalogue/result-rows.ts'
import { readTrack, readTracks } from '../../platform/catalogue/track-rows.ts'
import { requireTeam } from '../../platform/catalogue/user-rows.ts'
import { readWork, takeWork, workedTracks } from '../../platform/catalogue/work-rows.ts'
import { createDataDirectory, dataDirectoryAt } from '../../platform/store/data-directory.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import type { TrackWork } from '../../platform/store/track-work-store.ts'
import type { Catalogue } from './catalogue.ts'
import { putParcel, takeParcel } from './library-parcel.ts'
import { putPlaylists, takePlaylists } from './move-playlists.ts'
import { putVersions, type Renumbered, takeVersions } from './team-versions.ts'

/** Which library moves, and whose it is in the catalogue. */
export type LibraryMove = {
  /** Folder of its data. */
  readonly folder: string
  readonly team: string
  /** What it is called in the catalogue: a team may have more than one. */
  readonly name: string
  readonly signal?: AbortSignal
}

export type BroughtIn = {
  /** Tracks with labels, decisions or a grid that somebody edited or confirmed: now the team's. */
  readonly tracks: number
  /** Titles of tracks for which the team has something else already: its own work, or what an earlier import brought. Both stay as they are. */
  readonly leftAlone: readonly string[]
  readonly playlists: number
  /** Names of playlists that the team has changed since it was given them; they stay as it has them. */
  readonly playlistsLeftAlone: readonly string[]
  /** Of the tracks, those whose recording no worker has seen yet. */
  readonly notAnalysed: number
  readonly versions: number
  /** Versions that got another number, since the team has one of that number. */
  readonly renumbered: readonly { readonly from: number; readonly to: number }[]
  /** Versions whose files are damaged: they stay in the library only. */
  readonly damaged: readonly number[]
}

export type BroughtOut = {
  readonly tracks: number
  /** Those of the team that are in it; not what it has changed while the library was changed, too, nor what came with another one. */
  readonly playlists: number
  readonly versions: number
  /** Whether it continues a library that was brought in; otherwise it is a new one. */
  readonly isContinued: boolean
}

/** Decisions name versions by their numbers. */
const withNumbers = (work: TrackWork, numbers: Renumbered): TrackWork => ({
  ...work,
  decisions: work.decisions.map((one) => ({
    ...one,
    modelVersion: one.modelVersion === null ? null : (numbers.get(one.modelVersion) ?? one.modelVersion),
  })),
})

/** The whole database, so that what a catalogue does not know of comes out again as it went in. */
const packLibrary = async ({ objects }: Catalogue, store: Store): Promise<readonly string[]> => {
  const copy = await store.backups.make()
  try {
    return await putParcel(objects, copy)
  } finally {
    await rm(copy, { force: true })
  }
}

/**
 * Gives a team what a library holds: labels, decisions on suggestions, grids, playlists and model versions, each track by its recording.
 * What the team has worked on itself stays, and so does the library.
 * @throws TEAM_NOT_FOUND, DATABASE_MISSING, ALREADY_RUNNING, STORAGE_UNREACHABLE
 */
export const importLibrary = async (
  catalogue: Catalogue,
  { folder, team, name, signal }: LibraryMove,
): Promise<BroughtIn> => {
  const { sql, transaction } = catalogue
  const teamId = await requireTeam(sql, team)
  if (!existsSync(dataDirectoryAt(folder).database))
    throw new UserError('DATABASE_MISSING', `There is no library in ${folder}.`, { path: folder })
  const store = openStore(folder)
  try {
    const numbers = await transaction((inside) => takeVersions(inside, teamId, store))
    const leftAlone = new Map<string, string>()
    let [tracks, notAnalysed] = [0, 0]
    for (const id of store.trackWork.trackIds()) {
      signal?.throwIfAborted()
      const track = store.tracks.get(id)!
      const { audioDigest, tags } = track
      const work = withNumbers(store.trackWork.read(id), numbers)
      const there = await readTrack(sql, teamId, audioDigest)
      if (there?.analysis == null) notAnalysed++
      const isTaken = await transaction(async (inside) => {
        const path = lastKnownPath(track) ?? ''
        const trackId = there?.track.id ?? (await putTrack(inside, { audioDigest, tags, path }))
        if (!(await takeWork(inside, { teamId, trackId }, work))) return false
        await putEvent(inside, teamId, { type: 'labels', trackIds: [trackId] })
        return true
      })
      if (isTaken) tracks++
      else leftAlone.set(audioDigest, trackTitle(track))
    }
    const { given, removed, leftAlone: playlistsLeftAlone } = await takePlaylists(catalogue, { teamId, name }, store)
    const parts = await packLibrary(catalogue, store)
    await putLibrary(
      sql,
      { teamId, name },
      { parts, leftAlone: [...leftAlone.keys()], playlists: [...given, ...removed] },
    )
    const renumbered = [...numbers].flatMap(([from, to]) => (from === to ? [] : [{ from, to }]))
    const damaged = store.models.versions().filter((version) => !numbers.has(version))
    return {
      tracks,
      leftAlone: [...leftAlone.values()],
      playlists: given.length,
      playlistsLeftAlone,
      notAnalysed,
      versions: numbers.size,
      renumbered,
      damaged,
    }
  } finally {
    await store.backups.settled()
    store.close()
  }
}

/** So many tracks are asked for at once. */
const AT_ONCE = 200

/**
 * Makes a library of what a team has: the one that was brought in under that name, brought up to date, or else a new one with the tracks
 * that the team works on. Tracks that were left alone when it was brought in are as they were then.
 * @throws TEAM_NOT_FOUND, EXPORT_EXISTS, STORAGE_UNREACHABLE
 */
export const exportLibrary = async (
  { sql, objects }: Catalogue,
  { folder, team, name, signal }: LibraryMove,
): Promise<BroughtOut> => {
  const teamId = await requireTeam(sql, team)
  const { database } = dataDirectoryAt(folder)
  if (existsSync(database)) throw new UserError('EXPORT_EXISTS', `There is a library in ${folder} already.`)
  const brought = await readLibrary(sql, teamId, name)
  createDataDirectory(folder)
  if (brought !== null) await takeParcel(objects, brought.parts, database)
  const store = openStore(folder)
  try {
    const numbers = await putVersions(sql, teamId, store)
    const ids = await workedTracks(sql, teamId)
    const leftAlone = new Set(brought?.leftAlone ?? [])
    let tracks = 0
    for (let at = 0; at < ids.length; at += AT_ONCE)
      for (const { track } of await readTracks(sql, teamId, ids.slice(at, at + AT_ONCE))) {
        signal?.throwIfAborted()
        if (leftAlone.has(track.audioDigest)) continue
        const id = store.tracks.findByDigest(track.audioDigest)?.id ?? store.trackWork.addTrack(track)
        store.trackWork.put(id, withNumbers(await readWork(sql, { teamId, trackId: track.id }), numbers))
        tracks++
      }
    const playlists = await putPlaylists(sql, { teamId, name }, { store, given: brought?.playlists ?? [] })
    return { tracks, playlists, versions: numbers.size, isContinued: brought !== null }
  } finally {
    store.close()
  }
}
