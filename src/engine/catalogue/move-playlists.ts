import type { FolderPath } from '../../core/library/playlist-folders.ts'
import { lastKnownPath } from '../../core/library/track.ts'
import {
  type BroughtFrom,
  markBrought,
  markFromElsewhere,
  playlistsFromElsewhere,
  readBroughtPlaylists,
} from '../../platform/catalogue/brought-playlist-rows.ts'
import type { Sql } from '../../platform/catalogue/connect.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import type { BroughtLibrary } from '../../platform/catalogue/library-rows.ts'
import {
  holdPlaylists,
  keepPlaylists,
  listPlaylists,
  readPlaylistFolders,
  readPlaylistTracks,
} from '../../platform/catalogue/playlist-rows.ts'
import { putTrack } from '../../platform/catalogue/result-rows.ts'
import { readTracks } from '../../platform/catalogue/track-rows.ts'
import { idsOfRecordings } from '../../platform/catalogue/track-search.ts'
import type { PlaylistFilter, PlaylistState } from '../../platform/store/playlist-rows.ts'
import type { Store } from '../../platform/store/store.ts'
import type { Catalogue } from './catalogue.ts'
import type { EarlierLibrary } from './earlier-library.ts'

type Said = Pick<PlaylistState, 'name' | 'folders' | 'filter' | 'trackIds'>

const saysSame = (one: Said, other: Said): boolean => {
  const said = ({ name, folders, filter, trackIds }: Said): string => JSON.stringify([name, folders, filter, trackIds])
  return said(one) === said(other)
}

/** The filter of a smart playlist may name a plain one, which has another number elsewhere; one that is gone is named as before. */
const withNumber = (filter: PlaylistFilter | null, numbers: ReadonlyMap<number, number>): PlaylistFilter | null =>
  filter?.playlistId === undefined
    ? filter
    : { ...filter, playlistId: numbers.get(filter.playlistId) ?? filter.playlistId }

/** Plain ones first, so that what filters name has its number. */
const plainFirst = <Playlist extends { readonly filter: PlaylistFilter | null }>(
  playlists: readonly Playlist[],
): readonly Playlist[] => [
  ...playlists.filter(({ filter }) => filter === null),
  ...playlists.filter(({ filter }) => filter !== null),
]

/** The tracks of a library in the catalogue, where recordings that are in none of its playlists are left out. */
const sharedTracks = async (sql: Sql, store: Store): Promise<ReadonlyMap<number, number>> => {
  const ids = new Set(store.playlists.list().flatMap(({ id }) => store.playlists.trackIds(id)))
  const tracks = [...ids].map((id) => store.tracks.get(id)!)
  const there = await idsOfRecordings(
    sql,
    tracks.map(({ audioDigest }) => audioDigest),
  )
  const numbers = new Map<number, number>()
  for (const track of tracks) {
    const { id, audioDigest, tags } = track
    const known = there.get(audioDigest)
    numbers.set(id, known ?? (await putTrack(sql, { audioDigest, tags, path: lastKnownPath(track) ?? '' })))
  }
  return numbers
}

export type TakenPlaylists = {
  /** Ids in the library of those that the team has now. */
  readonly given: readonly number[]
  /** Ids in the library of those that the team was given once, and has removed. */
  readonly removed: readonly number[]
  /** Names of those that the team has changed since it was given them. */
  readonly leftAlone: readonly string[]
  /** Those that are in the library's playlists. */
  readonly recordings: readonly string[]
}

/** Folders that stay while nothing is in them: what one side has made or removed since the library was last brought in, it has for both. */
const sharedFolders = (theirs: readonly FolderPath[], { store, earlier }: MovedFrom): readonly FolderPath[] => {
  const own = store.playlists.keptFolders()
  const before = earlier?.brought.isWhole ? earlier.store.playlists.keptFolders() : []
  const without = (some: readonly FolderPath[], others: readonly FolderPath[]): readonly FolderPath[] => {
    const texts = new Set(others.map((path) => JSON.stringify(path)))
    return some.filter((path) => !texts.has(JSON.stringify(path)))
  }
  return [...without(theirs, without(before, own)), ...without(own, before)]
}

