import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { lastKnownPath, trackTitle } from '../../core/library/track.ts'
import { UserError } from '../../core/support/user-error.ts'
import type { Sql } from '../../platform/catalogue/connect.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import { type BroughtLibrary, putLibrary, readLibrary } from '../../platform/catalogue/library-rows.ts'
import { notedTracks } from '../../platform/catalogue/note-rows.ts'
import type { ObjectStore } from '../../platform/catalogue/object-store.ts'
import { listPlaylists } from '../../platform/catalogue/playlist-rows.ts'
import { putTrack } from '../../platform/catalogue/result-rows.ts'
import { readTracks } from '../../platform/catalogue/track-rows.ts'
import { countAnalysed, idsOfRecordings } from '../../platform/catalogue/track-search.ts'
import { requireTeam } from '../../platform/catalogue/user-rows.ts'
import { readWork, takeWork, workedTracks } from '../../platform/catalogue/work-rows.ts'
import type { LibraryBesides } from '../../platform/store/count-besides.ts'
import { createDataDirectory, dataDirectoryAt } from '../../platform/store/data-directory.ts'
import { openStore, type Store } from '../../platform/store/store.ts'
import type { TrackWork } from '../../platform/store/track-work-store.ts'
import type { Catalogue } from './catalogue.ts'
import { type EarlierLibrary, withEarlier } from './earlier-library.ts'
import { putParcel, takeParcel } from './library-parcel.ts'
import { putTeamNotes, takeNotes } from './move-notes.ts'
import { putPlaylists, takePlaylists } from './move-playlists.ts'
import { makeLibraryIn } from './new-library.ts'
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
  /** Tracks with a rating, a colour, a comment or tags of somebody's own: now the team's. */
  readonly notes: number
  /** Titles of tracks of which the team notes something else; both stay. */
  readonly notesLeftAlone: readonly string[]
  readonly playlists: number
  /** Names of playlists that the team has changed since it was given them; they stay as it has them. */
  readonly playlistsLeftAlone: readonly string[]
  /** Of the tracks, also those that are only noted or in playlists, whose recording no worker has seen yet. */
  readonly notAnalysed: number
  readonly versions: number
  /** Versions that got another number, since the team has one of that number. */
  readonly renumbered: readonly { readonly from: number; readonly to: number }[]
  /** Versions whose files are damaged: they stay in the library only. */
  readonly damaged: readonly number[]
  /** What comes out of the catalogue as it went in, and nobody sees there. */
  readonly keptAside: LibraryBesides
}

export type BroughtOut = {
  readonly tracks: number
  /** Tracks of which the team notes something. */
  readonly notes: number
  /** Those of the team that are in it; not what it has changed while the library was changed, too, nor what came with another one. */
  readonly playlists: number
  readonly versions: number
  /** Whether it continues a library that was brought in; otherwise it is a new one. */
  readonly isContinued: boolean
  /** What the team has otherwise than the library, or from another one, and what is therefore not in it. */
  readonly leftBehind: { readonly tracks: number; readonly notes: number; readonly playlists: number }
}

/** Decisions name versions by their numbers. */
const withNumbers = (work: TrackWork, numbers: Renumbered): TrackWork => ({
  ...work,
  decisions: work.decisions.map((one) => ({
    ...one,
    modelVersion: one.modelVersion === null ? null : (numbers.get(one.modelVersion) ?? one.modelVersion),
  })),
})

const packInto = async (objects: ObjectStore, store: Store): Promise<readonly string[]> => {
  const copy = await store.backups.make()
  try {
    return await putParcel(objects, copy)
  } finally {
    await rm(copy, { force: true })
  }
}

/**
 * The whole database, so that what a catalogue does not know of comes out again as it went in, with a mark by which it is known again.
 * One in which nothing has changed since stays as it is there.
 */
const packLibrary = async (
  { objects }: Catalogue,
  store: Store,
  brought: BroughtLibrary | null,
): Promise<Pick<BroughtLibrary, 'parts' | 'mark'>> => {
  if (brought !== null) {
    const parts = await packInto({ ...objects, put: async () => {} }, store)
    if (parts.join() === brought.parts.join()) return brought
  }
  const mark = randomUUID()
  store.catalogueMarks.add(mark)
  return { parts: await packInto(objects, store), mark }
}

/** What was last brought in under that name, where this library is the one, as it has become since; an older copy or another library is not. */
const broughtBefore = async (
  sql: Sql,
  { teamId, name }: { readonly teamId: number; readonly name: string },
  store: Store,
): Promise<BroughtLibrary | null> => {
  const last = await readLibrary(sql, teamId, name)
  return last !== null && last.mark !== null && store.catalogueMarks.has(last.mark) ? last : null
}

/** Tracks of a library with work, and those that had some when it was last brought in. */
const workedIn = (store: Store, earlier: EarlierLibrary | null): readonly number[] => {
  const before = earlier?.store.trackWork.trackIds() ?? []
  const still = before.flatMap((id) => store.tracks.findByDigest(earlier!.store.tracks.get(id)!.audioDigest)?.id ?? [])
  return [...new Set([...store.trackWork.trackIds(), ...still])]
}

/** The work when the library was last brought in; null where it was not, there was none, or the team had other work already. */
const workedEarlier = (
  earlier: EarlierLibrary | null,
  worked: ReadonlySet<number>,
  audioDigest: string,
): TrackWork | null => {
  if (earlier === null || earlier.brought.leftAlone.includes(audioDigest)) return null
  const track = earlier.store.tracks.findByDigest(audioDigest)
  return track && worked.has(track.id) ? earlier.store.trackWork.read(track.id) : null
}

