import { UserError } from '../../core/support/user-error.ts'
import type { Sql } from '../../platform/catalogue/connect.ts'
import { putEvent } from '../../platform/catalogue/event-rows.ts'
import {
  hasNewerChange,
  markChange,
  nextChange,
  putChange,
  readChange,
} from '../../platform/catalogue/playlist-change-rows.ts'
import {
  holdPlaylists,
  keepPlaylists,
  listPlaylists,
  readPlaylist,
  readPlaylistFolders,
  readPlaylistTracks,
  type TeamPlaylist,
} from '../../platform/catalogue/playlist-rows.ts'
import type { PlaylistsInHand } from '../../platform/catalogue/playlists-in-hand.ts'
import { unknownTracks } from '../../platform/catalogue/track-search.ts'
import type { PlaylistChange } from '../../platform/store/playlist-changes.ts'
import type { PlaylistFilter } from '../../platform/store/playlist-rows.ts'
import { changeScenes, idsOf, type MadeScenes, restoreScene } from '../../platform/store/playlist-scenes.ts'
import {
  addToPlaylist,
  createPlaylist,
  duplicatePlaylist,
  editPlaylist,
  freezePlaylist,
  moveInPlaylist,
  type PlaylistShelf,
  removeFromPlaylist,
  removePlaylists,
} from '../collection/playlists/change-playlists.ts'
import type { PlaylistActions } from '../collection/playlists/playlist-actions.ts'
import {
  addPlaylistFolder,
  listPlaylistFolders,
  movePlaylistFolder,
  removePlaylistFolder,
} from '../collection/playlists/playlist-folders.ts'
import type { PlaylistOverview } from '../collection/playlists/playlist-overview.ts'
import type { TrackSearch } from '../kit/resolve-search.ts'
import type { Catalogue } from './catalogue.ts'
import type { People } from './people.ts'

/** @throws PLAYLIST_NOT_FOUND */
export const requireTeamPlaylist = async (sql: Sql, teamId: number, id: number): Promise<TeamPlaylist> => {
  const outline = await readPlaylist(sql, teamId, id)
  if (outline === null) throw new UserError('PLAYLIST_NOT_FOUND', `There is no playlist ${id}.`)
  return outline
}

type Searching = {
  /** Of the tracks that a search finds, their number and ids in order. @throws NOT_IN_A_CATALOGUE, PLAYLIST_NOT_FOUND */
  readonly count: (search: TrackSearch) => Promise<number>
  readonly find: (search: TrackSearch) => Promise<readonly number[]>
  /** @throws NOT_IN_A_CATALOGUE, PLAYLIST_NOT_FOUND */
  readonly requireUnderstood: (filter: PlaylistFilter) => Promise<unknown>
}

/** The number of a change is known once it is kept; a change itself is planned at once. */
type Planned<Result> = { readonly result: Result; readonly scenes: (MadeScenes & { readonly says: string }) | null }

const NOT_KEPT = 0

/** Plans a change by the code that changes playlists of a library. */
const plan = <Result>(
  hand: PlaylistsInHand,
  known: ReadonlySet<number>,
  make: (shelf: PlaylistShelf) => Result,
): Planned<Result> => {
  let scenes: Planned<Result>['scenes'] = null
  const shelf: PlaylistShelf = {
    playlists: {
      list: () => hand.list(),
      get: (id) => hand.outline(id),
      trackIds: (id) => hand.trackIds(id),
      keptFolders: () => hand.keptFolders(),
      change: (says, touched, change) => {
        const made = changeScenes(hand, touched, change)
        scenes = { ...made, says }
        return { id: NOT_KEPT, says, made: made.made }
      },
    },
    tracks: { unknown: (ids) => ids.filter((id) => !known.has(id)) },
  }
  return { result: make(shelf), scenes }
}