type MovedFrom = {
  readonly store: Store
  /** As the same library was last brought in. */
  readonly brought: BroughtLibrary | null
  readonly earlier: EarlierLibrary | null
}

/** Gives a team the playlists of a library, and brings up to date those that it was given before and has not touched; what it removed stays removed. */
export const takePlaylists = (
  { transaction }: Pick<Catalogue, 'transaction'>,
  from: BroughtFrom,
  moved: MovedFrom,
): Promise<TakenPlaylists> =>
  transaction(async (sql) => {
    const { teamId } = from
    const { store, brought } = moved
    if (brought === null) await markFromElsewhere(sql, from)
    const outlines = store.playlists.list()
    const hand = await holdPlaylists(sql, teamId, Math.max(1, outlines.length))
    const before = new Map(hand.order().map((id) => [id, hand.get(id)!]))
    const earlier = new Set(brought?.playlists)
    const known = new Map((await readBroughtPlaylists(sql, from)).map((one) => [one.libraryId, one]))
    const tracks = await sharedTracks(sql, store)
    const numbers = new Map([...known.values()].map(({ libraryId, id }) => [libraryId, id]))
    const elsewhere = new Set(await playlistsFromElsewhere(sql, from))
    const ofHere = new Set(outlines.flatMap(({ id }) => known.get(id)?.id ?? []))
    const twins = new Set(hand.order().filter((id) => !ofHere.has(id)))
    const given: { readonly id: number; readonly libraryId: number }[] = []
    const made = new Set<number>()
    const removed: number[] = []
    const leftAlone: string[] = []
    for (const { id: libraryId, places: _, ...outline } of plainFirst(outlines)) {
      const one = known.get(libraryId)
      if (one === undefined && earlier.has(libraryId)) {
        removed.push(libraryId)
        continue
      }
      const trackIds = store.playlists.trackIds(libraryId).map((id) => tracks.get(id)!)
      const state = { ...outline, importId: null, filter: withNumber(outline.filter, numbers), trackIds }
      // Two libraries may have the same playlist, such as a copy of a library; one that the team made itself may have come to this library before.
      const twin = one ? undefined : [...twins].find((id) => saysSame(hand.get(id)!, state))
      if (twin !== undefined) {
        twins.delete(twin)
        numbers.set(libraryId, twin)
        if (elsewhere.has(twin)) continue
      }
      const isOther = one !== undefined && !saysSame(hand.get(one.id)!, state)
      if (isOther && !one.isUntouched) {
        leftAlone.push(outline.name)
        continue
      }
      if (isOther) hand.put(one.id, state)
      const id = one?.id ?? twin ?? hand.insert(state)
      if (!before.has(id)) made.add(id)
      numbers.set(libraryId, id)
      given.push({ id, libraryId })
    }
    for (const { id } of outlines) {
      const number = numbers.get(id)
      if (number !== undefined && made.has(number)) hand.place(number, null)
    }
    const [foldersBefore, folders] = [hand.keptFolders(), sharedFolders(hand.keptFolders(), moved)]
    hand.putKeptFolders(folders)
    const hasNewFolders = JSON.stringify(folders) !== JSON.stringify(foldersBefore)
    await keepPlaylists(sql, teamId, { before, after: hand })
    await markBrought(
      sql,
      from,
      given.filter(({ libraryId }) => known.get(libraryId)?.isUntouched !== false),
    )
    if (given.length > 0 || hasNewFolders) await putEvent(sql, teamId, { type: 'playlists' })
    const recordings = [...tracks.keys()].map((id) => store.tracks.get(id)!.audioDigest)
    return { given: given.map(({ libraryId }) => libraryId), removed, leftAlone, recordings }
  })

/** So many tracks are asked for at once. */
const AT_ONCE = 200

/** The tracks of a team's playlists in a library, which gets those that it does not have. */
const ownTracks = async (
  sql: Sql,
  teamId: number,
  { store, ids }: { readonly store: Store; readonly ids: readonly number[] },
): Promise<ReadonlyMap<number, number>> => {
  const numbers = new Map<number, number>()
  for (let at = 0; at < ids.length; at += AT_ONCE)
    for (const { track } of await readTracks(sql, teamId, ids.slice(at, at + AT_ONCE)))
      numbers.set(track.id, store.tracks.findByDigest(track.audioDigest)?.id ?? store.trackWork.addTrack(track))
  return numbers
}