type TakenWork = { readonly given: readonly string[]; readonly leftAlone: ReadonlyMap<string, string> }

const takeAllWork = async (
  { sql, transaction }: Catalogue,
  {
    teamId,
    numbers,
    signal,
  }: { readonly teamId: number; readonly numbers: Renumbered; readonly signal: AbortSignal | undefined },
  { store, earlier }: { readonly store: Store; readonly earlier: EarlierLibrary | null },
): Promise<TakenWork> => {
  const given: string[] = []
  const leftAlone = new Map<string, string>()
  const worked = new Set(store.trackWork.trackIds())
  const leftBefore = new Set(earlier?.brought.leftAlone)
  const workedBefore = new Set(earlier?.store.trackWork.trackIds())
  for (const id of workedIn(store, earlier)) {
    signal?.throwIfAborted()
    const track = store.tracks.get(id)!
    const { audioDigest, tags } = track
    const work = withNumbers(store.trackWork.read(id), numbers)
    const there = (await idsOfRecordings(sql, [audioDigest])).get(audioDigest)
    const told = {
      work,
      earlier: workedEarlier(earlier, workedBefore, audioDigest),
      wasLeftAlone: leftBefore.has(audioDigest),
    }
    const isTaken = await transaction(async (inside) => {
      const trackId = there ?? (await putTrack(inside, { audioDigest, tags, path: lastKnownPath(track) ?? '' }))
      if (!(await takeWork(inside, { teamId, trackId }, told))) return false
      await putEvent(inside, teamId, { type: 'labels', trackIds: [trackId] })
      return true
    })
    if (!isTaken) leftAlone.set(audioDigest, trackTitle(track))
    else if (worked.has(id)) given.push(audioDigest)
  }
  return { given, leftAlone }
}

/**
 * Gives a team what a library holds: labels, decisions on suggestions, grids, notes, playlists and model versions, each track by its recording.
 * What the team has changed itself stays. The library gets a mark, by which it is known again.
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
    const brought = await broughtBefore(sql, { teamId, name }, store)
    return await withEarlier(catalogue, brought, async (earlier) => {
      const from = { store, brought, earlier }
      const numbers = await transaction((inside) => takeVersions(inside, teamId, store))
      const work = await takeAllWork(catalogue, { teamId, numbers, signal }, from)
      const notes = await takeNotes(catalogue, teamId, from)
      const playlists = await takePlaylists(catalogue, { teamId, name }, from)
      const packed = await packLibrary(catalogue, store, earlier?.brought ?? null)
      await putLibrary(
        sql,
        { teamId, name },
        {
          parts: packed.parts,
          mark: packed.mark,
          leftAlone: [...work.leftAlone.keys()],
          notesLeftAlone: [...notes.leftAlone.keys()],
          playlists: [...playlists.given, ...playlists.removed],
          isWhole: true,
        },
      )
      const moved = [...new Set([...work.given, ...notes.given, ...playlists.recordings])]
      return {
        tracks: work.given.length,
        leftAlone: [...work.leftAlone.values()],
        notes: notes.given.length,
        notesLeftAlone: [...notes.leftAlone.values()],
        playlists: playlists.given.length,
        playlistsLeftAlone: playlists.leftAlone,
        notAnalysed: moved.length - (await countAnalysed(sql, moved)),
        versions: numbers.size,
        renumbered: [...numbers].flatMap(([was, is]) => (was === is ? [] : [{ from: was, to: is }])),
        damaged: store.models.versions().filter((version) => !numbers.has(version)),
        keptAside: store.besides(),
      }
    })
  } finally {
    await store.backups.settled()
    store.close()
  }
}

/** So many tracks are asked for at once. */
const AT_ONCE = 200

const writeLibrary = async (
  { sql, objects }: Catalogue,
  {
    folder,
    teamId,
    name,
    signal,
  }: Pick<LibraryMove, 'folder' | 'name'> & { readonly teamId: number; readonly signal: AbortSignal | undefined },
  brought: BroughtLibrary | null,
): Promise<BroughtOut> => {
  createDataDirectory(folder)
  if (brought !== null) await takeParcel(objects, brought.parts, dataDirectoryAt(folder).database)
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
    const notes = await putTeamNotes(sql, teamId, { store, brought })
    const playlists = await putPlaylists(sql, { teamId, name }, { store, brought })
    return {
      tracks,
      notes,
      playlists,
      versions: numbers.size,
      isContinued: brought !== null,
      leftBehind: {
        tracks: ids.length - tracks,
        notes: (await notedTracks(sql, teamId)).length - notes,
        playlists: (await listPlaylists(sql, teamId)).length - playlists,
      },
    }
  } finally {
    store.close()
  }
}

/**
 * Makes a library of what a team has: the one that was brought in under that name, brought up to date, or else a new one with the tracks
 * that the team works on. Tracks that were left alone when it was brought in are as they were then.
 * @throws TEAM_NOT_FOUND, EXPORT_EXISTS, STORAGE_UNREACHABLE
 */
export const exportLibrary = async (
  catalogue: Catalogue,
  { folder, team, name, signal }: LibraryMove,
): Promise<BroughtOut> => {
  const teamId = await requireTeam(catalogue.sql, team)
  const brought = await readLibrary(catalogue.sql, teamId, name)
  return makeLibraryIn(folder, (made) => writeLibrary(catalogue, { folder: made, teamId, name, signal }, brought))
}