/** Playlists of the team of whoever asks: those of others are neither seen nor touched. Who only looks changes none. */
export const sharedPlaylists = (
  { sql, transaction }: Pick<Catalogue, 'sql' | 'transaction'>,
  people: Pick<People, 'current' | 'requireLabeller'>,
  { count, find, requireUnderstood }: Searching,
): PlaylistActions => {
  const held = async <Result>(
    use: (hand: PlaylistsInHand, sql: Sql) => Promise<{ readonly result: Result; readonly isChanged: boolean }>,
  ): Promise<Result> => {
    const { teamId } = people.requireLabeller()
    return transaction(async (inside) => {
      const hand = await holdPlaylists(inside, teamId)
      const before = new Map(hand.order().map((id) => [id, hand.get(id)!]))
      const { result, isChanged } = await use(hand, inside)
      if (!isChanged) return result
      await keepPlaylists(inside, teamId, { before, after: hand })
      await putEvent(inside, teamId, { type: 'playlists' })
      return result
    })
  }

  /** One change after the other, each of what the one before has left. @param trackIds those that it names */
  const change = <Result>(
    make: (shelf: PlaylistShelf) => Result,
    numbered: (result: Result, id: number) => Result,
    trackIds: readonly number[] = [],
  ): Promise<Result> =>
    held(async (hand, inside) => {
      const { teamId, id: userId } = people.current()
      const unknown = new Set(await unknownTracks(inside, trackIds))
      const known = new Set(trackIds.filter((id) => !unknown.has(id)))
      const { result, scenes } = plan(hand, known, make)
      if (scenes === null) return { result, isChanged: false }
      const id = await putChange(inside, { teamId, userId }, scenes)
      return { result: numbered(result, id), isChanged: true }
    })
  const changed = <Change extends PlaylistChange | null>(
    make: (shelf: PlaylistShelf) => Change,
    trackIds?: readonly number[],
  ): Promise<Change> => change(make, (made, id) => made && { ...made, id }, trackIds)

  const required = (id: number): Promise<TeamPlaylist> => requireTeamPlaylist(sql, people.current().teamId, id)
  const overviewOf = async ({ places: _, ...outline }: TeamPlaylist): Promise<PlaylistOverview> => {
    if (outline.filter === null) return { ...outline, problem: null }
    try {
      return { ...outline, tracks: await count({ playlistId: outline.id }), problem: null }
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      if (error.code === 'PLAYLIST_NOT_FOUND')
        return { ...outline, tracks: 0, problem: 'Its filter names a playlist that is no longer there.' }
      if (error.code !== 'NOT_IN_A_CATALOGUE') throw error
      return { ...outline, tracks: 0, problem: 'Its filter asks for something that a shared catalogue does not know.' }
    }
  }
  const trackIdsOf = async (id: number): Promise<readonly number[]> =>
    (await required(id)).filter === null
      ? readPlaylistTracks(sql, people.current().teamId, id)
      : find({ playlistId: id })
  const whole = async (id: number): Promise<() => readonly number[]> => {
    const ids = await trackIdsOf(id)
    return () => ids
  }

  return {
    list: async () => {
      const overviews: PlaylistOverview[] = []
      for (const outline of await listPlaylists(sql, people.current().teamId)) overviews.push(await overviewOf(outline))
      return overviews
    },
    get: async (id) => {
      const outline = await required(id)
      const overview = await overviewOf(outline)
      // Files that have gone from the storage stay listed.
      return { ...overview, missing: 0, repeats: outline.filter === null ? outline.places - overview.tracks : 0 }
    },
    trackIds: trackIdsOf,
    create: async (wanted) => {
      people.requireLabeller()
      if (wanted.filter) await requireUnderstood(wanted.filter)
      return changed((shelf) => createPlaylist(shelf, wanted), wanted.trackIds)
    },
    edit: async (id, edit) => {
      people.requireLabeller()
      if (edit.filter) await requireUnderstood(edit.filter)
      return changed((shelf) => editPlaylist(shelf, id, edit))
    },
    remove: (ids) => changed((shelf) => removePlaylists(shelf, ids)),
    duplicate: async (id, options = {}) => {
      people.requireLabeller()
      const { filter } = await required(id)
      const found = filter === null || options.isPlain ? await whole(id) : () => []
      return changed((shelf) => duplicatePlaylist(shelf, id, options, found))
    },
    freeze: async (id) => {
      people.requireLabeller()
      const found = await whole(id)
      return changed((shelf) => freezePlaylist(shelf, id, found))
    },
    add: (id, placed) =>
      change(
        (shelf) => addToPlaylist(shelf, id, placed),
        (added, number) => ({ ...added, change: added.change && { ...added.change, id: number } }),
        placed.trackIds,
      ),
    takeOut: (id, trackIds) => changed((shelf) => removeFromPlaylist(shelf, id, trackIds)),
    move: (id, placed) => changed((shelf) => moveInPlaylist(shelf, id, placed)),
    folders: async () => {
      const { teamId } = people.current()
      const [kept, outlines] = [await readPlaylistFolders(sql, teamId), await listPlaylists(sql, teamId)]
      return listPlaylistFolders({ playlists: { keptFolders: () => kept, list: () => outlines } })
    },
    addFolder: (path) => changed((shelf) => addPlaylistFolder(shelf, path)),
    moveFolder: (from, to) => changed((shelf) => movePlaylistFolder(shelf, from, to)),
    removeFolder: (path) => changed((shelf) => removePlaylistFolder(shelf, path)),
    takeBack: (way, changeId) =>
      held(async (hand, inside) => {
        const { teamId, id: userId } = people.current()
        const id = changeId ?? (await nextChange(inside, { teamId, userId }, way))
        if (id === null)
          throw new UserError('NOTHING_TO_TAKE_BACK', `There is nothing to ${way}: you have changed no playlist.`)
        const found = await readChange(inside, { teamId, userId }, id)
        const [from, to] = way === 'undo' ? [found?.after, found?.before] : [found?.before, found?.after]
        const playlistIds = to ? idsOf(to) : []
        const isLast =
          found?.isUndone === (way === 'redo') && !(await hasNewerChange(inside, teamId, { id, playlistIds }))
        const lostTracks = from && to && isLast ? restoreScene(hand, from, to) : null
        if (!found || lostTracks === null)
          throw new UserError(
            'PLAYLIST_CHANGED',
            'What was done cannot be taken back any more, since more has changed.',
          )
        await markChange(inside, teamId, id, way === 'undo')
        return { result: { says: found.says, playlistIds, lostTracks }, isChanged: true }
      }),
  }
}