/**
 * Brings the playlists of a library up to date with those of a team, as one step that can be taken back there.
 * @param brought as the library was brought in, which it is still; null for a new one
 * @returns how many of the team's are in the library
 */
export const putPlaylists = async (
  sql: Sql,
  from: BroughtFrom,
  { store, brought }: { readonly store: Store; readonly brought: BroughtLibrary | null },
): Promise<number> => {
  const { teamId } = from
  const given = brought?.playlists ?? []
  const there = new Map(store.playlists.list().map((one) => [one.id, one]))
  // What the library has removed since is the team's own where it has changed it.
  const continued = (await readBroughtPlaylists(sql, from)).filter((one) => one.isUntouched || there.has(one.libraryId))
  const known = new Map(continued.map((one) => [one.id, one.libraryId]))
  const all = await Promise.all(
    (await listPlaylists(sql, teamId)).map(async (one) => ({
      ...one,
      trackIds: await readPlaylistTracks(sql, teamId, one.id),
      libraryId: known.get(one.id) ?? null,
    })),
  )
  // What was left alone when it was brought in is in the library as it was then, and what came with another library is in that one.
  const elsewhere = new Set(await playlistsFromElsewhere(sql, from))
  const wanted = all.filter(({ id, libraryId }) =>
    libraryId === null ? !elsewhere.has(id) : given.includes(libraryId),
  )
  const ids = [...new Set(wanted.flatMap(({ trackIds }) => trackIds))]
  const tracks = await ownTracks(sql, teamId, { store, ids })
  const staying = new Set(wanted.flatMap(({ libraryId }) => libraryId ?? []))
  const removed = given.filter((id) => there.has(id) && !staying.has(id))
  const numbers = new Map(wanted.flatMap(({ id, libraryId }) => (libraryId === null ? [] : [[id, libraryId] as const])))
  const folders = await readPlaylistFolders(sql, teamId)
  const order = wanted.flatMap(({ libraryId }) => libraryId ?? [])
  const said = (one: (typeof wanted)[number]): Said => ({
    name: one.name,
    folders: one.folders,
    filter: withNumber(one.filter, numbers),
    trackIds: one.trackIds.flatMap((id) => tracks.get(id) ?? []),
  })
  const isSame = (one: (typeof wanted)[number]): boolean =>
    one.libraryId !== null &&
    saysSame(said(one), { ...there.get(one.libraryId)!, trackIds: store.playlists.trackIds(one.libraryId) })
  const inOrder = [...there.keys()].filter((id) => staying.has(id))
  const isInOrder = order.length === wanted.length && order.every((id, at) => id === inOrder[at])
  // Folders of the library became the team's, who may have removed some since.
  const keptThere = store.playlists.keptFolders()
  const textsOf = (paths: readonly FolderPath[]): readonly string[] => [
    ...new Set(paths.map((path) => JSON.stringify(path))),
  ]
  const wantedFolders = brought === null || brought.isWhole ? folders : [...keptThere, ...folders]
  const hasFolders = textsOf(wantedFolders).toSorted().join() === textsOf(keptThere).toSorted().join()
  if (removed.length === 0 && isInOrder && hasFolders && wanted.every(isSame)) return wanted.length
  store.playlists.change('Playlists brought up to date from a catalogue', [...removed, ...staying], (rows) => {
    const made: number[] = []
    for (const id of removed) rows.remove(id)
    for (const one of plainFirst(wanted)) {
      if (one.libraryId !== null) {
        if (!isSame(one)) rows.change(one.libraryId, said(one))
        continue
      }
      const { createdAt, changedAt } = one
      const id = rows.insert({ ...said(one), importId: null, createdAt, changedAt })
      numbers.set(one.id, id)
      made.push(id)
    }
    for (const { id } of wanted) rows.place(numbers.get(id)!, null)
    rows.putKeptFolders(wantedFolders)
    return made
  })
  return wanted.length
}
